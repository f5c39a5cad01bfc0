import { scene } from '../story';
import { inventoryOf, inventoryOfStates, twice } from './inventory';

export default scene(
  'Terraform is killed in the middle of an apply',
  { seconds: 60 },
  async ({ house, runs, strikes, holds, equals, tell }) => {
    const { world, trouble } = house;
    const complete = inventoryOf(world);
    house.load('empty');

    tell('The power goes before the namespace is made.');
    const before = trouble.make(
      { type: 'kubernetes_namespace_v1', key: 'apps', steps: ['create'] },
      { kind: 'hang', when: 'before' },
    );
    const first = house.npm('deploy', '--yes', '--until=platform');
    await strikes(before, first);
    process.kill(house.terraforms().at(-1) ?? 0, 'SIGKILL');
    await runs(first, 1);
    before.release();
    // Terraform makes several things at once; what it had made and not written down yet is there without a state.
    await runs(house.npm('adopt', 'platform'));
    await runs(house.npm('deploy', '--yes', '--until=platform'));
    equals('what it made and did not write down is taken over', inventoryOfStates(house), inventoryOf(world));

    tell('Somebody presses Ctrl-C while an app is being made.');
    const during = trouble.make(
      { type: 'kubernetes_stateful_set_v1', steps: ['create'] },
      { kind: 'hang', when: 'before' },
    );
    const second = house.npm('deploy', '--yes');
    await strikes(during, second);
    second.interrupt();
    const interrupted = await second;
    during.release();
    // Some versions of npm pass the exit code on, others end by the signal they were sent.
    holds('the command does not end as if all were well', interrupted.code !== 0);
    holds(
      'the state was written and its lock given back',
      /interrupted/i.test(interrupted.all) && !house.has('.state/.workloads.tfstate.lock.info'),
      interrupted.all,
    );
    equals('and holds what was made', inventoryOfStates(house), inventoryOf(world));

    await runs(house.npm('deploy', '--yes'));
    equals('the next deploy goes on to the end', inventoryOf(world), complete);
    equals('and made nothing twice', twice(world.deeds), []);
    await runs(house.npm('plan'));
  },
);
