import { type HomeFacts, type NodeFacts, checkFacts, readFacts, settle } from '@home/home';
import { resource } from '@home/providers';
import { OwnedBlocks, render } from '@home/terraform';
import { exampleHome as mixed } from './example-home';
import { machine } from './machine';
import { machinePatches } from './machine-patches';
import { imageSchematic, schematicOf } from './schematic';

const facts = readFacts();

const home = settle(facts);
const [reference] = facts.network.nodes as [NodeFacts];

const documents = (of: HomeFacts, name: string) => {
  const settled = settle(of);
  const node = settled.network.nodes.find((one) => one.name === name);
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
  expect(document(mixed, 'arm', 'LinkConfig')).toMatchObject({
    addresses: [{ address: 'fd00:affe:cafe:107::11/48' }],
    routes: [{ gateway: 'fd00:affe:cafe:107:d624:ddff:fed9:7b78' }],
  });
  expect(document(mixed, 'guest', 'LinkConfig')).toMatchObject({ name: 'ens18' });
  expect(document(mixed, 'guest', 'LinkAliasConfig')).toBeUndefined();
  expect(document(mixed, 'guest', 'TimeSyncConfig')).toMatchObject({ ntp: { servers: ['192.168.107.1'] } });
  expect(documents(mixed, 'guest')[0]).toMatchObject({
    machine: { nodeTaints: { gpu: 'yes:NoSchedule', spare: 'PreferNoSchedule' } },
  });
  expect(documents(mixed, 'guest')[0]).not.toHaveProperty('cluster');
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
  const schematics = [imageSchematic('raspberry-pi-4')];
  const blocks = settled.network.nodes.flatMap(
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
  const [first, ...rest] = mixed.network.nodes as [NodeFacts, ...NodeFacts[]];
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

// The first two are the factory's well-known ones.
it.each([
  ['raspberry-pi-4', 'ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9'],
  ['generic-amd64', '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba'],
  ['virtual-machine', 'ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515'],
] as const)('names the image of a %s as the factory does', (hardware, id) => {
  expect(schematicOf(hardware).id).toBe(id);
});
