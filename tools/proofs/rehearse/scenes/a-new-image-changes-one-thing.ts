import { scene } from '../story';
import { anApp } from './apps-of-the-home';
import { argumentsIn, changesIn, deedsIn } from './planned';

export default scene(
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
