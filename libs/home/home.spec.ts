import { facts } from './facts';
import { askedByAddress, home, host, settle, url } from './home';
import { backendFor } from './stack';
import type { BackendChoice, HomeFacts, NodeFacts } from './generated/facts';

const [node] = facts.network.nodes as [NodeFacts];

const homeOf = (cluster: Partial<HomeFacts['cluster']>, ...nodes: Partial<NodeFacts>[]) =>
  settle({
    ...facts,
    cluster: { ...facts.cluster, ...cluster },
    network: {
      ...facts.network,
      nodes: nodes.map((changed, index) => ({ ...node, name: `n${index}`, ...changed })),
      entryNodes: nodes.map((_, index) => `n${index}`),
    },
  });

it('derives the endpoint and the entry of the home from its nodes', () => {
  expect(home.cluster.endpoint).toBe('https://192.168.107.3:6443');
  expect(home.cluster.kubeconfigContext).toBe('admin@home_cgn');
  expect(home.entry).toEqual({
    nodes: facts.network.nodes,
    addresses: ['192.168.107.3', 'fd00:affe:cafe:107::3'],
    listensAt: ['192.168.107.3', 'fd00:affe:cafe:107::3'],
    url: 'http://192.168.107.3',
  });
  expect([host('home'), url('feed')]).toEqual(['home.rpi', 'http://feed.rpi']);
});

it('is asked for a host by its address, and believed only as any other', () => {
  expect(askedByAddress('gotify', '/health')).toEqual({
    url: 'http://192.168.107.3/health',
    host: 'gotify.rpi',
  });
});

describe('a home of several entry nodes', () => {
  const two = [
    { addresses: { v4: '10.0.0.1', v6: 'fd00::1' } },
    { addresses: { v4: '10.0.0.2', v6: 'fd00::2' } },
  ];
  const all = ['10.0.0.1', '10.0.0.2', 'fd00::1', 'fd00::2'];

  it('answers at each of them', () => {
    expect(homeOf({}, ...two).entry).toMatchObject({
      addresses: all,
      listensAt: all,
      url: 'http://10.0.0.1',
    });
  });

  it('answers at the shared address, and in the other family at each of them', () => {
    const { entry, cluster } = homeOf({ virtualAddress: '10.0.0.9' }, ...two);
    expect(entry).toMatchObject({
      addresses: ['10.0.0.9', 'fd00::1', 'fd00::2'],
      listensAt: ['10.0.0.9', 'fd00::1', 'fd00::2', '10.0.0.1', '10.0.0.2'],
      url: 'http://10.0.0.9',
    });
    expect(cluster.endpoint).toBe('https://10.0.0.9:6443');
  });

  it('answers at the workers themselves, which never have the shared address', () => {
    const workers = two.map((one) => ({ ...one, role: 'worker' as const }));
    expect(homeOf({ virtualAddress: '10.0.0.9' }, ...workers).entry.addresses).toEqual(all);
  });
});

it('writes an IPv6 address into a URL as URLs have it, and gives pods IPv6 where the home has nothing else', () => {
  const alone = settle({
    ...facts,
    network: {
      ...facts.network,
      subnets: { v6: 'fd00::/48' },
      nodes: [{ ...node, addresses: { v6: 'fd00::3' } }],
    },
  });
  expect(alone.entry).toMatchObject({ addresses: ['fd00::3'], url: 'http://[fd00::3]' });
  expect(alone.cluster).toMatchObject({
    endpoint: 'https://[fd00::3]:6443',
    podSubnets: ['fc00:db8:10::/56'],
    serviceSubnets: ['fc00:db8:20::/112'],
  });
  expect(home.cluster.podSubnets).toBeUndefined();
});

it('shows all facts to those who list them', () => {
  const all = [...Object.keys(facts), 'machines', 'firstControlPlane', 'entry'];
  expect(Object.keys(home)).toEqual(expect.arrayContaining(all));
  expect(home.domain).toBe('rpi');
});

it.each<[BackendChoice, object]>([
  [{ kind: 'local' }, { type: 'local', path: '../../.state/platform.tfstate' }],
  [
    { kind: 's3', bucket: 'states', region: 'eu-central-1' },
    {
      type: 's3',
      bucket: 'states',
      key: 'home_cgn/platform.tfstate',
      region: 'eu-central-1',
      use_lockfile: true,
    },
  ],
  [
    {
      kind: 's3',
      bucket: 'states',
      region: 'x',
      endpoint: 'https://nas:9000',
      pathStyle: true,
      caFile: 'ca.pem',
    },
    {
      type: 's3',
      bucket: 'states',
      key: 'home_cgn/platform.tfstate',
      region: 'x',
      use_lockfile: true,
      endpoints: { s3: 'https://nas:9000' },
      use_path_style: true,
      custom_ca_bundle: 'ca.pem',
      skip_credentials_validation: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: true,
      skip_s3_checksum: true,
    },
  ],
  [{ kind: 'pg' }, { type: 'pg', schema_name: 'home_cgn_platform' }],
  [
    { kind: 'http', address: 'https://states.example.org/' },
    {
      type: 'http',
      address: 'https://states.example.org/platform',
      lock_address: 'https://states.example.org/platform',
      unlock_address: 'https://states.example.org/platform',
    },
  ],
  [
    { kind: 'hcp', organization: 'LukasKnuth' },
    { type: 'cloud', organization: 'LukasKnuth', workspaces: { name: 'home_cgn-platform' } },
  ],
])('keeps the states where the home says: %j', (choice, backend) => {
  expect(backendFor(choice, 'home_cgn', 'platform')).toEqual(backend);
});

it('is a home on a Kubernetes of somebody else’s, by the context that the facts name', () => {
  const given = { ...facts, cluster: { ...facts.cluster, context: 'kind-home' } };
  expect(settle(given).cluster.kubeconfigContext).toBe('kind-home');
  const nodes = facts.network.nodes.map(({ hardware: _, ...node }) => node);
  expect(settle({ ...given, network: { ...facts.network, nodes } }).machines).toEqual([]);
});

it('names its labels by its domain, unless the facts name another', () => {
  const { labelDomain: _, ...without } = facts;
  expect(settle({ ...without, domain: 'home.example.org' }).labelDomain).toBe('home.example.org');
  expect(settle({ ...facts, labelDomain: 'labels.example.org' }).labelDomain).toBe('labels.example.org');
});

it('is entered by https where its apps speak it', () => {
  expect(settle({ ...facts, https: { kind: 'authority' } }).entry.url).toBe('https://192.168.107.3');
});
