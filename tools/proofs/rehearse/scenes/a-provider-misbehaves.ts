import { type Story, scene } from '../story';
import type { Kind } from '../stand-in/trouble';
import type { WireObject } from '../stand-in/message-pack';
import { type App, anApp } from './apps-of-the-home';

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

export default scene('A provider misbehaves, and the next run mends it', { seconds: 70 }, async (stage) => {
  const app = anApp(stage.house);
  for (const [index, misdeed] of misdeeds.entries()) await play(stage, app, misdeed, `9.9.${index}`);
  await stage.runs(stage.house.npm('plan', 'workloads'));
});

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
