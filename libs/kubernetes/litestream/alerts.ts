import { type Kubernetes, type Resources, data, resource } from '@home/providers';
import { type Block, type Value, tf } from '@home/terraform';
import type { Environment } from '../app/container';
import { ownKey } from '../app/labels';
import type { SettledDatabase } from './settle-database';

/** What a container is given to report how something goes; its script says what it makes of it. */
export interface Reporting {
  readonly blocks: readonly Block[];
  readonly env: Environment;
  readonly envFrom: readonly Kubernetes.EnvFrom[];
}

/** Who hears of a database. */
export interface Alerts {
  readonly blocks: readonly Block[];
  /** For the app's pod, which reads addresses when it starts. */
  readonly annotations: Readonly<Record<string, Value<string>>>;
  /** @param check what healthchecks.io has to know of it */
  replication(check: Check): Reporting;
  verification(check: Check): Reporting;
}

type Check = Pick<Resources['healthchecksio_check']['arguments'], 'desc' | 'timeout' | 'schedule'>;

const nobody: Reporting = { blocks: [], env: {}, envFrom: [] };

/** Who hears of a database, by what its home has. The names of the checks are those of the app and what is checked. */
export function alertsOf({ name, replica: { alerts } }: SettledDatabase): Alerts {
  const nothing = { blocks: [], annotations: {}, replication: () => nobody, verification: () => nobody };
  const names = { replication: `${name}-litestream-replicate`, verification: `${name}-litestream-verify` };
  switch (alerts?.kind) {
    case undefined:
      return nothing;
    case 'gotify':
      return { ...nothing, verification: () => fromAddresses(names.verification, alerts.secretName) };
    case 'addresses':
      return {
        blocks: [],
        annotations: { [ownKey('alerts')]: tf`${alerts.secretRevision}` },
        replication: () => fromAddresses(names.replication, alerts.secretName),
        verification: () => fromAddresses(names.verification, alerts.secretName),
      };
    case 'healthchecks.io': {
      const channel = data('healthchecksio_channel', `${name}-alerts`, { kind: alerts.channel });
      const check = (label: string, given: Check) =>
        resource('healthchecksio_check', label, {
          name: label,
          ...given,
          ...(given.schedule === undefined ? {} : { timezone: alerts.timezone }),
          grace: alerts.graceSeconds,
          tags: alerts.tags,
          channels: [channel.ref.id],
        });
      return {
        blocks: [channel],
        annotations: {},
        replication: (given) => fromCheck(check(names.replication, given)),
        verification: (given) => {
          const made = check(names.verification, given);
          const { env, ...more } = fromCheck(made);
          return { ...more, env: { PING_START: tf`${made.ref.ping_url}/start`, ...env } };
        },
      };
    }
  }
}

/** A ping address of a check has no query: https://healthchecks.io/docs/http_api/ */
function fromCheck(check: Block<Resources['healthchecksio_check']['attributes']>): Reporting {
  const { ping_url } = check.ref;
  return {
    blocks: [check],
    env: { PING_SUCCESS: ping_url, PING_FAILURE: tf`${ping_url}/fail` },
    envFrom: [],
  };
}

function fromAddresses(check: string, secretName: string): Reporting {
  return { blocks: [], env: { PING_CHECK: check }, envFrom: [{ secret_ref: { name: secretName } }] };
}
