import { type Home, settle } from '@home/home';
import { resource } from '@home/providers';
import { exampleHome } from '@home/home/examples';
import { imageSchematics, machine } from '@home/talos';
import { type Block, OwnedBlocks, type TfJson, render } from '@home/terraform';

/** Three control planes that share an address, and a worker, each of another kind, under an old contract. */
export const mixedHome: Home = settle({
  ...exampleHome,
  cluster: { ...exampleHome.cluster, podSubnets: ['10.64.0.0/16'], serviceSubnets: ['10.65.0.0/16'] },
  versions: { ...exampleHome.versions, talosContract: 'v1.7' },
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
  const schematics = imageSchematics(home.machines);
  const machines = home.machines.flatMap((node) => machine(node, { home, secrets, schematics }).blocks);
  const blocks: Block[] = [secrets, ...schematics, ...machines];
  const owner = { stack: 'cluster', workload: 'machines', where: 'talos/machines' };
  return render(blocks, owner, new OwnedBlocks(blocks.map((block) => ({ owner, block })))).json;
}
