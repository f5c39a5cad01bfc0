import { type Block, dataBlock, raw } from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from '../example-home';
import { requireMadeKeys } from './require-made-keys';

const config = object('config_map', 'x', { data: { 'app.yml': 'a' }, binary_data: { logo: 'AA==' } });
const secret = object('secret', 'x', { data_wo: { password: raw('var.password') } });
const check = (made: Block, user: Block) =>
  complaints(requireMadeKeys, ...exampleHome({ app: [made, user] }));
const fromEnv = (kind: string, key: unknown, more: object = {}) =>
  makesPods('app', {
    podSpec: {
      container: [container({ env: [{ value_from: { [`${kind}_key_ref`]: { name: 'x', key, ...more } } }] })],
    },
  });
const mounting = (volume: object, mount: object = {}) =>
  makesPods('app', {
    podSpec: {
      container: [container({ volume_mount: [{ name: 'v', mount_path: '/etc/app.yml', ...mount }] })],
      volume: [{ name: 'v', ...volume }],
    },
  });
const refusal = (key: string, type: string, has: string) =>
  `apps/workloads/app: kubernetes_deployment_v1.app: key "${key}" must be in apps/workloads/app: ${type}.x, which has ` +
  `${has}. Name one that is there, or add it there.`;

it.each<[string, Block, Block]>([
  ['a key of a ConfigMap', config, fromEnv('config_map', 'app.yml')],
  ['a binary key of a ConfigMap', config, fromEnv('config_map', 'logo')],
  ['a write-only key of a Secret', secret, fromEnv('secret', 'password')],
  ['an optional key', config, fromEnv('config_map', 'none', { optional: true })],
  ['a key that only Terraform knows', config, fromEnv('config_map', raw('var.key'))],
  [
    'data that only Terraform knows',
    object('config_map', 'x', { data: raw('var.data') }),
    fromEnv('config_map', 'none'),
  ],
  [
    'data that is looked up',
    dataBlock('kubernetes_secret_v1', 'x', { metadata: { name: 'x', namespace: 'apps' } }),
    fromEnv('secret', 'none'),
  ],
  [
    'a token that Kubernetes fills in',
    object('secret', 'x', { type: 'kubernetes.io/service-account-token' }),
    fromEnv('secret', 'token'),
  ],
  ['a mounted folder', config, mounting({ config_map: { name: 'x' } })],
  ['a mounted file', config, mounting({ config_map: { name: 'x' } }, { sub_path: 'app.yml' })],
  [
    'a file of a name given by items',
    config,
    mounting({ config_map: { name: 'x', items: [{ key: 'logo', path: 'a' }] } }, { sub_path: 'a' }),
  ],
])('accepts %s', (_, made, user) => {
  expect(check(made, user)).toEqual([]);
});

it.each<[string, Block, Block, string]>([
  [
    'a variable',
    config,
    fromEnv('config_map', 'none'),
    refusal('none', 'kubernetes_config_map_v1', '"app.yml", "logo"'),
  ],
  [
    'a variable',
    secret,
    fromEnv('secret', 'pasword'),
    refusal('pasword', 'kubernetes_secret_v1', '"password"'),
  ],
  [
    'a mounted file',
    config,
    mounting({ config_map: { name: 'x' } }, { sub_path: 'app.yaml' }),
    refusal('app.yaml', 'kubernetes_config_map_v1', '"app.yml", "logo"'),
  ],
  [
    'a mounted file',
    object('secret', 'x'),
    mounting({ secret: { secret_name: 'x' } }, { sub_path: 'a' }),
    refusal('a', 'kubernetes_secret_v1', 'no keys'),
  ],
  [
    'an item',
    config,
    mounting({ config_map: { name: 'x', items: [{ key: 'icon', path: 'a' }] } }),
    refusal('icon', 'kubernetes_config_map_v1', '"app.yml", "logo"'),
  ],
  [
    'an item',
    config,
    mounting({ projected: [{ sources: [{ config_map: [{ name: 'x', items: [{ key: 'icon' }] }] }] }] }),
    refusal('icon', 'kubernetes_config_map_v1', '"app.yml", "logo"'),
  ],
])('refuses %s of a key that is not there', (_, made, user, line) => {
  expect(check(made, user)).toEqual([line]);
});
