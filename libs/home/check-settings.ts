import type { Problem } from '@home/terraform';
import { scheduleFault } from './check-schedule';
import type { HomeFacts } from './home-facts';
import { mistake, oneOf } from './mistake';
import { isQuantity } from './quantity';

const domainName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Checks names, the time zone, and what replication and monitoring need. */
export function checkSettings(facts: HomeFacts): Problem[] {
  const { cluster, domain, hostmaster, timezone, nas, replication, memoryRequests, healthchecks } = facts;
  const fault = scheduleFault(replication.verifySchedule, 'kubernetes');
  return [
    ...demand(
      /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(cluster.name),
      'cluster.name',
      cluster.name,
      'must be letters, digits, dashes, dots and underscores',
      'Talos and the kubeconfig use it as a name',
    ),
    ...demand(
      domainName.test(domain),
      'domain',
      domain,
      'must be a domain',
      'Write it like "rpi" or "home.example.org"',
    ),
    ...demand(
      hostmaster.endsWith('.') && domainName.test(hostmaster.slice(0, -1)),
      'hostmaster',
      hostmaster,
      'must be a domain name with a dot at its end',
      'Write a mail address with dots only: me@example.org is "me.example.org."',
    ),
    ...checkTimezone('timezone', timezone),
    ...checkTimezone('healthchecks.timezone', healthchecks.timezone),
    ...demand(
      Number.isInteger(healthchecks.graceSeconds) && healthchecks.graceSeconds >= 60,
      'healthchecks.graceSeconds',
      healthchecks.graceSeconds,
      'must be 60 seconds or more',
      'healthchecks.io accepts nothing shorter',
    ),
    ...(fault === undefined
      ? []
      : [
          mistake(
            'replication.verifySchedule',
            replication.verifySchedule,
            fault,
            'Write it like "0 2 * * 6"',
          ),
        ]),
    ...demand(
      isQuantity(memoryRequests.litestream),
      'memoryRequests.litestream',
      memoryRequests.litestream,
      'must be an amount of memory',
      'Write it like "48Mi"',
    ),
    ...checkStore(nas),
  ];
}

function checkStore({ s3 }: HomeFacts['nas']): Problem[] {
  return [
    ...oneOf('nas.s3.kind', s3.kind, ['minio', 'given']),
    ...demand(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(s3.bucket),
      'nas.s3.bucket',
      s3.bucket,
      'must be a bucket’s name',
      'Use 3 to 63 lower-case letters, digits, dots and dashes',
    ),
    ...demand(
      isOrigin(s3.endpoint),
      'nas.s3.endpoint',
      s3.endpoint,
      'must be an http or https address without a path',
      'Write it like "http://192.168.107.4:9000"',
    ),
  ];
}

/** Tells whether a text is `http(s)://host[:port]` and nothing more. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

function checkTimezone(path: string, timezone: string): Problem[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return [];
  } catch {
    return [mistake(path, timezone, 'must be a time zone', 'Write it like "Europe/Berlin"')];
  }
}

function demand(holds: boolean, path: string, value: unknown, must: string, remedy: string): Problem[] {
  return holds ? [] : [mistake(path, value, must, remedy)];
}
