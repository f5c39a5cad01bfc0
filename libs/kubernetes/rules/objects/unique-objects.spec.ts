import { type Block, dataBlock, raw, resourceBlock } from '@home/terraform';
import { complaints, exampleHome, object } from '../example-home';
import { uniqueObjects } from './unique-objects';

const one = object('config_map', 'one', { metadata: { name: 'settings', namespace: 'apps' } });
const two = (metadata: object, type = 'config_map', more: object = {}) =>
  object(type, 'two', { metadata: { name: 'settings', namespace: 'apps', ...metadata }, ...more });
const check = (...blocks: Block[]) => complaints(uniqueObjects, ...exampleHome({ one: [one], two: blocks }));

it.each([
  ['another name', two({ name: 'other' })],
  ['another namespace', two({ namespace: 'infra' })],
  ['another kind', two({}, 'secret')],
  ['a name that only Terraform knows', two({ name: raw('each.key') })],
  ['a name that Kubernetes makes', two({ name: undefined, generate_name: 'settings' })],
  ['several instances', two({}, 'config_map', { count: raw('var.count') })],
  [
    'an object that is looked up',
    dataBlock('kubernetes_config_map_v1', 'two', { metadata: { name: 'settings', namespace: 'apps' } }),
  ],
  [
    'a block of another provider',
    resourceBlock('minio_s3_bucket', 'settings', { metadata: { name: 'settings' } }),
  ],
])('accepts %s', (_, block) => {
  expect(check(block)).toEqual([]);
});

it('refuses two objects of one name, also of the two versions of a type', () => {
  const old = resourceBlock('kubernetes_config_map', 'old', {
    metadata: [{ name: 'settings', namespace: 'apps' }],
  });
  const line = (address: string) =>
    `apps/workloads/one: kubernetes_config_map_v1.one and apps/workloads/two: ${address}: ` +
    'the name "settings" in the namespace "apps" must be unique, but both have it. Give one of the two another name.';
  expect(check(two({}), old)).toEqual([
    line('kubernetes_config_map_v1.two'),
    line('kubernetes_config_map.old'),
  ]);
});

it('knows objects that belong to no namespace', () => {
  const namespace = (label: string) =>
    resourceBlock('kubernetes_namespace_v1', label, { metadata: { name: 'apps' } });
  expect(check(namespace('a'), namespace('b'))).toEqual([
    'apps/workloads/two: kubernetes_namespace_v1.a and apps/workloads/two: kubernetes_namespace_v1.b: ' +
      'the name "apps" must be unique, but both have it. Give one of the two another name.',
  ]);
});
