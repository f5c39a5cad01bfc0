import type { BackendChoice } from './generated/facts';
import { home } from './home';
import { backendFor, stack } from './stack';

it.each<[string, BackendChoice, object]>([
  ['in this checkout', { kind: 'local' }, { type: 'local', path: '../../.state/apps.tfstate' }],
  [
    'in a bucket',
    { kind: 's3', bucket: 'b', region: 'r' },
    { type: 's3', bucket: 'b', key: 'pi/apps.tfstate', region: 'r', use_lockfile: true },
  ],
  [
    'in a bucket of one’s own',
    { kind: 's3', bucket: 'b', region: 'r', endpoint: 'https://nas', pathStyle: true, caFile: '/ca' },
    {
      type: 's3',
      bucket: 'b',
      key: 'pi/apps.tfstate',
      region: 'r',
      use_lockfile: true,
      endpoints: { s3: 'https://nas' },
      skip_credentials_validation: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: true,
      skip_s3_checksum: true,
      use_path_style: true,
      custom_ca_bundle: '/ca',
    },
  ],
  ['in PostgreSQL', { kind: 'pg' }, { type: 'pg', schema_name: 'pi_apps' }],
  ...['https://a/states', 'https://a/states/'].map((address): [string, BackendChoice, object] => [
    `at ${address}`,
    { kind: 'http', address },
    {
      type: 'http',
      address: 'https://a/states/apps',
      lock_address: 'https://a/states/apps',
      unlock_address: 'https://a/states/apps',
    },
  ]),
  [
    'at HashiCorp',
    { kind: 'hcp', organization: 'o' },
    { type: 'cloud', organization: 'o', workspaces: { name: 'pi-apps' } },
  ],
])('gives each stack a state of its own, locked, %s', (_, choice, backend) => {
  expect(backendFor(choice, 'pi', 'apps')).toEqual(backend);
});

it('gives every stack the version and the backend that the home chose', () => {
  const made = stack({ providers: {} });
  expect(made).toMatchObject({
    after: [],
    blocks: [],
    ready: [],
    providers: {},
    requiredVersion: '>= 1.11.0',
  });
  expect(made.backend('apps')).toEqual(backendFor(home.terraform.backend, home.cluster.name, 'apps'));
  const after = [made];
  expect(stack({ providers: {}, after }).after).toBe(after);
});
