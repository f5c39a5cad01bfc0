import { facts } from './facts';
import { home, host, settle, url } from './home';
import { backendFor } from './stack';
import type { BackendChoice } from './generated/facts';

it('derives the endpoint and the entry of the home from its nodes', () => {
  expect(home.cluster.endpoint).toBe('https://192.168.107.3:6443');
  expect(home.cluster.kubeconfigContext).toBe('admin@home_cgn');
  expect(home.entryNode).toBe('talos-controlplane');
  expect(home.staticIp).toEqual({ v4: '192.168.107.3', v6: 'fd00:affe:cafe:107::3' });
  expect([host('home'), url('feed')]).toEqual(['home.rpi', 'http://feed.rpi']);
});

it('puts the endpoint on the shared address when there is one', () => {
  const shared = settle({ ...facts, cluster: { ...facts.cluster, virtualAddress: '192.168.107.2' } });
  expect(shared.cluster.endpoint).toBe('https://192.168.107.2:6443');
});

it('shows all facts to those who list them', () => {
  expect(Object.keys(home)).toEqual([...Object.keys(facts), 'firstControlPlane', 'entryNode', 'staticIp']);
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
