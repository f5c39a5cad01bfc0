import { resource } from '@home/providers';
import type { Block, Value } from '@home/terraform';
import { checkProps } from './check-props';
import { type ConfigFiles, configFiles } from './config-files';
import type { Database } from '../litestream/database';
import { type Environment, environment } from './environment';
import { type Labels, labelsOf } from './labels';
import { probes } from './probes';
import { type ReplicatedDatabase, replicatedDatabase } from '../litestream/replicated-database';
import { containerSecurity, podSecurity } from './security';
import { type DashboardEntry, type WebAddress, webAddress } from './web-address';

export interface WebAppProps {
  readonly namespace: Value<string>;
  readonly image: Value<string>;
  /** The port that the app listens on. */
  readonly port: number;
  /** The first part of its address: `<host>.<domain>`. */
  readonly host: string;
  /** What the scheduler sets aside for it, such as `64Mi`. */
  readonly memory: string;
  /** The path that answers when the app is well; without one, an open port counts. */
  readonly health?: string;
  /** What starts the app, where it is not what the image says. */
  readonly command?: readonly Value<string>[];
  /** What the app is started with, where it is not what the image says. */
  readonly args?: readonly Value<string>[];
  readonly env?: Environment;
  readonly dashboard?: DashboardEntry;
  readonly config?: {
    readonly name: string;
    readonly files: Readonly<Record<string, string>>;
    readonly mountedAt: string;
  };
  readonly database?: Database;
  /** How long the app may take from SIGTERM to its end; ten seconds, if left out. */
  readonly stopSeconds?: number;
}

/** An app with an address in the home. */
export interface WebApp extends WebAddress {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** What an app is made of besides its container. */
interface Parts {
  readonly labels: Labels;
  readonly serviceName: Value<string>;
  readonly config?: ConfigFiles;
  readonly database?: ReplicatedDatabase;
}

/**
 * A web app of the home: its pod, a Service, an Ingress and, as far as it has them, files of configuration and a
 * replicated database. Without a database the pod belongs to a Deployment. With one it belongs to a StatefulSet, which
 * never starts a second pod before the first has ended: docs/decisions/0003-statefulset-for-sqlite.md.
 *
 * @param name the name of all its objects, and of the replica's path unless the database says otherwise
 * @throws ProblemsError when a prop is missing or misspelt, or the host or the database is described wrongly
 */
export function webApp(name: string, props: WebAppProps): WebApp {
  checkProps(name, props);
  const { namespace, host, dashboard, stopSeconds = 10 } = props;
  const labels = labelsOf(name, 'app');
  const address = webAddress(name, { namespace, labels, host, dashboard, port: { number: 80, name: 'web' } });
  const config = props.config && configFiles(props.config.name, { namespace, labels, ...props.config });
  const database =
    props.database && replicatedDatabase(name, { namespace, labels, stopSeconds, database: props.database });
  const parts = { labels, serviceName: address.serviceName, config, database };
  const workload = database ? statefulApp(name, props, parts) : statelessApp(name, props, parts);
  const blocks = [config?.block, ...address.blocks, workload, ...(database?.blocks ?? [])];
  return { ...address, name, blocks: blocks.filter((block) => block !== undefined) };
}

function statelessApp(name: string, props: WebAppProps, parts: Parts): Block {
  return resource('kubernetes_deployment_v1', name, {
    metadata: workloadMetadata(name, props, parts),
    spec: {
      replicas: '1',
      strategy: { type: 'Recreate' },
      selector: { match_labels: parts.labels },
      template: podTemplate(name, props, parts),
    },
    // A deploy waits for the whole stack at once, and an app that does not come up must not taint its Deployment.
    wait_for_rollout: false,
  });
}

function statefulApp(name: string, props: WebAppProps, parts: Parts): Block {
  return resource('kubernetes_stateful_set_v1', name, {
    metadata: workloadMetadata(name, props, parts),
    spec: {
      replicas: '1',
      service_name: parts.serviceName,
      // With the default a pod that never gets ready blocks the change that would mend it.
      pod_management_policy: 'Parallel',
      selector: { match_labels: parts.labels },
      template: podTemplate(name, props, parts),
    },
    // The provider ends every update in place that waits for its rollout in an error.
    wait_for_rollout: false,
  });
}

function workloadMetadata(name: string, { namespace }: WebAppProps, { labels, database }: Parts) {
  return {
    name,
    namespace,
    labels: { ...labels, 'homeserver.lknuth.dev/sqlite-replicated': String(database !== undefined) },
  };
}

function podTemplate(name: string, props: WebAppProps, { labels, config, database }: Parts) {
  return {
    metadata: { labels, annotations: { ...config?.annotations, ...database?.annotations } },
    spec: {
      automount_service_account_token: false,
      // Kubernetes would set variables such as MEMOS_PORT, which apps take for their own settings.
      enable_service_links: false,
      security_context: { ...podSecurity, ...database?.podSecurity },
      termination_grace_period_seconds: database?.gracePeriodSeconds,
      init_container: database?.initContainers,
      container: [appContainer(name, props, config, database)],
      volume: [...(config ? [config.volume] : []), ...(database?.volumes ?? [])],
    },
  };
}

function appContainer(
  name: string,
  props: WebAppProps,
  config: ConfigFiles | undefined,
  database: ReplicatedDatabase | undefined,
) {
  return {
    name,
    image: props.image,
    command: props.command,
    args: props.args,
    env: environment(props.env ?? {}),
    port: [{ name: 'web', container_port: props.port }],
    resources: { requests: { memory: props.memory } },
    security_context: containerSecurity,
    volume_mount: [...(config?.mounts ?? []), ...(database?.appMounts ?? [])],
    ...probes({ path: props.health, port: 'web' }),
  };
}
