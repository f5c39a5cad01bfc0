import { scene } from '../story';
import { inventoryOf } from './inventory';

export default scene(
  'The SD card died',
  { short: true, seconds: 40 },
  async ({ house, runs, holds, equals, tell }) => {
    const { world, nodes } = house;
    const complete = inventoryOf(world);
    const before = house.state('cluster');
    tell('A new card is in the machine, which waits for a configuration; the states know nothing of it.');
    for (const node of nodes) world.blank(node);

    const asked = await runs(house.npm('deploy'), 1);
    holds(
      'a deploy finds the machine blank and asks before it does anything',
      /is blank/.test(asked.all) && /asks a question/.test(asked.all),
      asked.all,
    );
    equals('without an answer nothing is done', world.deeds.length, 0);

    await runs(house.npm('deploy', '--yes'));
    const machines = world.deeds.filter(({ type }) => type.startsWith('talos_'));
    equals(
      'exactly the configuration and the bootstrap are recreated',
      machines.map(({ verb, type }) => `${verb} ${type}`).sort(),
      [
        'create talos_machine_bootstrap',
        'create talos_machine_configuration_apply',
        'delete talos_machine_bootstrap',
        'delete talos_machine_configuration_apply',
      ],
    );
    equals('every workload is back', inventoryOf(world), complete);
    holds(
      'nothing that lay elsewhere was touched',
      !world.deeds.some(({ type }) => /^(minio|gotify|healthchecksio)_/.test(type)),
    );
    equals(
      'the cluster is the same one',
      house.state('cluster')['talos_machine_secrets.cluster'],
      before['talos_machine_secrets.cluster'],
    );
    await runs(house.npm('plan'));
  },
);
