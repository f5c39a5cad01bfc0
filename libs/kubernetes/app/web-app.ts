import { type Block, ProblemsError } from '@home/terraform';
import type { WebAppProps } from '../generated/web-app';
import { marginSeconds } from '../litestream/litestream-config';
import { replicatedDatabase } from '../litestream/replicated-database';
import { checkProps } from './check-props';
import { configFiles } from './config-files';
import { appUser, probes } from './container';
import { keptFiles } from './kept-files';
import { labelsOf, ownKey } from './labels';
import { deployment, statefulSet } from './pods';
import { type WebAddress, webAddress } from './web-address';

/** An app with an address in the home. */
export interface WebApp extends WebAddress {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/**
 * A web app of the home: its pod, a Service, an Ingress and, if it has them, files of configuration, a replicated
 * database and files on the NAS. Without data the pod belongs to a Deployment. With some it belongs to a StatefulSet,
 * which never starts a second pod before the first has ended: docs/decisions/0003-statefulset-for-sqlite.md.
 *
 * @param name the name of all its objects, and of the replica's path unless the database says otherwise
 * @throws ProblemsError when a prop is missing, misspelt or of a wrong type, or the host, the database or the
 *   files are described wrongly
 */
export function webApp(name: string, props: WebAppProps): WebApp {
  const problems = checkProps(name, props);
  if (problems.length > 0) throw new ProblemsError(problems);
  const { namespace, host, dashboard, stopSeconds = 10 } = props;
  const labels = labelsOf(name, 'app');
  const address = webAddress(name, { namespace, labels, host, dashboard, port: { number: 80, name: 'web' } });
  const config = props.config && configFiles(props.config.name, { namespace, labels, ...props.config });
  const database =
    props.database &&
    replicatedDatabase(name, {
      namespace,
      labels,
      user: props.user ?? appUser,
      stopSeconds,
      database: props.database,
    });
  const files =
    props.files && keptFiles(name, { namespace, labels, files: props.files, database: props.database?.file });
  const pod = {
    namespace,
    labels,
    ownLabels: { [ownKey('sqlite-replicated')]: String(database !== undefined) },
    // A pod with a database has the time that its last upload takes as well.
    spec:
      props.stopSeconds === undefined
        ? {}
        : { termination_grace_period_seconds: stopSeconds + marginSeconds },
    uses: [config, database, files].filter((part) => part !== undefined),
    container: {
      name,
      image: props.image,
      command: props.command,
      args: props.args,
      env: props.env ?? {},
      port: [{ name: 'web', container_port: props.port }],
      memory: props.memory,
      memoryLimit: props.memoryLimit,
      scratch: props.scratch,
      writableRoot: props.writableRoot,
      user: props.user,
      root: props.root,
      ...probes({ path: props.health, port: 'web' }),
    },
  };
  const { serviceName } = address;
  const app = database || files ? statefulSet(name, { ...pod, serviceName }) : deployment(name, pod);
  const blocks = [
    config?.block,
    ...address.blocks,
    app,
    ...(database?.blocks ?? []),
    ...(files?.blocks ?? []),
  ];
  return { ...address, name, blocks: blocks.filter((block) => block !== undefined) };
}
