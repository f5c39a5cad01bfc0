import { type Body } from '@home/terraform';
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
