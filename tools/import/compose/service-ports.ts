import { fieldsOf, itemsOf } from '../kubernetes/fields';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';

/** A port that a service listens on. */
export interface ServicePort {
  readonly number: number;
  readonly protocol: 'TCP' | 'UDP';
  /** The port of the host that leads to it. */
  readonly published?: string;
  readonly path: Path;
}

/** Ports that no browser opens: mail, DNS, databases, queues and the like. */
const spokenByPrograms = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 1883, 2222, 3306, 4190, 5432, 5672,
  6379, 6380, 6881, 8883, 9042, 9092, 11211, 25565, 27017, 50051,
]);

/** Whether a port is one that a browser may open. */
export const isWeb = ({ number, protocol }: ServicePort): boolean =>
  protocol === 'TCP' && !spokenByPrograms.has(number);

/** Whether a port is one that mostly speaks TLS: 443, 8443, 9443. */
export const speaksTls = ({ number }: ServicePort): boolean => /443$/.test(String(number));

/** Its protocol, where it is not the usual one. */
export const protocolOf = ({ protocol }: ServicePort): { protocol?: 'UDP' } =>
  protocol === 'UDP' ? { protocol } : {};

/** The ports of a service: published ones first, those without TLS before them, then those that only other services reach. */
export function servicePorts(service: ComposeService): readonly ServicePort[] {
  const { ports, expose } = service.fields;
  const read = [
    ...itemsOf(ports).flatMap((item, index) => readPort(item, ['ports', index], service)),
    ...itemsOf(expose).flatMap((item, index) => {
      return readPort(String(item), ['expose', index], service).map(({ published: _, ...port }) => port);
    }),
  ];
  const isPublished = (port: ServicePort): boolean => port.published !== undefined;
  const rank = (port: ServicePort): number => (isPublished(port) ? (speaksTls(port) ? 1 : 0) : 2);
  const found = read.toSorted((one, other) => rank(one) - rank(other));
  const first = new Map([...found].reverse().map((port) => [`${port.number}/${port.protocol}`, port]));
  return found.filter((port) => first.get(`${port.number}/${port.protocol}`) === port);
}

/** `8080:80`, `127.0.0.1:8080:80/udp`, `3000-3005`, or `{ target: 80, published: 8080 }`. */
function readPort(item: unknown, path: Path, service: ComposeService): ServicePort[] {
  const { target, published, protocol, host_ip: address } = fieldsOf(item);
  const text =
    target === undefined
      ? String(item)
      : `${address === undefined ? '' : `${String(address)}:`}${String(published ?? target)}:${String(target)}/${String(protocol ?? 'tcp')}`;
  const [, outer, from, to, kind = 'tcp'] = /^(?:(.*):)?(\d+)(?:-(\d+))?(?:\/(tcp|udp))?$/i.exec(text) ?? [];
  if (from === undefined) {
    service.lose(path, `"${text}" is not a port that the import understands`, 'Describe it in the code');
    return [];
  }
  const numbers = Array.from(
    { length: Number(to ?? from) - Number(from) + 1 },
    (_, index) => Number(from) + index,
  );
  if (numbers.length > 20) {
    service.lose(path, `${numbers.length} ports are too many for a Service`, 'Use the network of the host');
    return [];
  }
  const isLocal = outer !== undefined && loopback.test(outer);
  if (isLocal) {
    const what = 'it answered only the host, so it gets no address and is reached inside the cluster only';
    service.lose(path, what, 'Add an Ingress, if everyone at home may open it', undefined, text);
  }
  const first = outer?.split(':').at(-1) ?? from;
  return numbers.map((number, index) => ({
    number,
    protocol: kind.toLowerCase() === 'udp' ? 'UDP' : 'TCP',
    ...(!isLocal && { published: to === undefined ? first : String(Number.parseInt(first, 10) + index) }),
    path,
  }));
}

/** Addresses that only the host itself reaches. */
const loopback = /^(127(\.\d+){3}|localhost|\[?::1\]?):/;
