import { type Body, isExpression } from '@home/terraform';
import { isOpen, nestedBlocks } from './known-body';
import { type Container, type Pod } from './pods';

/** A port that a container names. */
export interface ContainerPort {
  readonly name: unknown;
  readonly protocol: unknown;
}

/** The ports that a container lists; `protocol` is TCP where none is given. */
export const portsOf = ({ body }: Container): ContainerPort[] =>
  nestedBlocks(body['port']).map(({ name, protocol = 'TCP' }) => ({ name, protocol }));

/** The ports at which a Service may find a pod. */
export const portsOfPod = ({ containers }: Pod): ContainerPort[] =>
  containers.filter(({ role }) => role !== 'init').flatMap(portsOf);

/** Tells whether a port is given by its name; a text of digits is a number. */
export const isPortName = (port: unknown): port is string => typeof port === 'string' && !/^\d*$/.test(port);

/** Tells whether a name is among ports, or may be: what only Terraform knows may be any name. */
export function mayBeNamed(name: string, ports: readonly ContainerPort[], protocol?: unknown): boolean {
  return ports.some(
    (port) =>
      (port.name === name || typeof port.name === 'object') &&
      (protocol === undefined || port.protocol === protocol || typeof port.protocol === 'object'),
  );
}

/** What a probe or a hook asks: where it stands, and the port. */
export interface Question {
  readonly asker: string;
  readonly port: unknown;
}

/** All ports that Kubernetes itself asks a container at: probes, and hooks of its life. */
export function questionsOf({ body }: Container): Question[] {
  const probes = ['startup_probe', 'readiness_probe', 'liveness_probe'].map(
    (asker) => [asker, body[asker]] as const,
  );
  const hooks = nestedBlocks(body['lifecycle']).flatMap((lifecycle) =>
    ['post_start', 'pre_stop'].map((asker) => [asker, lifecycle[asker]] as const),
  );
  return [...probes, ...hooks].flatMap(([asker, given]) =>
    nestedBlocks(given).flatMap(({ http_get, tcp_socket }) =>
      [...nestedBlocks(http_get), ...nestedBlocks(tcp_socket)].map(({ port }) => ({ asker, port })),
    ),
  );
}

/** Tells whether Terraform makes ports that are not known. */
export const hasOpenPorts = (containers: readonly { readonly body: Body }[]): boolean =>
  containers.some(({ body }) => isOpen(body['port']));

/** A port that a pod takes on its node. */
export interface HostPort {
  readonly number: number;
  readonly protocol: string;
  /** Empty for all addresses of the node. */
  readonly address: string;
}

/** The ports of the node that a pod takes: those it asks for, and on the host's network all that it names. */
export function hostPortsOf(pod: Pod): HostPort[] {
  const onHost = pod.spec['host_network'] === true;
  return pod.containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ body }) => nestedBlocks(body['port']))
    .flatMap((port) => {
      const asked = port['host_port'];
      const number = asked === undefined || asked === 0 ? onHost && port['container_port'] : asked;
      const { protocol = 'TCP', host_ip: address = '' } = port;
      if (typeof number !== 'number' || isExpression(protocol) || isExpression(address)) return [];
      return [{ number, protocol: String(protocol), address: anywhere.has(address) ? '' : String(address) }];
    });
}

const anywhere: ReadonlySet<unknown> = new Set(['', '0.0.0.0', '::']);

/** Tells whether two ports cannot be taken on one node at once. */
export function collide(one: HostPort, other: HostPort): boolean {
  if (one.number !== other.number || one.protocol !== other.protocol) return false;
  return one.address === '' || other.address === '' || one.address === other.address;
}

/** `80/TCP` */
export const formatPort = ({ number, protocol }: HostPort): string => `${number}/${protocol}`;
