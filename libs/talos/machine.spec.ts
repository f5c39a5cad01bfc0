import { type HomeFacts, type MachineFacts, checkFacts, readFacts, settle } from '@home/home';
import { resource } from '@home/providers';
import { OwnedBlocks, render, variable } from '@home/terraform';
import { exampleHome as mixed } from '@home/home/examples';
import { type SecretPatch, machine } from './machine';
import { machinePatches, patchText } from './machine-patches';
import { type ImageFacts, bootImage, imageSchematics, schematicOf } from './schematic';

const facts = readFacts();

const home = settle(facts);
const [reference] = facts.network.nodes as [MachineFacts];

const documents = (of: HomeFacts, name: string) => {
  const settled = settle(of);
  const node = settled.machines.find((one) => one.name === name);
  return node ? machinePatches(node, settled) : [];
};
const document = (of: HomeFacts, name: string, kind: string) =>
  documents(of, name).find((one) => 'kind' in one && one.kind === kind);

it('gives the reference machine every fact of the home', () => {
  expect(machinePatches(reference, home)).toMatchInlineSnapshot(`
   [
     {
       "cluster": {
         "allowSchedulingOnControlPlanes": true,
       },
       "machine": {
         "install": {
           "disk": "/dev/mmcblk0",
           "image": "factory.talos.dev/metal-installer/ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9:v1.13.9",
           "wipe": false,
         },
         "kubelet": {
           "extraConfig": {
             "evictionMaxPodGracePeriod": 60,
             "evictionPressureTransitionPeriod": "1m0s",
             "evictionSoft": {
               "memory.available": "400Mi",
             },
             "evictionSoftGracePeriod": {
               "memory.available": "20s",
             },
             "shutdownGracePeriod": "80s",
             "shutdownGracePeriodCriticalPods": "10s",
           },
           "nodeIP": {
             "validSubnets": [
               "192.168.107.0/24",
               "fd00:affe:cafe:107::3/48",
             ],
           },
         },
         "nodeLabels": {
           "node.kubernetes.io/instance-type": "rpi4.4gb.arm64",
           "topology.kubernetes.io/region": "cologne",
           "topology.kubernetes.io/zone": "single",
         },
       },
     },
     {
       "apiVersion": "v1alpha1",
       "auto": "off",
       "hostname": "talos-controlplane",
       "kind": "HostnameConfig",
     },
     {
       "apiVersion": "v1alpha1",
       "kind": "LinkAliasConfig",
       "name": "home",
       "selector": {
         "match": "mac(link.permanent_addr) == "e4:5f:01:2b:83:69"",
       },
     },
     {
       "addresses": [
         {
           "address": "192.168.107.3/24",
         },
         {
           "address": "fd00:affe:cafe:107::3/48",
         },
       ],
       "apiVersion": "v1alpha1",
       "kind": "LinkConfig",
       "name": "home",
       "routes": [
         {
           "gateway": "192.168.107.1",
         },
         {
           "gateway": "fd00:affe:cafe:107:d624:ddff:fed9:7b78",
         },
       ],
     },
     {
       "apiVersion": "v1alpha1",
       "kind": "ResolverConfig",
       "nameservers": [
         {
           "address": "192.168.107.1",
         },
         {
           "address": "9.9.9.9",
         },
       ],
     },
   ]
  `);
});

it('describes a home of several control planes and workers of different kinds', () => {
  expect(checkFacts(mixed)).toEqual([]);
  const shared = { apiVersion: 'v1alpha1', kind: 'Layer2VIPConfig', name: '192.168.107.2', link: 'home' };
  expect(document(mixed, 'box', 'Layer2VIPConfig')).toEqual(shared);
  expect(document(mixed, 'guest', 'Layer2VIPConfig')).toBeUndefined();
  expect(document(mixed, 'box', 'LinkAliasConfig')).toMatchObject({
    selector: { match: 'mac(link.permanent_addr) == "e4:5f:01:2b:83:70"' },
  });
  expect(document(mixed, 'guest', 'LinkConfig')).toMatchObject({ name: 'ens18' });
  expect(document(mixed, 'guest', 'LinkAliasConfig')).toBeUndefined();
  expect(document(mixed, 'guest', 'TimeSyncConfig')).toMatchObject({ ntp: { servers: ['192.168.107.1'] } });
  expect(documents(mixed, 'guest')[0]).toMatchObject({
    machine: { nodeTaints: { gpu: 'yes:NoSchedule', spare: 'PreferNoSchedule' } },
  });
  expect(documents(mixed, 'guest')[0]).not.toHaveProperty('cluster');
});

it('gives a machine without IPv4 nothing of it', () => {
  const { subnets, gateways } = facts.network;
  const alone = {
    ...facts,
    network: {
      ...facts.network,
      subnets: { v6: subnets.v6 },
      gateways: { v6: gateways.v6 },
      nodes: [{ ...reference, addresses: { v6: 'fd00:affe:cafe:107::11' } }],
    },
  };
  expect(document(alone, reference.name, 'LinkConfig')).toMatchObject({
    addresses: [{ address: 'fd00:affe:cafe:107::11/48' }],
    routes: [{ gateway: gateways.v6 }],
  });
  expect(documents(alone, reference.name)[0]).toMatchObject({
    machine: { kubelet: { nodeIP: { validSubnets: [subnets.v6] } } },
    cluster: { network: { podSubnets: ['fc00:db8:10::/56'], serviceSubnets: ['fc00:db8:20::/112'] } },
  });
});

it('lets DNS listen at the addresses of other nodes where several carry it, and nowhere else', () => {
  const planes = mixed.network.nodes.filter(({ role }) => role === 'controlplane').map(({ name }) => name);
  const several = { ...mixed, network: { ...mixed.network, entryNodes: planes } };
  const sysctls = { 'net.ipv4.ip_nonlocal_bind': '1', 'net.ipv6.ip_nonlocal_bind': '1' };
  expect(documents(several, 'box')[0]).toMatchObject({ machine: { sysctls } });
  expect(documents(several, 'guest')[0]).not.toHaveProperty('machine.sysctls');
  expect(documents(mixed, 'guest')[0]).not.toHaveProperty('machine.sysctls');
});

it('takes the made-up hostname of an old contract away, which Talos refuses beside a static one', () => {
  const old = { ...facts, versions: { ...facts.versions, talosContract: 'v1.7' } };
  expect(documents(old, reference.name)).toContainEqual({
    delete: ['machine', 'features', 'stableHostname'],
  });
  expect(documents(facts, reference.name)).not.toContainEqual({
    delete: ['machine', 'features', 'stableHostname'],
  });
});

/** The generated JSON of every machine, by address. */
function rendered(of: HomeFacts) {
  const settled = settle(of);
  const secrets = resource('talos_machine_secrets', 'cluster', {});
  const schematics = imageSchematics(settled.machines);
  const blocks = settled.machines.flatMap(
    (node) => machine(node, { home: settled, secrets, schematics }).blocks,
  );
  const owner = { stack: 'cluster', workload: 'machines', where: 'talos/machines' };
  const all = [secrets, ...schematics, ...blocks].map((block) => ({ owner, block }));
  const { json, problems } = render(blocks, owner, new OwnedBlocks(all));
  expect(problems).toEqual([]);
  return json as {
    data: { talos_machine_configuration: Record<string, object> };
    resource: { talos_machine_configuration_apply: Record<string, object> };
  };
}

it('changes only the configuration of the machine whose facts were edited', () => {
  const [first, ...rest] = mixed.network.nodes as [MachineFacts, ...MachineFacts[]];
  const edited = {
    ...mixed,
    network: { ...mixed.network, nodes: [{ ...first, installDisk: '/dev/sda' }, ...rest] },
  };
  const [before, after] = [rendered(mixed), rendered(edited)];
  const configurations = 'talos_machine_configuration';
  const changed = Object.keys(before.data[configurations]).filter(
    (name) =>
      JSON.stringify(before.data[configurations][name]) !== JSON.stringify(after.data[configurations][name]),
  );
  expect(changed).toEqual([reference.name]);
  expect(after.resource).toEqual(before.resource);
});

it('wipes the disk of a destroyed machine only where its facts say so', () => {
  const { talos_machine_configuration_apply: applies } = rendered(mixed).resource;
  expect(applies['guest']).toMatchObject({ on_destroy: { reset: true } });
  expect(applies['box']).toMatchObject({ on_destroy: { reset: false } });
});

it('hands a secret on to Terraform in a patch that is typed like any other', () => {
  const secrets = resource('talos_machine_secrets', 'cluster', {});
  const privateKey = variable<string>('key', { sensitive: true });
  const wireguard: SecretPatch = {
    apiVersion: 'v1alpha1',
    kind: 'WireguardConfig',
    name: 'wg0',
    privateKey: privateKey.ref,
    peers: [{ publicKey: 'a', allowedIPs: ['10.77.0.2/32'] }],
  };
  // @ts-expect-error Talos knows no such setting
  const misspelt: SecretPatch = { ...wireguard, listen: 51820 };
  expect(misspelt).toBeDefined();
  const made = machine(reference, { home, secrets, schematics: [], patches: [wireguard] }).blocks;
  const owner = { stack: 'cluster', workload: 'machines', where: 'talos/machines' };
  const all = [secrets, privateKey, ...made];
  const { json } = render(all, owner, new OwnedBlocks(all.map((block) => ({ owner, block }))));
  expect(json).toHaveProperty(`data.talos_machine_configuration.${reference.name}.config_patches`, [
    ...machinePatches(reference, home).map(patchText),
    '${jsonencode({ "apiVersion" = "v1alpha1", "kind" = "WireguardConfig", "name" = "wg0", "privateKey" = var.key, ' +
      '"peers" = [{ "publicKey" = "a", "allowedIPs" = ["10.77.0.2/32"] }] })}',
  ]);
});

// The first, second and fourth are vectors of the factory's own tests; the others are what its code makes of the same text.
it.each<[string, ImageFacts, string]>([
  [
    'a Raspberry Pi',
    { hardware: 'raspberry-pi-4' },
    'ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9',
  ],
  ['a PC', { hardware: 'generic-amd64' }, '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba'],
  [
    'a virtual machine',
    { hardware: 'virtual-machine' },
    'ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515',
  ],
  [
    'a PC with kernel arguments',
    { hardware: 'generic-amd64', kernelArguments: ['noapic', 'nolapic'] },
    '9cba8e32753f91a16c1837ab8abf356af021706ef284aef07380780177d9a06c',
  ],
  [
    'a PC with kernel arguments and an extension',
    {
      hardware: 'generic-amd64',
      extensions: ['siderolabs/iscsi-tools'],
      kernelArguments: ['net.ifnames=0', '-console'],
    },
    '567e37f6e29487e2609160ea6d2744a7ef3d893bbbef4c986261a482ba96beae',
  ],
])('names the image of %s as the factory does', (_, facts, id) => {
  expect(schematicOf(facts).id).toBe(id);
});

it('folds no long argument of the kernel, which the factory would not', () => {
  const argument = `dyndbg=file ${'drivers/usb/core/hub.c '.repeat(9)}+p`;
  expect(schematicOf({ hardware: 'generic-amd64', kernelArguments: [argument] }).text).toBe(
    `customization:\n    extraKernelArgs:\n        - ${argument}\n`,
  );
});

it('names an extension once, in whichever order, also where the hardware has it by itself', () => {
  const extensions = ['siderolabs/zfs', 'siderolabs/qemu-guest-agent'];
  expect(schematicOf({ hardware: 'virtual-machine', extensions }).text).toBe(
    'customization:\n    systemExtensions:\n        officialExtensions:\n' +
      '            - siderolabs/qemu-guest-agent\n            - siderolabs/zfs\n',
  );
  expect(schematicOf({ hardware: 'virtual-machine', extensions: extensions.toReversed() })).toEqual(
    schematicOf({ hardware: 'virtual-machine', extensions }),
  );
});

it('gives machines with the same schematic one of Terraform’s resources, and every other its own', () => {
  const plain = { hardware: 'generic-amd64' } as const;
  const special = { ...plain, extensions: ['siderolabs/zfs'] };
  const schematics = imageSchematics([plain, special, { ...special }, plain]);
  expect(schematics.map(({ label }) => label)).toEqual([
    'generic-amd64',
    `generic-amd64-${schematicOf(special).id.slice(0, 8)}`,
  ]);
  expect(bootImage(special, 'v1.13.9')).toBe(
    `https://factory.talos.dev/image/${schematicOf(special).id}/v1.13.9/metal-amd64.iso`,
  );
});

it('describes a machine with two interfaces as one, on a VLAN, on whichever SSD is large enough', () => {
  expect(documents(mixed, 'store')[0]).toMatchObject({
    machine: { install: { diskSelector: { type: 'ssd', size: '>= 100GB' } } },
  });
  expect(documents(mixed, 'store')[0]).not.toHaveProperty('machine.install.disk');
  const aliases = documents(mixed, 'store').filter((one) => 'kind' in one && one.kind === 'LinkAliasConfig');
  expect(aliases).toEqual([
    {
      apiVersion: 'v1alpha1',
      kind: 'LinkAliasConfig',
      name: 'home0',
      selector: { match: 'mac(link.permanent_addr) == "e4:5f:01:2b:83:72"' },
    },
  ]);
  // A link with a document of its own gets no address by DHCP, and one in a bond is not configured by itself.
  expect(document(mixed, 'store', 'LinkConfig')).toBeUndefined();
  expect(document(mixed, 'store', 'BondConfig')).toEqual({
    apiVersion: 'v1alpha1',
    kind: 'BondConfig',
    name: 'home',
    links: ['home0', 'enp2s0'],
    bondMode: '802.3ad',
    lacpRate: 'fast',
    miimon: 100,
    updelay: 200,
    downdelay: 200,
    mtu: 9000,
  });
  expect(document(mixed, 'store', 'VLANConfig')).toEqual({
    apiVersion: 'v1alpha1',
    kind: 'VLANConfig',
    name: 'vlan20',
    vlanID: 20,
    parent: 'home',
    mtu: 9000,
    addresses: [{ address: '192.168.107.13/24' }, { address: 'fd00:affe:cafe:107::13/48' }],
    routes: [{ gateway: '192.168.107.1' }, { gateway: 'fd00:affe:cafe:107:d624:ddff:fed9:7b78' }],
  });
});

it('shares the virtual address where the machine’s own is', () => {
  const nodes = mixed.network.nodes.map((node) =>
    node.name === 'box' ? { ...node, interface: { name: 'enp1s0', vlan: 7 } } : node,
  );
  const tagged = { ...mixed, network: { ...mixed.network, nodes } };
  expect(document(tagged, 'box', 'Layer2VIPConfig')).toMatchObject({ link: 'vlan7' });
  expect(document(tagged, 'box', 'LinkConfig')).toEqual({
    apiVersion: 'v1alpha1',
    kind: 'LinkConfig',
    name: 'enp1s0',
  });
});

it('encrypts both volumes, each key in its own slot, the second volume only beside the first', () => {
  const volumes = documents(mixed, 'store').filter((one) => 'kind' in one && one.kind === 'VolumeConfig');
  expect(volumes).toMatchObject([
    {
      name: 'STATE',
      encryption: {
        provider: 'luks2',
        keys: [
          { slot: 0, tpm: {} },
          { slot: 1, nodeID: {} },
        ],
      },
    },
    {
      name: 'EPHEMERAL',
      encryption: {
        provider: 'luks2',
        keys: [
          { slot: 0, tpm: {}, lockToState: true },
          { slot: 1, nodeID: {}, lockToState: true },
        ],
      },
    },
  ]);
  expect(JSON.stringify(volumes[0])).not.toContain('lockToState');
});

it('applies a machine’s own patches after all that follows from the facts', () => {
  expect(documents(mixed, 'store').slice(-2)).toEqual(
    mixed.network.nodes.find(({ name }) => name === 'store')?.patches,
  );
});

it('has GRUB take the image’s kernel arguments, which it does by itself only since the contract of 1.12', () => {
  const old = { ...mixed, versions: { ...mixed.versions, talosContract: 'v1.11' } };
  expect(documents(old, 'store')[0]).toHaveProperty('machine.install.grubUseUKICmdline', true);
  for (const other of [documents(old, 'box'), documents(mixed, 'store')])
    expect(other[0]).not.toHaveProperty('machine.install.grubUseUKICmdline');
});
