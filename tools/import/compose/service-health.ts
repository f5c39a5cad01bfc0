import { type Fields, fieldsOf, itemsOf } from '../kubernetes/fields';
import type { ComposeService } from './compose-service';

/** A question over HTTP that a healthcheck asks its own container. */
const asked = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/[^\s"'|;)]*)?/;

/** The probe that asks what a healthcheck asks; undefined where there is none. */
export function serviceProbe(service: ComposeService, ports: readonly number[]): Fields | undefined {
  const given = fieldsOf(service.fields['healthcheck']);
  const test = given['test'];
  const [kind, ...words] = Array.isArray(test)
    ? itemsOf(test).map(String)
    : ['CMD-SHELL', String(test ?? '')];
  if (given['disable'] === true || kind === 'NONE' || words.join('') === '') return undefined;
  const line = words.join(' ');
  const [url, port, path = '/'] = asked.exec(line) ?? [];
  const number = Number(port ?? 80);
  const isPlain = /\b(curl|wget)\b/.test(line) && !/\s(-X|-H|-d|--data|--header|--post\S*)\b/.test(line);
  const question =
    url?.startsWith('http:') && isPlain && ports.includes(number)
      ? { httpGet: { path, port: number } }
      : { exec: { command: kind === 'CMD' ? words : ['/bin/sh', '-c', line] } };
  return {
    ...question,
    ...seconds('initialDelaySeconds', given['start_period']),
    ...seconds('periodSeconds', given['interval']),
    ...seconds('timeoutSeconds', given['timeout']),
    ...(given['retries'] !== undefined && { failureThreshold: Number(given['retries']) }),
  };
}

/** `1m30s` → `{ periodSeconds: 90 }` */
export function seconds(name: string, duration: unknown): Fields {
  if (duration === undefined || duration === null) return {};
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001 };
  const parts = [...String(duration).matchAll(/([\d.]+)(ms|us|[hms])/g)];
  const sum = parts.reduce((total, [, amount, unit = 's']) => total + Number(amount) * (units[unit] ?? 1), 0);
  return { [name]: Math.max(1, Math.ceil(sum)) };
}
