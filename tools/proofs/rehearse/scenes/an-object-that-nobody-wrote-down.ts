import { scene } from '../story';
import { inventoryOf, twice } from './inventory';

/** The worst moment to die: the object is made, and the state does not know of it. */
export default scene(
  'Terraform is killed before it writes down what it made',
  { seconds: 40 },
  async ({ house, runs, strikes, holds, equals }) => {
    const { world, trouble } = house;
    const complete = inventoryOf(world);
    house.load('empty');
    const unwritten = trouble.make(
      { type: 'kubernetes_namespace_v1', key: 'apps', steps: ['create'] },
      { kind: 'hang', when: 'after' },
    );
    const first = house.npm('deploy', '--yes', '--until=platform');
    await strikes(unwritten, first);
    process.kill(house.terraforms().at(-1) ?? 0, 'SIGKILL');
    await runs(first, 1);
    unwritten.release();

    const second = await runs(house.npm('deploy', '--yes', '--until=platform'), 1);
    holds(
      'the next deploy says what is there already, and what to do',
      /already exists/.test(second.all) && second.all.includes('npm run adopt -- platform'),
      second.all,
    );
    await runs(house.npm('adopt', 'platform'));
    await runs(house.npm('deploy', '--yes'));
    equals('it is taken over, and all the rest is made', inventoryOf(world), complete);
    equals('nothing was made twice', twice(world.deeds), []);
    await runs(house.npm('plan'));
  },
);
