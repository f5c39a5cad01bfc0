import { scene } from '../story';
import { anApp } from './apps-of-the-home';
import { argumentsIn, changesIn, deedsIn } from './planned';

export const newImage = scene(
  'A new image changes exactly one thing',
  { short: true, providers: 'any', seconds: 12 },
  async ({ house, runs, equals }) => {
    const app = anApp(house);
    house.edit(app.file, /image: '([^':]+):[^']+'/, "image: '$1:9.9.9'");
    await runs(house.npm('generate'));
    const plan = await runs(house.npm('plan', 'workloads', '--json'), 2);
    equals(
      `the image of ${app.name} and nothing else is to change`,
      [changesIn(plan), argumentsIn(plan)],
      [[`change ${app.address}`], ['spec[0].template[0].spec[0].container[0].image']],
    );
    const apply = await runs(house.npm('apply', 'workloads', '--yes'));
    equals('the saved plan is what was applied', deedsIn(apply), [`${app.address} changed`]);
    await runs(house.npm('plan', 'workloads'));
  },
);

/** A rehearsal inside the rehearsal, as somebody would start it who has changed an app and not committed it yet. */
export const shown = scene(
  'A change is shown before it is made',
  { seconds: 30 },
  async ({ house, runs, holds, equals }) => {
    const app = anApp(house);
    const deeds = house.world.deeds.length;
    house.edit(app.file, /image: '([^':]+):[^']+'/, "image: '$1:9.9.9'");
    const shown = await runs(house.npm('rehearse', '--change'));
    const changed = shown.output.split('\n').filter((line) => /^ *[~+-] /.test(line));
    holds(
      'the image, and no other object, would change',
      changed.length === 1 && changed.join().includes(app.address) && shown.output.includes('9.9.9'),
      shown.all,
    );
    equals('and nothing happened', house.world.deeds.length, deeds);
  },
);
