import type { Block, Value } from '@home/terraform';
import type { WorkerProps } from '../generated/web-app';
import { appPod, singlePod } from './app-pod';
import { containerPorts, service } from './app-ports';
import { demandProps } from './check-props';
import { probes } from './container';
import { labelsOf } from './labels';

/** An app without an address. */
export interface Worker {
  readonly name: string;
  readonly blocks: readonly Block[];
  /** The Service by which others in the cluster reach its ports; undefined where it has none. */
  readonly serviceName: Value<string> | undefined;
}

/**
 * An app that people do not visit: a bot, a game server, a DNS server. Its pod and, if it has them, a Service of its
 * ports, files of configuration, replicated databases and files on the NAS. Its first port for TCP tells whether it works.
 *
 * @param name as of a `webApp`
 * @throws ProblemsError with all that is wrong with its name and props
 */
export function worker(name: string, props: WorkerProps): Worker {
  demandProps('worker', name, props);
  const { namespace, ports } = props;
  const labels = labelsOf(name, 'app');
  const ofPorts = ports && service(name, { namespace, labels, ports });
  const serviceName = ofPorts?.ref.metadata[0].name;
  const [asked] = Object.entries(ports ?? {}).find(([, { protocol }]) => protocol !== 'UDP') ?? [];
  const app = appPod(name, labels, props, {
    port: containerPorts(ports),
    ...(asked !== undefined && probes({ port: asked })),
  });
  // A StatefulSet's Service cannot be changed, and its ports may come later.
  const pod = singlePod(name, app, '');
  return {
    name,
    serviceName,
    blocks: [...app.config, ...(ofPorts === undefined ? [] : [ofPorts]), pod, ...app.data],
  };
}
