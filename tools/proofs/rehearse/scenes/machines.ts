import type { House } from '../house/house';
import { scene } from '../story';
import { inventoryOf } from './inventory';
import { changesIn } from './planned';

const apply = 'talos_machine_configuration_apply.rehearsed';

/** The facts of the home with another machine, a worker that is described by `labels`. */
function addWorker(house: House, labels: string): void {
  const family = house.spareAddress.includes(':') ? 'v6' : 'v4';
  const worker = `{ name: 'rehearsed', role: 'worker', hardware: 'virtual-machine', interface: { mac: '02:00:00:00:00:01' }, installDisk: '/dev/vda', addresses: { ${family}: '${house.spareAddress}' }, memoryForPods: '1Gi', labels: { ${labels} } }`;
  house.setFacts(`network: { ...rehearsed.network, nodes: [...rehearsed.network.nodes, ${worker}] }`);
}

export const machine = scene(
  'A machine comes, changes, loses its disk and goes',
  { seconds: 45 },
  async ({ house, runs, holds, equals }) => {
    const { world } = house;
    const change = async () => {
      await runs(house.npm('generate'));
      const plan = await runs(house.npm('plan', 'cluster', '--json'), 2);
      await runs(house.npm('deploy', '--yes', '--until=cluster'));
      return changesIn(plan);
    };
    // Machines that are alike share it.
    const schematic = 'talos_image_factory_schematic.virtual-machine';
    const own = schematic in house.state('cluster') ? [] : [schematic];
    addWorker(house, "rack: 'a'");
    equals('a new machine is configured, and nothing else is touched', await change(), [
      ...own.map((address) => `add ${address}`),
      `add ${apply}`,
    ]);
    const machine = world.machines[house.spareAddress];
    equals(
      'as a worker, which holds nothing of etcd',
      [machine?.controlPlane, machine?.member],
      [false, false],
    );

    addWorker(house, "rack: 'b'");
    equals('a fact of one machine changes only its configuration', await change(), [`change ${apply}`]);

    world.blank(house.spareAddress);
    const before = world.deeds.length;
    await runs(house.npm('deploy', '--yes', '--until=cluster'));
    equals('a blank machine is set up again, while the cluster lives on', world.deeds.slice(before), [
      { verb: 'delete', type: 'talos_machine_configuration_apply', key: house.spareAddress },
      { verb: 'create', type: 'talos_machine_configuration_apply', key: house.spareAddress },
    ]);

    house.setFacts('');
    equals('a machine that is no longer described is let go', await change(), [
      ...own.map((address) => `destroy ${address}`),
      `destroy ${apply}`,
    ]);
    holds('and keeps its disk as it is', world.machines[house.spareAddress] !== undefined);
  },
);

export const machinesLost = scene(
  'Each machine is lost in turn',
  { short: true, seconds: 60 },
  async ({ house, runs, equals, tell }) => {
    const { world } = house;
    const { machines, entry } = house.plot.network;
    const answering = async () => {
      const asked = entry.map(async ({ address }) =>
        (await house.askIngress(address)) === '404' ? [address] : [],
      );
      return (await Promise.all(asked)).flat();
    };
    const addresses = entry.map(({ address }) => address);
    equals('the home answers at all of its addresses', await answering(), addresses);
    const members = machines.filter((machine) => world.machines[machine]?.member === true);
    for (const lost of machines) {
      world.lost.add(lost);
      tell(`${lost} is off.`);
      const others = entry.filter(({ machine }) => machine !== lost).map(({ address }) => address);
      equals('the home answers at all addresses that are not its own', await answering(), others);
      const voters = members.filter((member) => member !== lost).length;
      // It would end with 2 if there were something to do. Without a majority of etcd there is no API to ask.
      await runs(house.npm('plan', 'platform'), voters > members.length / 2 ? 0 : 1);
      world.lost.clear();
    }
    for (const lost of members.slice(0, Math.ceil(members.length / 2))) world.lost.add(lost);
    tell(`${[...world.lost].join(' and ')} are off, and etcd has no majority.`);
    const left = entry.filter(({ machine }) => machine !== undefined && !world.lost.has(machine));
    equals(
      'the shared address is away, and the others go on',
      await answering(),
      left.map(({ address }) => address),
    );
  },
);

export const cardDied = scene(
  'The SD card died',
  { short: true, seconds: 40 },
  async ({ house, runs, holds, equals, tell }) => {
    const { world } = house;
    const { machines } = house.plot.network;
    const complete = inventoryOf(world);
    const before = house.state('cluster');
    tell('A new card is in the machine, which waits for a configuration; the states know nothing of it.');
    for (const node of machines) world.blank(node);

    const asked = await runs(house.npm('deploy'), 1);
    holds(
      'a deploy finds the machine blank and asks before it does anything',
      /is blank/.test(asked.all) && /asks a question/.test(asked.all),
      asked.all,
    );
    equals('without an answer nothing is done', world.deeds.length, 0);

    await runs(house.npm('deploy', '--yes'));
    const deeds = world.deeds.filter(({ type }) => type.startsWith('talos_'));
    equals(
      'exactly the configuration of each machine and the bootstrap are recreated',
      deeds.map(({ verb, type }) => `${verb} ${type}`).sort(),
      ['create', 'delete'].flatMap((verb) => [
        `${verb} talos_machine_bootstrap`,
        ...machines.map(() => `${verb} talos_machine_configuration_apply`),
      ]),
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
