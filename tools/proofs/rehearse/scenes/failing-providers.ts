import type { WireObject } from '../stand-in/message-pack';
import type { Kind, Step } from '../stand-in/trouble';
import { scene, type Story, uses } from '../story';
import { anApp, type App } from './apps-of-the-home';
import { goesOnToTheEnd, inventoryOf, inventoryOfStates } from './inventory';

/** Each provider of each stack, at each stage of a deploy at which it is asked. */
const outages: readonly (readonly [stack: string, provider: string, step: Step, type?: string])[] = [
  ['cluster', 'talos', 'configure'],
  ['cluster', 'talos', 'create'],
  ['platform', 'kubernetes', 'configure'],
  ['platform', 'minio', 'create'],
  ['platform', 'kubernetes', 'create'],
  ['platform', 'minio', 'read'],
  ['workloads', 'healthchecksio', 'data'],
  // Of one app, so that these strike here and not in the platform.
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

export const outage = scene(
  'Each provider is down at each stage of a deploy',
  { seconds: 110 },
  async (stage) => {
    const { house } = stage;
    const complete = inventoryOf(house.world);
    await house.load('empty');
    const possible = outages.filter(([stack, provider]) => uses(house.plot.from, stack, provider));
    for (const outage of possible) await strike(stage, outage);
    await goesOnToTheEnd(stage, complete);
  },
);

async function strike(
  { house, runs, holds }: Story,
  [stack, provider, step, type]: (typeof outages)[number],
): Promise<void> {
  const { trouble, world } = house;
  const what = `${provider} (${step})`;
  const made = trouble.make(
    { provider, steps: [step], ...(type ? { type, key: anApp(house).key } : {}) },
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

const misdeeds: readonly (readonly [what: string, kind: Kind, said: RegExp])[] = [
  [
    'somebody else changes the object at the same moment',
    { kind: 'conflict' },
    /the object has been modified/,
  ],
  ['the object vanishes between plan and apply', { kind: 'vanish' }, /not found/],
  [
    'the answer gets lost after the change was made',
    { kind: 'timeout' },
    /does not answer|deadline exceeded/,
  ],
  [
    'the provider answers something else than it planned',
    { kind: 'lie', about: forgetLabels },
    /inconsistent result/,
  ],
];

/** An answer in which the object has lost its labels. */
function forgetLabels(object: WireObject): WireObject {
  const [metadata] = object['metadata'] as readonly WireObject[];
  return { ...object, metadata: [{ ...metadata, labels: {} }] };
}

export const misbehaviour = scene(
  'A provider misbehaves, and the next run mends it',
  { seconds: 70 },
  async (stage) => {
    const app = anApp(stage.house);
    for (const [index, misdeed] of misdeeds.entries()) await play(stage, app, misdeed, `9.9.${index}`);
    await stage.runs(stage.house.npm('plan', 'workloads'));
  },
);

async function play(
  { house, runs, holds }: Story,
  app: App,
  [what, kind, said]: (typeof misdeeds)[number],
  version: string,
): Promise<void> {
  house.edit(app.file, /image: '([^':]+):[^']+'/, `image: '$1:${version}'`);
  await runs(house.npm('generate'));
  await runs(house.npm('plan', 'workloads'), 2);
  house.trouble.make({ type: 'kubernetes_stateful_set_v1', key: app.key, steps: ['update'] }, kind);
  const failed = await runs(house.npm('apply', 'workloads', '--yes'), 1);
  const last = failed.all.trim().split('\n').at(-1) ?? '';
  holds(
    `${what}: one clear error that names the app`,
    said.test(last) && last.includes(`workloads/${app.name}: ${app.address}`),
    last,
  );
  await runs(house.npm('deploy', '--yes', '--until=workloads'));
}
