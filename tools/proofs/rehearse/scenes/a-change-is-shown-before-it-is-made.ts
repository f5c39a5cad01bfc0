import { scene } from '../story';
import { anApp } from './apps-of-the-home';

/** A rehearsal inside the rehearsal, as somebody would start it who has changed an app and not committed it yet. */
export default scene(
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
