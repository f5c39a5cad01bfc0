import { type Story, scene } from '../story';
import type { Step } from '../stand-in/trouble';
import { inventoryOf, inventoryOfStates, twice } from './inventory';

/** Each provider of each stack, at each stage of a deploy at which it is asked. */
const outages: readonly (readonly [stack: string, provider: string, step: Step, type?: string])[] = [
  ['cluster', 'talos', 'configure'],
  ['cluster', 'talos', 'create'],
  ['platform', 'kubernetes', 'configure'],
  ['platform', 'minio', 'create'],
  ['platform', 'kubernetes', 'create'],
  ['platform', 'minio', 'read'],
  ['workloads', 'healthchecksio', 'data'],
  // The platform has no Ingress, so that these strike here.
  ['workloads', 'kubernetes', 'plan', 'kubernetes_ingress_v1'],
  ['workloads', 'healthchecksio', 'create'],
  ['workloads', 'kubernetes', 'create'],
  ['workloads', 'kubernetes', 'read', 'kubernetes_ingress_v1'],
  ['integrations', 'onepassword', 'open'],
  ['integrations', 'gotify', 'configure'],
  ['integrations', 'gotify', 'create'],
  ['integrations', 'kubernetes', 'create'],
  ['integrations', 'gotify', 'read'],
];

export default scene('Each provider is down at each stage of a deploy', { seconds: 110 }, async (stage) => {
  const { house, runs, equals } = stage;
  const complete = inventoryOf(house.world);
  house.load('empty');
  for (const outage of outages) await strike(stage, outage);
  await runs(house.npm('deploy', '--yes'));
  equals('the next deploy goes on to the end', inventoryOf(house.world), complete);
  equals('nothing was made twice', twice(house.world.deeds), []);
  await runs(house.npm('plan'));
});

async function strike(
  { house, runs, holds }: Story,
  [stack, provider, step, type]: (typeof outages)[number],
): Promise<void> {
  const { trouble, world } = house;
  const what = `${provider} (${step})`;
  const made = trouble.make(
    { provider, steps: [step], ...(type ? { type } : {}) },
    { kind: 'unreachable' },
    Infinity,
  );
  const ran = await runs(house.npm('deploy', '--yes', `--until=${stack}`), 1);
  made.release();
  const lines = ran.all.trim().split('\n');
  const last = lines.at(-1) ?? '';
  holds(
    `${stack} without ${what}: one clear error, and the state holds exactly what was made`,
    last.startsWith(stack) &&
      /does not answer|refused/.test(last) &&
      !/^\s+at /m.test(ran.all) &&
      sameAs(inventoryOfStates(house), inventoryOf(world)),
    last,
  );
}

const sameAs = (some: readonly string[], others: readonly string[]): boolean => some.join() === others.join();
