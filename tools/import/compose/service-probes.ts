import { type Fields, present } from '../kubernetes/fields';
import { seconds } from './amounts';
import type { ServicePort } from './service-ports';

/** A question over HTTP that a healthcheck asks its own container. */
const asked = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/[^\s"'|;)]*)?/;

/**
 * The probes that ask what a healthcheck asks. While it starts its failures do not count, and its first success does: that is
 * a startup probe.
 */
export function probesOf(
  given: Fields,
  command: readonly string[] | undefined,
  ports: readonly ServicePort[],
): Fields {
  if (given['disable'] === true || command === undefined) return {};
  const line = command.join(' ');
  const [url, port, path = '/'] = asked.exec(line) ?? [];
  const number = Number(port ?? 80);
  const isPlain = /\b(curl|wget)\b/.test(line) && !/\s(-X|-H|-d|--data|--header|--post\S*)\b/.test(line);
  const question =
    url?.startsWith('http:') && isPlain && ports.some((one) => one.number === number)
      ? { httpGet: { path, port: number } }
      : { exec: { command } };
  const starts = seconds(given['start_period']);
  const timeoutSeconds = seconds(given['timeout']);
  const every = Math.min(seconds(given['start_interval'] ?? given['interval']) ?? 5, starts ?? 5);
  return present({
    readinessProbe: present({
      ...question,
      periodSeconds: seconds(given['interval']),
      timeoutSeconds,
      failureThreshold: given['retries'] === undefined ? undefined : Number(given['retries']),
    }),
    startupProbe:
      starts === undefined
        ? undefined
        : present({
            ...question,
            periodSeconds: every,
            timeoutSeconds,
            // Docker goes on asking when the time is over, and Kubernetes starts the container again.
            failureThreshold: Math.max(60, Math.ceil(starts / every)),
          }),
  });
}
