import { scene } from '../story';
import { twice } from './inventory';
import { changesIn } from './planned';

const workload = `import { resource } from '@home/providers';

export default resource('healthchecksio_check', 'rehearsed', { name: 'rehearsed', timeout: 60, grace: 60 });
`;

export default scene(
  'A state of before an apply is put back, and nothing is made a second time',
  { short: true, needs: ['workloads', 'healthchecksio'], seconds: 30 },
  async ({ house, runs, holds, equals }) => {
    const { world } = house;
    house.write('apps/workloads/rehearsed/main.ts', workload);
    await runs(house.npm('generate'));
    await runs(house.npm('plan', 'workloads'), 2);
    await runs(house.npm('apply', 'workloads', '--yes'));
    const checks = Object.keys(world.all('healthchecksio_check'));

    const backups = await runs(house.npm('state', 'backups', 'workloads'));
    const [, before = ''] = backups.output.split('\n');
    const restored = await runs(house.npm('state', 'restore', 'workloads', before));
    holds(
      'it says which apply lies between, and what that made',
      /an apply lies between/.test(restored.all) &&
        restored.all.includes('healthchecksio_check.rehearsed was made since'),
      restored.all,
    );
    const refused = await runs(house.npm('deploy', '--yes', '--until=workloads'), 1);
    holds(
      'nothing is planned with it at once',
      refused.all.includes('npm run adopt -- workloads'),
      refused.all,
    );

    await runs(house.npm('adopt', 'workloads'));
    const plan = await runs(house.npm('plan', 'workloads', '--json'), 2);
    equals('what exists is taken over', changesIn(plan), ['import healthchecksio_check.rehearsed']);
    await runs(house.npm('apply', 'workloads', '--yes'));
    equals('there is every check once', Object.keys(world.all('healthchecksio_check')), checks);
    equals('nothing was made twice', twice(world.deeds), []);
    await runs(house.npm('plan', 'workloads'));
  },
);
