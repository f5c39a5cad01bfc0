import { scene } from '../story';
import { anApp } from './apps-of-the-home';

export default scene(
  'A second run waits for nobody and harms nothing',
  { short: true, seconds: 15 },
  async ({ house, runs, strikes, holds }) => {
    const app = anApp(house);
    house.world.vanish('kubernetes_service_v1', app.key);
    const hanging = house.trouble.make(
      { type: 'kubernetes_service_v1', steps: ['create'] },
      { kind: 'hang', when: 'before' },
    );
    const first = house.npm('deploy', '--yes', '--until=workloads');
    await strikes(hanging, first);

    const second = await runs(house.npm('plan', 'workloads'), 1);
    holds(
      'the second is refused by the lock, and says whose it is and since when',
      /another run holds the state: .* since \d{4}-/.test(second.all),
      second.all,
    );
    holds('in one line', second.all.trim().split('\n').length === 1, second.all);
    hanging.release();
    await runs(first);
    await runs(house.npm('plan', 'workloads'));
  },
);
