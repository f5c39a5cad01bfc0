import { type Kubernetes, resource } from '@home/providers';
import type { Value } from '@home/terraform';
import type { AppProps } from '../generated/web-app';
import type { Labels } from './labels';

type Ports = NonNullable<AppProps['ports']>;

/** The name of a web app's port, and the Service's port that its address leads to. */
export const addressPort = { name: 'web', number: 80 } as const;

/** The further ports of an app, as its container names them. */
export const containerPorts = (ports: Ports = {}): Kubernetes.ContainerPort[] =>
  Object.entries(ports).map(([name, { port, protocol, hostPort }]) => ({
    name,
    container_port: port,
    protocol,
    host_port: hostPort,
  }));

/**
 * The Service by which an app is reached in the cluster.
 *
 * @param props its further ports, and the one of its address
 */
export function service(
  name: string,
  props: {
    readonly namespace: Value<string>;
    /** They also select the pods. */
    readonly labels: Labels;
    readonly port?: { readonly number: number; readonly name: string };
    readonly ports?: Ports;
  },
) {
  const { namespace, labels, port, ports = {} } = props;
  const own = port === undefined ? [] : [{ name: port.name, port: port.number, target_port: port.name }];
  const further = Object.entries(ports).map(([key, one]) => ({
    name: key,
    port: one.port,
    protocol: one.protocol,
    target_port: key,
  }));
  return resource('kubernetes_service_v1', name, {
    metadata: { name, namespace, labels },
    spec: { selector: labels, port: [...own, ...further] },
  });
}
