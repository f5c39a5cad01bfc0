import { raw } from '@home/terraform';
import {
  type ReplicatedExample,
  complaints,
  exampleHome,
  litestreamYaml,
  makesPods,
  replicatedApp,
} from '../example-home';
import { requireTimeForLastSync } from './require-time-for-last-sync';

const check = (given: ReplicatedExample) =>
  complaints(requireTimeForLastSync, ...exampleHome({ app: replicatedApp('app', given) }));
const grace = (seconds: unknown) => ({ podSpec: { termination_grace_period_seconds: seconds } });
const stops = (seconds: unknown) => ({ annotations: { 'homeserver.lknuth.dev/stop-seconds': seconds } });
const tooShort = (has: number, stop: number, shutdown: number) =>
  `apps/workloads/app: kubernetes_stateful_set_v1.app: termination_grace_period_seconds ${has} must be more than the ` +
  `${stop} s in which its app stops and the ${shutdown} s of Litestream's shutdown-timeout. Make it ${stop + shutdown + 2} or more.`;

it.each<ReplicatedExample>([
  grace(69),
  { ...grace(119), ...stops('60') },
  { ...grace(64), ...stops('5') },
  grace(raw('var.grace')),
  { ...grace(30), ...stops(raw('var.stop')) },
  { ...grace(30), config: raw('var.config') },
  { ...grace(41), config: litestreamYaml('app', 'logging: { type: json }') },
  { ...grace(92), config: litestreamYaml('app', 'shutdown-timeout: 1m20.5s\nshutdown-sync-timeout: 80s') },
])('accepts case %#', (given) => {
  expect(check(given)).toEqual([]);
});

it.each<[ReplicatedExample, string]>([
  [grace(68), tooShort(68, 10, 58)],
  [grace(undefined), tooShort(30, 10, 58)],
  [{ ...grace(70), ...stops('30') }, tooShort(70, 30, 58)],
  [{ ...grace(40), config: litestreamYaml('app', 'logging: { type: json }') }, tooShort(40, 10, 30)],
  [{ ...grace(40), config: litestreamYaml('app', 'shutdown-timeout: never') }, tooShort(40, 10, 30)],
])('refuses case %#', (given, line) => {
  expect(check(given)).toEqual([line]);
});

it('refuses a last upload that Litestream itself would cut short', () => {
  const config = litestreamYaml('app', 'shutdown-sync-timeout: 55s');
  expect(check({ config })).toEqual([
    "apps/workloads/app: kubernetes_stateful_set_v1.app: Litestream's shutdown-timeout of 30 s must not be shorter than its " +
      'shutdown-sync-timeout of 55 s. Make shutdown-timeout longer.',
  ]);
});

it('asks nothing of pods without Litestream', () => {
  expect(complaints(requireTimeForLastSync, makesPods('app', {}))).toEqual([]);
});
