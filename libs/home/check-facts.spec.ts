import { formatPath, formatProblem } from '@home/terraform';
import { checkAgainst } from './check-against';
import { checkFacts } from './check-facts';
import { facts } from './facts';
import schema from './facts.schema.json';
import type { BackendChoice, HomeFacts, NodeFacts } from './generated/facts';

const [reference] = facts.network.nodes as [NodeFacts];

/** A node like the reference, under another name, address and MAC. */
function another(number: number, changed: Partial<NodeFacts> = {}): NodeFacts {
  return {
    ...reference,
    name: `node-${number}`,
    interface: { mac: `e4:5f:01:2b:83:0${number}` },
    addresses: { v4: `192.168.107.1${number}` },
    ...changed,
  };
}

/** The control planes carry ingress and DNS. */
const withNodes = (...nodes: NodeFacts[]): HomeFacts => ({
  ...facts,
  network: {
    ...facts.network,
    nodes,
    entryNodes: nodes.filter(({ role }) => role !== 'worker').map(({ name }) => name),
  },
});
const withNode = (changed: Partial<NodeFacts>): HomeFacts => withNodes({ ...reference, ...changed });
const withNetwork = (changed: Partial<HomeFacts['network']>): HomeFacts => ({
  ...facts,
  network: { ...facts.network, ...changed },
});
const withCluster = (changed: Partial<HomeFacts['cluster']>, ...nodes: NodeFacts[]): HomeFacts => ({
  ...(nodes.length === 0 ? facts : withNodes(...nodes)),
  cluster: { ...facts.cluster, ...changed },
});
const withVersions = (changed: Partial<HomeFacts['versions']>): HomeFacts => ({
  ...facts,
  versions: { ...facts.versions, ...changed },
});
const withTerraform = (changed: Partial<HomeFacts['terraform']>): HomeFacts => ({
  ...facts,
  terraform: { ...facts.terraform, ...changed },
});

const taint = (effect: string) => ({ key: 'gpu', effect });

/** A value that the compiler would refuse, as a fork's file may hold it: nothing compiles it before generate. */
const unchecked = (value: string): never => value as never;

it('finds nothing wrong with this home', () => {
  expect(checkFacts(facts)).toEqual([]);
});

it.each<[string, HomeFacts]>([
  [
    'three control planes with a shared address, and workers of another architecture',
    withCluster(
      { virtualAddress: '192.168.107.2', allowSchedulingOnControlPlanes: false },
      another(1),
      another(2, { hardware: 'generic-arm64', installDisk: '/dev/nvme0n1' }),
      another(3, { hardware: 'virtual-machine', interface: { name: 'eth0' }, installDisk: '/dev/vda' }),
      another(4, {
        role: 'worker',
        hardware: 'generic-amd64',
        taints: [{ key: 'gpu', effect: 'NoSchedule' }],
      }),
    ),
  ],
  [
    'several control planes behind a load balancer with a name',
    withCluster({ endpoint: 'https://kubernetes.example.org:6443' }, another(1), another(2), another(3)),
  ],
  [
    'labels that a worker may give itself',
    withNodes(
      another(1),
      another(2, {
        role: 'worker',
        labels: {
          zone: 'a',
          'example.org/kubernetes.io': 'a',
          'topology.kubernetes.io/zone': 'a',
          'node.kubernetes.io/a': 'a',
          'a.kubelet.kubernetes.io/a': 'a',
        },
      }),
    ),
  ],
  ['a load balancer with a name', withCluster({ endpoint: 'https://kubernetes.example.org:6443' })],
  [
    'a home without IPv6',
    withNetwork({
      subnets: { v4: '192.168.107.0/24' },
      gateways: { v4: '192.168.107.1' },
      nodes: [another(1)],
      entryNodes: ['node-1'],
    }),
  ],
  [
    'a home without IPv4',
    {
      ...withNetwork({
        subnets: { v6: facts.network.subnets.v6 },
        gateways: { v6: facts.network.gateways.v6 },
        nodes: [{ ...reference, addresses: { v6: 'fd00:affe:cafe:107::3' } }],
      }),
      nas: { ...facts.nas, address: 'fd00:affe:cafe:107::4' },
    },
  ],
  [
    'ingress and DNS on workers, beside control planes with a shared address',
    {
      ...withNetwork({
        nodes: [
          another(1),
          another(2),
          another(3),
          another(4, { role: 'worker' }),
          another(5, { role: 'worker' }),
        ],
        entryNodes: ['node-4', 'node-5'],
      }),
      cluster: { ...facts.cluster, virtualAddress: '192.168.107.2' },
    },
  ],
  ['an old contract on new machines', withVersions({ talosContract: 'v1.7' })],
  ['a Talos that is newer than every contract', withVersions({ talosInstaller: 'v1.14.1' })],
  ['a gateway by its link-local address', withNetwork({ gateways: { v6: 'fe80::1' } })],
])('accepts %s', (_, accepted) => {
  expect(checkFacts(accepted)).toEqual([]);
});

const acme = { kind: 'acme', email: 'me@example.org', provider: 'cloudflare', credentials: ['KEY'] } as const;

it.each<[string, Partial<HomeFacts>]>([
  ['certificates of the world for a domain of the world', { domain: 'home.example.org', https: acme }],
  ['those of its own for a domain that only it knows', { domain: 'barn.lan', https: { kind: 'authority' } }],
  ['logins by plain HTTP', { logins: { kind: 'password', users: ['anna'] } }],
])('finds nothing wrong with %s', (_, changed) => {
  expect(checkFacts({ ...facts, ...changed })).toEqual([]);
});

it.each<[Partial<HomeFacts>, string]>([
  [
    { domain: 'barn.lan', https: acme },
    'domain "barn.lan" must be a domain of the world’s DNS with https.kind "acme": nobody vouches for another one. Use one that you own, or https: { kind: "authority" }.',
  ],
  [
    { domain: 'rpi', https: { kind: 'authority' } },
    'domain "rpi" must have a dot with https, and be more than "home.arpa": no browser takes a certificate for all names below it. Write it like "rpi.internal".',
  ],
  [
    { domain: 'home.arpa', https: { kind: 'authority' } },
    'domain "home.arpa" must have a dot with https, and be more than "home.arpa": no browser takes a certificate for all names below it. Write it like "home.internal".',
  ],
  [
    { domain: 'example.org', https: { ...acme, directory: 'http://ca.example.org/dir' } },
    'https.directory "http://ca.example.org/dir" must begin with https. ACME is spoken over nothing else.',
  ],
  [
    { domain: 'example.org', https: { ...acme, credentials: ['cf-token'] } },
    'https.credentials[0] "cf-token" must be the name of an environment variable. Write it like "CF_DNS_API_TOKEN"; its value goes into .env.',
  ],
])('refuses HTTPS that no browser would get: %j', (changed, message) => {
  expect(checkFacts({ ...facts, ...changed }).map(formatProblem)).toEqual([`libs/home/facts.ts: ${message}`]);
});

it('refuses that several nodes order certificates of their own', () => {
  const several = withNodes(reference, another(2), another(3));
  const problems = checkFacts({ ...several, domain: 'example.org', https: acme });
  expect(problems.map(({ path }) => path)).toContain('network.entryNodes');
});

it.each<[HomeFacts, string]>([
  [
    withNetwork({ entryNodes: ['talos'] }),
    'network.entryNodes[0] "talos" must be the name of a node. Write one of "talos-controlplane".',
  ],
  [
    withNetwork({ entryNodes: [reference.name, reference.name] }),
    'network.entryNodes ["talos-controlplane","talos-controlplane"] must name at least one node, and each once. Name the node at which the home answers.',
  ],
  [
    withNetwork({
      nodes: [reference, another(2, { role: 'worker' })],
      entryNodes: [reference.name, 'node-2'],
    }),
    'network.nodes[1].addresses.v6 is missing and must be there, since the home answers at "talos-controlplane" by IPv6. Add it, or take "node-2" out of network.entryNodes.',
  ],
  [
    {
      ...withNetwork({ nodes: [another(1), another(2), another(3)], entryNodes: ['node-1'] }),
      cluster: { ...facts.cluster, virtualAddress: '192.168.107.2' },
    },
    'network.entryNodes ["node-1"] must name every control plane or none, since any of them may have cluster.virtualAddress. Add "node-2", "node-3".',
  ],
  [
    withCluster({ podSubnets: ['fd00:1::/56'] }),
    'cluster.serviceSubnets[0] "10.96.0.0/12" must be of a family that pods have, but cluster.podSubnets is "fd00:1::/56". Write both, or leave both out.',
  ],
  [
    withNodes(reference, another(2, { role: 'worker', addresses: { v6: 'fd00:affe:cafe:107::12' } })),
    'network.nodes[1].addresses.v4 is missing and must be there, since pods have IPv4, and reach each other by it. Add it, or write other cluster.podSubnets and cluster.serviceSubnets.',
  ],
  [
    withNode({ addresses: { v4: '192.168.108.3' } }),
    'network.nodes[0].addresses.v4 "192.168.108.3" must lie in the subnet 192.168.107.0/24. Choose an address inside it, or correct network.subnets.v4.',
  ],
  [
    withNode({ addresses: { v4: '192.168.107.3/24' } }),
    'network.nodes[0].addresses.v4 "192.168.107.3/24" must be an IPv4 address without a prefix length. The subnet knows the length.',
  ],
  [
    withNode({ addresses: {} }),
    'network.nodes[0].addresses {} must hold an address. Give the node a fixed v4 or v6 address.',
  ],
  [
    withNode({ interface: { mac: 'e4:5f:01:2b:83' } }),
    'network.nodes[0].interface.mac "e4:5f:01:2b:83" must be a MAC address. Write six pairs, such as "e4:5f:01:2b:83:69".',
  ],
  [
    withNode({ installDisk: '' }),
    'network.nodes[0].installDisk "" must be the path of a disk. Write it like "/dev/mmcblk0" or "/dev/disk/by-id/…".',
  ],
  [
    withNode({ name: 'Talos_1' }),
    'network.nodes[0].name "Talos_1" must be a hostname of at most 63 lower-case letters, digits and dashes. Kubernetes knows the node by it.',
  ],
  [
    withNode({ hardware: unchecked('toaster') }),
    'network.nodes[0].hardware "toaster" must be one of "raspberry-pi-4", "generic-amd64", "generic-arm64", "virtual-machine". Write one of them.',
  ],
  [
    withNode({ memoryForPods: '2600 MB' }),
    'network.nodes[0].memoryForPods "2600 MB" must be an amount of memory. Write it like "2600Mi".',
  ],
  [
    withNode({ labels: { 'example.org/zone': 'a b' } }),
    'network.nodes[0].labels["example.org/zone"] "a b" must be a value that Kubernetes accepts. Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends.',
  ],
  [
    withNodes(another(1), another(2, { role: 'worker', labels: { 'node-role.kubernetes.io/worker': '' } })),
    'network.nodes[1].labels["node-role.kubernetes.io/worker"] "" must not be a label that a worker cannot give itself. Use a prefix of your own, or one of node.kubernetes.io/instance-type, topology.kubernetes.io/region and …/zone.',
  ],
  ...['node-restriction.kubernetes.io/a', 'a.node-restriction.kubernetes.io/a', 'k8s.io/a', 'a.k8s.io/a'].map(
    (label): [HomeFacts, string] => [
      withNodes(another(1), another(2, { role: 'worker', labels: { [label]: '' } })),
      `network.nodes[1].labels["${label}"] "" must not be a label that a worker cannot give itself. Use a prefix of your own, or one of node.kubernetes.io/instance-type, topology.kubernetes.io/region and …/zone.`,
    ],
  ),
  [
    withNodes(another(1), another(2, { role: 'worker', name: 'node-1' })),
    'network.nodes[1].name "node-1" must be unique, but network.nodes[0].name has it too. Give each node a name of its own.',
  ],
  [
    withNodes(another(1), another(2, { role: 'worker', interface: { mac: 'E4:5F:01:2B:83:01' } })),
    'network.nodes[1].interface.mac "e4:5f:01:2b:83:01" must be unique, but network.nodes[0].interface.mac has it too. Give each node the MAC of its own.',
  ],
  [
    withNode({ addresses: { v4: '192.168.107.4' } }),
    'network.nodes[0].addresses.v4 "192.168.107.4" must be unique, but nas.address has it too. Give each machine an address of its own.',
  ],
  [
    withCluster({ virtualAddress: '192.168.107.2' }, another(1), another(2)),
    'network.nodes 2 must be an odd number of control planes. 2 survive the loss of no more machines than 1; add one, or make one a worker.',
  ],
  [
    withCluster({ virtualAddress: '192.168.107.4' }),
    'cluster.virtualAddress "192.168.107.4" must be free, but nas.address has it. Choose an address that no machine has; the control planes hand it to each other.',
  ],
  [
    withNodes(another(1), another(2), another(3)),
    'cluster.virtualAddress is missing and must be there when there are several control planes. Choose a free address of the subnet, or name a load balancer in cluster.endpoint.',
  ],
  [
    withCluster({ endpoint: 'https://192.168.107.9:6443' }),
    'cluster.endpoint "https://192.168.107.9:6443" must be an address that a control plane has. Leave it out, or write the virtual address, a control plane’s address, or the name of a load balancer.',
  ],
  [
    withNode({ resetOnDestroy: true }),
    'network.nodes[0].resetOnDestroy true must not be set on the only control plane. Take it out; `npm run talos -- reset NODE` wipes a disk on purpose.',
  ],
  [
    withCluster({ allowSchedulingOnControlPlanes: false }),
    'cluster.allowSchedulingOnControlPlanes false must be true while there is no worker. Without it no pod finds a node to run on.',
  ],
  [
    withCluster({ podSubnets: ['192.168.0.0/16'] }),
    'cluster.podSubnets[0] "192.168.0.0/16" must not overlap with network.subnets.v4 "192.168.107.0/24". Choose a private range that neither the home nor the cluster uses.',
  ],
  [
    withCluster({ podSubnets: ['10.100.0.0/16'] }),
    'cluster.serviceSubnets[0] "10.96.0.0/12" must not overlap with cluster.podSubnets[0] "10.100.0.0/16". Choose a private range that neither the home nor the cluster uses.',
  ],
  [
    withNetwork({ gateways: { v4: '10.0.0.1' } }),
    'network.gateways.v4 "10.0.0.1" must lie in the subnet 192.168.107.0/24. A node can reach a gateway of its own subnet only.',
  ],
  [
    withNetwork({ nameservers: ['dns.quad9.net'] }),
    'network.nameservers[0] "dns.quad9.net" must be an address. Nobody could look up a name server’s name.',
  ],
  [
    { ...facts, domain: 'r_pi' },
    'domain "r_pi" must be a domain. Write it like "rpi" or "home.example.org".',
  ],
  [
    { ...facts, timezone: 'Cologne' },
    'timezone "Cologne" must be a time zone. Write it like "Europe/Berlin".',
  ],
  [
    { ...facts, replication: { ...facts.replication, verifySchedule: '0 2 * *' } },
    'replication.verifySchedule "0 2 * *" must have five fields. Write it like "0 2 * * 6".',
  ],
  [
    { ...facts, replication: { ...facts.replication, verifySchedule: '0 0 30 2 *' } },
    'replication.verifySchedule "0 0 30 2 *" must fall on a day that exists. Write it like "0 2 * * 6".',
  ],
  [
    withVersions({ kubernetes: 'v1.37.0' }),
    'versions.kubernetes "v1.37.0" must be between 1.31 and 1.36, which Talos 1.13 runs. Choose one of those, or another versions.talosInstaller.',
  ],
  [
    withVersions({ talosInstaller: 'v1.99.0' }),
    'versions.talosInstaller "v1.99.0" must be of a line between 1.7 and 1.14. Add the new line to libs/home/check-versions.ts from the support matrix that it names.',
  ],
  [
    withVersions({ talosContract: 'v1.13', talosInstaller: 'v1.12.4', kubernetes: 'v1.35.4' }),
    'versions.talosContract "v1.13" must not be newer than versions.talosInstaller "v1.12.4". Upgrade the machines first.',
  ],
  [
    withVersions({ talosContract: 'v1.14', talosInstaller: 'v1.14.1' }),
    'versions.talosContract "v1.14" must be at most v1.13: a newer one makes other documents than libs/talos changes. Keep what the cluster was made with; a newer Talos takes it as well.',
  ],
  [
    withVersions({ talosContract: 'v1.13.0' }),
    'versions.talosContract "v1.13.0" must be a minor version of Talos. Write it like "v1.13".',
  ],
  [
    { ...facts, images: { ...facts.images, litestream: 'litestream/litestream:latest' } },
    'images.litestream "litestream/litestream:latest" must pin a version. Use a tag such as "0.5.18".',
  ],
  [
    withTerraform({ stateEncryption: 'required' }),
    'terraform.stateEncryption "required" must be "when-possible" with Terraform, which encrypts no state. Set terraform.binary to "tofu", or rely on the backend.',
  ],
  [
    { ...facts, nas: { ...facts.nas, s3: { ...facts.nas.s3, caFile: 'ca.pem' } } },
    'nas.s3.caFile "ca.pem" must come with an endpoint over https: over http nothing is encrypted, and no certificate looked at. Write nas.s3.endpoint with https, or leave it out.',
  ],
  [
    withTerraform({ backend: { kind: 's3', bucket: 'states', region: 'us-east-1', endpoint: 'nas:9000' } }),
    'terraform.backend.endpoint "nas:9000" must be an http or https address without a path. Write it like "https://s3.example.org".',
  ],
])('refuses a mistake: case %#', (refused, message) => {
  expect(checkFacts(refused).map(formatProblem)).toEqual([`libs/home/facts.ts: ${message}`]);
});

/** The reference facts with another value at a path, which may be one of a wrong type. */
const changedAt = (path: readonly (string | number)[], value: unknown): HomeFacts =>
  replaceAt(facts, path, value) as HomeFacts;

const v4 = ['network', 'nodes', 0, 'addresses', 'v4'];
const backend = ['terraform', 'backend'];
const litestream = ['images', 'litestream'];
const jdownloader = ['onePassword', 'items', 'jdownloader'];

it.each<[string, readonly (string | number)[], unknown]>([
  ['an address of three numbers', ['network', 'nameservers', 1], '9.9.9'],
  ['an address in octal', ['nas', 'address'], '010.1.1.1'],
  ['an address in hexadecimal', ['nas', 'address'], '0xa.1.1.1'],
  ['an address as one number', ['nas', 'address'], '3232262916'],
  ['an address with a zone', ['network', 'nameservers', 1], 'fe80::1%eth0'],
  ['an IPv4 address inside an IPv6 one', ['nas', 'address'], '::ffff:10.0.0.1'],
  ['an address that is everybody’s', ['network', 'nameservers', 1], '255.255.255.255'],
  ['an address that is each machine’s own', ['network', 'nameservers', 1], '127.0.0.1'],
  ['an address that is nobody’s', ['nas', 'address'], '0.0.0.0'],
  ['an address that is a group’s', ['nas', 'address'], 'ff02::1'],
  ['the subnet’s own address as a node’s', v4, '192.168.107.0'],
  ['the subnet’s broadcast address as a node’s', v4, '192.168.107.255'],
  ['the subnet’s own address as the router’s', ['network', 'gateways', 'v4'], '192.168.107.0'],
  ['the subnet’s own IPv6 address as the router’s', ['network', 'gateways', 'v6'], 'fd00:affe:cafe::'],
  ['the subnet’s broadcast address as the shared one', ['cluster', 'virtualAddress'], '192.168.107.255'],
  ['the subnet’s broadcast address as the NAS’', ['nas', 'address'], '192.168.107.255'],
  ['a node’s address as the router’s', ['network', 'gateways', 'v4'], '192.168.107.3'],
  ['a server twice', ['network', 'nameservers'], ['9.9.9.9', '9.9.9.9']],
  ['no router', ['network', 'gateways'], {}],
  ['a first node without IPv4', ['network', 'nodes', 0, 'addresses'], { v6: 'fd00:affe:cafe:107::3' }],
  ['no node', ['network', 'nodes'], []],
  ['a node twice', ['network', 'nodes'], [reference, reference]],
  ['a subnet of a short form', ['network', 'subnets', 'v4'], '192.168/16'],
  ['a subnet without room', ['network', 'subnets', 'v4'], '192.168.107.3/32'],
  ['a subnet of 33 bits', ['network', 'subnets', 'v4'], '192.168.107.0/33'],
  ['a subnet of everything', ['network', 'subnets', 'v4'], '0.0.0.0/0'],
  ['two pod ranges of one family', ['cluster', 'podSubnets'], ['10.244.0.0/16', '10.245.0.0/16']],
  ['no pod range', ['cluster', 'podSubnets'], []],
  ['a pod range of 33 bits', ['cluster', 'podSubnets'], ['10.244.0.0/33']],
  ['a range for one pod', ['cluster', 'podSubnets'], ['10.244.0.0/32']],
  ['any patch of a version', ['images', 'replicaVerify'], 'ghcr.io/lukasknuth/verify:1.0'],
  ['a name of a time server with a space', ['network', 'timeServers'], ['time cloudflare.com']],
  ['a half address of a time server', ['network', 'timeServers'], ['9.9.9']],
  ['a domain that is an address', ['domain'], '10.0.0.1'],
  ['a domain with a dot at its end', ['domain'], 'rpi.'],
  ['a domain that each machine has for itself', ['domain'], 'localhost'],
  ['a domain that Kubernetes has for itself', ['domain'], 'home.cluster.local'],
  ['a hostmaster of one word', ['hostmaster'], 'me.'],
  ['a time zone that is spelt otherwise', ['timezone'], 'europe/berlin'],
  ['a time zone that is a number', ['timezone'], '+01:00'],
  ['two taints of one key', ['network', 'nodes', 0, 'taints'], [taint('NoSchedule'), taint('NoExecute')]],
  ['a MAC that is a group’s', ['network', 'nodes', 0, 'interface', 'mac'], '01:00:5e:00:00:01'],
  ['a disk elsewhere', ['network', 'nodes', 0, 'installDisk'], '/dev/../etc/passwd'],
  ['the interface of each machine to itself', ['network', 'nodes', 0, 'interface'], { name: 'lo' }],
  ['memory without end', ['memoryRequests', 'litestream'], '1e999'],
  ['memory of none', ['memoryRequests', 'litestream'], '0'],
  ['memory of less', ['memoryRequests', 'litestream'], '-1Mi'],
  ['memory in thousandths', ['memoryRequests', 'litestream'], '64m'],
  ['memory in bytes by mistake', ['network', 'nodes', 0, 'memoryForPods'], '2600'],
  ['an older line of Litestream', litestream, 'litestream/litestream:0.3.13'],
  ['any release of a line of Litestream', litestream, 'litestream/litestream:0.5'],
  ['a version with a leading zero', ['versions', 'talosInstaller'], 'v1.13.09'],
  ['an item of no name', jdownloader, ' '],
  ['items of nothing', ['onePassword', 'items'], {}],
  ['addresses for nothing', ['alerts'], { kind: 'addresses', of: [] }],
  ['an address for something else', ['alerts'], { kind: 'addresses', of: ['start'] }],
  ['an NFS of a version that nobody mounts', ['nas', 'files', 'version'], '4.2'],
  ['a context of two words', ['cluster', 'context'], 'my cluster'],
  ['a domain of labels with a scheme', ['labelDomain'], 'https://home.example.org'],
  ['a share of nobody', ['nas', 'address'], undefined],
  ['a channel of a space', ['alerts', 'channel'], ' '],
  ['a tag twice', ['alerts', 'tags'], ['a', 'a']],
  ['a tag of two words', ['alerts', 'tags'], ['a b']],
  ['a time that is no number', ['alerts', 'graceSeconds'], NaN],
  ['a time without end', ['alerts', 'graceSeconds'], Infinity],
  ['half a second', ['alerts', 'graceSeconds'], 300.5],
  ['a backend without its bucket', backend, { kind: 's3', region: 'x' }],
  ['a backend in an empty bucket', backend, { kind: 's3', bucket: '', region: 'x' }],
  ['a backend without its region', backend, { kind: 's3', bucket: 'states' }],
  ['a backend in a region of a space', backend, { kind: 's3', bucket: 'states', region: ' ' }],
  ['a backend of another kind’s member', backend, { kind: 'local', bucket: 'states' }],
  ['a backend without its address', backend, { kind: 'http' }],
  ['a backend that tells its password', backend, { kind: 'http', address: 'https://me:pw@example.org/' }],
  ['a backend that asks a question', backend, { kind: 'http', address: 'https://example.org/?a=b' }],
  ['a backend without its organization', backend, { kind: 'hcp' }],
  ['a backend of no kind', backend, {}],
  ['a store that tells its password', ['nas', 's3', 'endpoint'], 'http://me:pw@nas:9000'],
  ['a store in a short form', ['nas', 's3', 'endpoint'], 'http://10.1:9000'],
  ['a store that each pod is itself', ['nas', 's3', 'endpoint'], 'http://localhost:9000'],
  ['a store at each pod’s own address', ['nas', 's3', 'endpoint'], 'http://[::1]:9000'],
  ['a store at nobody’s address', ['nas', 's3', 'endpoint'], 'http://0.0.0.0:9000'],
  ['a store at the subnet’s broadcast address', ['nas', 's3', 'endpoint'], 'http://192.168.107.255:9000'],
  ['the subnet’s broadcast address as a server’s', ['network', 'nameservers', 0], '192.168.107.255'],
  ['a bucket that is an address', ['nas', 's3', 'bucket'], '10.0.0.1'],
  ['an API that tells its password', ['cluster', 'endpoint'], 'https://me:pw@192.168.107.3:6443'],
  ['a Map for an object', ['network', 'nodes', 0, 'labels'], new Map()],
  ['a promise of an object', ['network', 'gateways'], Promise.resolve({})],
])('refuses %s in one line', (_, path, value) => {
  const told = checkFacts(changedAt(path, value)).map(formatProblem);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^libs\/home\/facts\.ts: [\w.[\]]+ .*must .*\. .+[.!?]$/);
});

it.each<[readonly (string | number)[], unknown]>([
  [['nas', 'address'], 'fd00::4'],
  [['nas', 's3', 'endpoint'], 'https://[fd00::4]:9000'],
  [['nas', 's3', 'endpoint'], 'http://nas'],
  [
    ['network', 'timeServers'],
    ['time.cloudflare.com', '192.168.107.1'],
  ],
  [['domain'], 'home.example.org'],
  [['domain'], 'mylocalhost'],
  [['timezone'], 'Asia/Calcutta'],
  [litestream, `registry.rpi:5000/litestream:0.5.19@sha256:${'0'.repeat(64)}`],
  [
    ['cluster', 'podSubnets'],
    ['10.200.0.0/16', 'fd00:1::/56'],
  ],
  [['memoryRequests', 'litestream'], '64M'],
  [backend, { kind: 'http', address: 'https://states.example.org/home' }],
  [backend, { kind: 'pg' }],
])('takes at %j what is right: %j', (path, value) => {
  expect(checkFacts(changedAt(path, value))).toEqual([]);
});

it('tells once that a subnet is missing, whoever is in it', () => {
  expect(checkFacts(withNetwork({ subnets: { v4: '192.168.107.0/24' } })).map(formatProblem)).toEqual([
    'libs/home/facts.ts: network.subnets.v6 is missing and must be there, since ' +
      'network.gateways.v6 "fd00:affe:cafe:107:d624:ddff:fed9:7b78" lies in it. Add it.',
  ]);
});

it('asks what sets a machine up, unless the Kubernetes is somebody else’s', () => {
  const { name, addresses, memoryForPods } = reference;
  // Older than any that Talos runs.
  const versions = { kubernetes: 'v1.20.0' };
  const theirs = { ...withNodes({ name, addresses, memoryForPods }), versions };
  expect(checkFacts({ ...theirs, cluster: { ...facts.cluster, context: 'kind-home' } })).toEqual([]);
  const missing = [
    ...['role', 'hardware', 'interface', 'installDisk'].map((fact) => `network.nodes[0].${fact}`),
    ...['talosContract', 'talosInstaller'].map((version) => `versions.${version}`),
  ];
  expect(checkFacts(theirs).map(({ path }) => path)).toEqual(expect.arrayContaining(missing));
});

it('says nothing of what follows from a malformed fact, and all that is wrong elsewhere', () => {
  const given = replaceAt(withNode({ role: unchecked('none') }), ['versions', 'kubernetes'], 'v1.40.0');
  expect(checkFacts(given as HomeFacts).map(({ what }) => what)).toEqual([
    expect.stringMatching(/^network\.nodes\[0\]\.role "none" must be one of/),
    expect.stringMatching(/^versions\.kubernetes "v1\.40\.0" must be between/),
  ]);
});

it('quotes no more of a value than fits a line', () => {
  expect(checkFacts(changedAt(['domain'], 'a'.repeat(5000)))[0]?.what.length).toBeLessThan(300);
});

it('reports the mistakes of all topics at once', () => {
  const wrong = { ...withNode({ installDisk: 'sda' }), domain: '', timezone: 'Mars' };
  expect(checkFacts(wrong)).toHaveLength(3);
});

it('names what is missing and what is misspelt, and everything else that is wrong', () => {
  const { domain, nas: _, ...rest } = facts;
  const given = { ...rest, domian: domain, timezone: 'Mars' } as unknown as HomeFacts;
  expect(checkFacts(given).map(formatProblem)).toEqual(
    expect.arrayContaining([
      'libs/home/facts.ts: nas must be there. Add it.',
      'libs/home/facts.ts: domian must be a known name. Did you mean domain?',
    ]),
  );
  expect(checkFacts(withNode({ memoryForPds: '1Gi' } as Partial<NodeFacts>)).map(formatProblem)).toEqual([
    'libs/home/facts.ts: network.nodes[0].memoryForPds must be a known name. Did you mean memoryForPods?',
  ]);
});

it.each<[string, object]>([
  ['1Password', { onePassword: undefined }],
  ['anybody who hears of a failure', { alerts: undefined }],
  [
    'healthchecks.io, since addresses of one’s own are told',
    { alerts: { kind: 'addresses', of: ['failure'] } },
  ],
  ['healthchecks.io, since Gotify is told', { alerts: { kind: 'gotify' } }],
  [
    'a NAS, but for a store',
    { nas: { s3: { kind: 'given', endpoint: 'https://s3.example.org', bucket: 'abc' } } },
  ],
  ['a domain of its own in labels', { labelDomain: undefined }],
])('a home may do without %s', (_, changed) => {
  expect(checkFacts(JSON.parse(JSON.stringify({ ...facts, ...changed })))).toEqual([]);
});

it.each<[object, string]>([
  [{ nas: '' }, 'nas "" must be an object. Write { address, s3, files, media }.'],
  [{ domain: 5 }, 'domain 5 must be a domain. Write it like "rpi" or "home.example.org".'],
  [
    { replication: { ...facts.replication, firstDeploy: 'false' } },
    'replication.firstDeploy "false" must be true or false. Write it without quotes.',
  ],
  [
    { alerts: { ...facts.alerts, channel: '' } },
    'alerts.channel "" must be a kind of notification channel. Write it like "email", as healthchecks.io lists them under Integrations.',
  ],
  [
    { alerts: { ...facts.alerts, graceSeconds: '300' } },
    'alerts.graceSeconds "300" must be a whole number. Write it without quotes.',
  ],
  [
    { alerts: { ...facts.alerts, tags: ['homeserver', 5] } },
    'alerts.tags[1] 5 must be a tag of at most 50 characters without spaces. healthchecks.io would make two of it.',
  ],
  [
    { onePassword: { items: { jdownloder: '4iovm26ps6faszs55bkllv6gsi' } } },
    'onePassword.items.jdownloder must be a known name. Did you mean jdownloader?',
  ],
  [
    withNetwork({ nameservers: unchecked('9.9.9.9') }),
    'network.nameservers "9.9.9.9" must be a list. Write ["9.9.9.9"].',
  ],
  [
    withNode({ addresses: { v5: '192.168.107.3' } as NodeFacts['addresses'] }),
    'network.nodes[0].addresses.v5 must be a known name. Did you mean v4?',
  ],
  [
    withNode({ interface: unchecked('eth0') }),
    'network.nodes[0].interface "eth0" must name the interface by its MAC, as the kernel does, or as a bond of several. Write { mac: "e4:5f:01:2b:83:69" }, { name: "enp1s0" } or { bond: { links, bondMode } }.',
  ],
  [
    withNode({ interface: { mac: 'e4:5f:01:2b:83:69', name: 'eth0' } }),
    'network.nodes[0].interface {"mac":"e4:5f:01:2b:83:69","name":"eth0"} must name the interface by its MAC, as the kernel does, or as a bond of several. Write { mac: "e4:5f:01:2b:83:69" }, { name: "enp1s0" } or { bond: { links, bondMode } }.',
  ],
  [
    withNode({ interface: { name: 'ETH 0' } }),
    'network.nodes[0].interface.name "ETH 0" must be the name of an interface. Write it like "enp1s0".',
  ],
  [
    withNode({ labels: { 'a b': 'c' } }),
    'network.nodes[0].labels["a b"] "c" must have a key that Kubernetes accepts. Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; before a slash may stand a domain in lower case.',
  ],
  [
    withNode({ taints: [{ key: 'gpu', effect: unchecked('NoRun') }] }),
    'network.nodes[0].taints[0].effect "NoRun" must be one of "NoSchedule", "PreferNoSchedule", "NoExecute". Write one of them.',
  ],
  [
    { nas: { ...facts.nas, files: { export: 'home' } } },
    'nas.files.export "home" must be the absolute path of a folder on the NAS. Write it like "/export/home".',
  ],
  [
    { nas: { ...facts.nas, s3: { ...facts.nas.s3, kind: 'garage' } } },
    'nas.s3.kind "garage" must be one of "given", "minio". Write one of them.',
  ],
  [
    { nas: { ...facts.nas, s3: { endpoint: 'http://nas:9000', bucket: 'replica' } } },
    'nas.s3.kind is missing and must be one of "given", "minio". Write one of them.',
  ],
  [
    { nas: { ...facts.nas, s3: { ...facts.nas.s3, endpoint: 'https://nas:9000', caFile: '../ca.pem' } } },
    'nas.s3.caFile "../ca.pem" must be the name of a file in apps/platform/replication. Write it like "ca.pem".',
  ],
  [
    { nas: { ...facts.nas, s3: { ...facts.nas.s3, region: 'eu' } } },
    'nas.s3.region must be a known name. Use one of kind, endpoint, bucket, caFile.',
  ],
  [
    withTerraform({ backend: unchecked('local') }),
    'terraform.backend "local" must be an object. Write { kind, … }.',
  ],
  [
    withTerraform({ backend: { kind: 'http' } as BackendChoice }),
    'terraform.backend.address must be there. Add it.',
  ],
])('refuses what the compiler would, for whoever edits without it: case %#', (changed, message) => {
  expect(checkFacts({ ...facts, ...changed }).map(formatProblem)).toEqual([`libs/home/facts.ts: ${message}`]);
});

it('says the one thing that is wrong when the facts are no object', () => {
  expect(checkFacts(unchecked('')).map(({ what }) => what)).toEqual(['"" must be an object']);
});

/** The path of every fact, of objects and lists as well as of what they hold. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const steps = inside.map(([name, one]) => [Array.isArray(value) ? Number(name) : name, one] as const);
  return [path, ...steps.flatMap(([step, one]) => pathsIn(one, [...path, step]))];
}

function replaceAt(value: unknown, [step, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  const inside = replaceAt(Reflect.get(Object(value), step), rest, by);
  return Array.isArray(value) ? value.with(Number(step), inside) : { ...Object(value), [step]: inside };
}

it.each(pathsIn(facts).map((path) => [formatPath(path), path] as const))(
  'tells in one line that "%s" is of a wrong type, whichever that is',
  (name, path) => {
    for (const wrong of [null, 5, true, '', [], {}, [5], { name: 5 }]) {
      const given = replaceAt(facts, path, wrong);
      const malformed = checkAgainst(schema, 'facts', given).map(({ what }) => what);
      expect(malformed.filter((what) => !what.startsWith(name))).toEqual([]);
      const all = checkFacts(given as HomeFacts).map(({ what }) => what);
      expect(all).toEqual(expect.arrayContaining(malformed));
      expect(all.filter((what) => what.startsWith(`${name} `)).length).toBeLessThanOrEqual(1);
    }
  },
);
