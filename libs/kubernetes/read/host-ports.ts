import { isExpression } from '@home/terraform';
import { nestedBlocks } from './known-body';
import { type Pod } from './pods';

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
