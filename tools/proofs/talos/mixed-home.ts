import { type Home, type NodeFacts, facts, settle } from '@home/home';
import { resource } from '@home/providers';
import { imageSchematic, machine } from '@home/talos';
import { type Block, OwnedBlocks, type TfJson, render } from '@home/terraform';

const [reference] = facts.network.nodes as [NodeFacts];

/** Three control planes that share an address, and a worker, each of another kind, under an old contract. */
export const mixedHome: Home = settle({
  ...facts,
  cluster: {
    ...facts.cluster,
    virtualAddress: '192.168.107.2',
    allowSchedulingOnControlPlanes: false,
    podSubnets: ['10.64.0.0/16'],
    serviceSubnets: ['10.65.0.0/16'],
  },
  versions: { ...facts.versions, talosContract: 'v1.7' },
  network: {
    ...facts.network,
    timeServers: ['192.168.107.1'],
    nodes: [
      reference,
      {
        ...reference,
        name: 'box',
        hardware: 'generic-amd64',
        interface: { mac: 'e4:5f:01:2b:83:70' },
        installDisk: '/dev/nvme0n1',
        addresses: { v4: '192.168.107.10' },
      },
      {
        ...reference,
        name: 'arm',
        hardware: 'generic-arm64',
        interface: { mac: 'e4:5f:01:2b:83:71' },
        addresses: { v6: 'fd00:affe:cafe:107::11' },
      },
      {
        ...reference,
        name: 'guest',
        role: 'worker',
        hardware: 'virtual-machine',
        interface: { name: 'ens18' },
        installDisk: '/dev/vda',
        addresses: { v4: '192.168.107.12' },
        taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
      },
    ],
  },
});

/** The same home after one machine got another disk. */
export const editedHome: Home = {
  ...mixedHome,
  network: {
    ...mixedHome.network,
    nodes: mixedHome.network.nodes.map((node) =>
      node.name === 'box' ? { ...node, installDisk: '/dev/sda' } : node,
    ),
  },
};

/** The generated file of a home's machines and secrets. */
export function machinesFile(home: Home): TfJson {
  const secrets = resource('talos_machine_secrets', 'cluster', {
    talos_version: home.versions.talosContract,
  });
  const schematics = [...new Set(home.network.nodes.map(({ hardware }) => hardware))].map(imageSchematic);
  const machines = home.network.nodes.flatMap((node) => machine(node, { home, secrets, schematics }).blocks);
  const blocks: Block[] = [secrets, ...schematics, ...machines];
  const owner = { stack: 'cluster', workload: 'machines', where: 'talos/machines' };
  return render(blocks, owner, new OwnedBlocks(blocks.map((block) => ({ owner, block })))).json;
}
