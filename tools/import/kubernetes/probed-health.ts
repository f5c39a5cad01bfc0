import { Computed } from './computed';
import { type Fields, fieldsOf } from './fields';

/**
 * The path that a container is asked for its health at.
 *
 * @param ports the container's port, as number and name
 * @returns undefined when an open port counts; `unfit` for anything but one path, or one open port
 */
export function healthOf(
  container: Fields,
  ports: readonly (string | undefined)[],
): string | undefined | 'unfit' {
  const probes = ['startupProbe', 'readinessProbe', 'livenessProbe']
    .map((name) => container[name])
    .filter((probe) => probe !== undefined)
    .map(fieldsOf);
  const questions = probes.map((probe) => question(probe, ports));
  const [first, ...others] = questions;
  return others.every((one) => one === first) ? first : 'unfit';
}

function question(probe: Fields, ports: readonly (string | undefined)[]): string | undefined | 'unfit' {
  const { httpGet, tcpSocket, exec, grpc } = probe;
  if (exec !== undefined || grpc !== undefined) return 'unfit';
  const { path, port, scheme, ...others } = fieldsOf(httpGet ?? tcpSocket);
  const isPlain =
    Object.keys(others).length === 0 &&
    (scheme ?? 'HTTP') === 'HTTP' &&
    ports.includes(String(port)) &&
    !(path instanceof Computed);
  if (!isPlain) return 'unfit';
  return httpGet === undefined ? undefined : String(path ?? '/');
}
