import { type GeneratedBlock, evaluate, one } from '@home/generated';
import { home } from '@home/home';
import type { FakeHealthchecks } from './fake-healthchecks';

/** What may be reported of a database. */
export type Event = 'start' | 'success' | 'failure';

/** What the stand-in for healthchecks.io hears of it. */
export const signals: Readonly<Record<Event, string>> = { start: 'start', success: '', failure: 'fail' };

/** What this home is told of its databases, by its facts. */
export const told: Readonly<Record<'replication' | 'verification', readonly Event[]>> = toldBy(home.alerts);

function toldBy(alerts: typeof home.alerts): typeof told {
  switch (alerts?.kind) {
    case undefined:
      return { replication: [], verification: [] };
    case 'gotify':
      return { replication: [], verification: ['failure'] };
    case 'addresses':
      return { replication: alerts.of, verification: alerts.of };
    case 'healthchecks.io':
      return { replication: ['success', 'failure'], verification: ['start', 'success', 'failure'] };
  }
}

/** Why a scene about reports of replication cannot be played. */
export const unlessTold =
  (...wanted: readonly Event[]) =>
  (): string | undefined => {
    const untold = wanted.filter((event) => !told.replication.includes(event));
    return untold.length === 0
      ? undefined
      : `this home is told of no ${untold.join(' and no ')} of replication`;
  };

/** The Secrets that have addresses to report to, and what is in them here: those of the stand-in. */
export function alertSecrets(
  blocks: readonly GeneratedBlock[],
  healthchecks: FakeHealthchecks,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const address = (event: Event): string => healthchecks.url(`{check}/${signals[event]}`);
  const addresses = { PING_SUCCESS: address('success'), PING_FAILURE: address('failure') };
  return new Map(
    blocks
      .filter(({ type }) => type === 'kubernetes_secret_v1')
      .map(({ body }) => {
        const kept = Object.entries(addresses).filter(([key]) => key in Object(one(body['data_wo'])));
        return [evaluate(one(body['metadata'])['name'], blocks), Object.fromEntries(kept)] as const;
      })
      .filter(([, kept]) => Object.keys(kept).length > 0),
  );
}
