import type { Block } from '@home/terraform';
import type { WebAppProps } from '../generated/web-app';
import { appPod, singlePod } from './app-pod';
import { addressPort, containerPorts } from './app-ports';
import { demandProps } from './check-props';
import { probes } from './container';
import { labelsOf } from './labels';
import { type WebAddress, webAddress } from './web-address';

/** An app with an address in the home. */
export interface WebApp extends WebAddress {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/**
 * A web app of the home: its pod, a Service, an Ingress and, if it has them, files of configuration, replicated
 * databases and files on the NAS. Without data the pod belongs to a Deployment. With some it belongs to a StatefulSet,
 * which never starts a second pod before the first has ended: docs/decisions/0003-statefulset-for-sqlite.md.
 *
 * @param name the name of all its objects, and of the replica's path unless the database says otherwise
 * @throws ProblemsError when a prop is missing, misspelt or of a wrong type, or the host, the database or the
 *   files are described wrongly
 */
export function webApp(name: string, props: WebAppProps): WebApp {
  demandProps('webApp', name, props);
  const labels = labelsOf(name, 'app');
  const address = webAddress(name, { ...props, labels, port: addressPort });
  const app = appPod(name, labels, props, {
    port: [{ name: addressPort.name, container_port: props.port }, ...containerPorts(props.ports)],
    ...probes({ path: props.health, port: addressPort.name }),
  });
  const pod = singlePod(name, app, address.serviceName);
  return { ...address, name, blocks: [...app.config, ...address.blocks, pod, ...app.data] };
}
