import { type ProviderSchema, readRecordedSchema } from '@home/providers';
import { emptyObject } from './planning';
import { type WireObject, isObject } from './message-pack';
import { Provider } from './provider';
import { first } from './resources';
import { World } from './world';

const world = new World();
const untouched = world.snapshot();
beforeEach(() => world.restore(untouched));

function provider(name: string): Provider {
  const recorded = readRecordedSchema(`libs/providers/generated/${name}/schema.json`);
  const [schema] = Object.values(recorded.provider_schemas) as [ProviderSchema];
  return new Provider(name, schema, world);
}
const [kubernetes, minio, talos, gotify] = ['kubernetes', 'minio', 'talos', 'gotify'].map(provider) as [
  Provider,
  Provider,
  Provider,
  Provider,
];

/** Plans and applies a configuration over what is there. */
function apply(by: Provider, type: string, given: WireObject, prior: WireObject | null = null): WireObject {
  const config = { ...emptyObject(by.members('resource_schemas', type)), ...given };
  const computed = prior ? Object.entries(prior).filter(([name]) => !(name in given)) : [];
  const { state } = by.plan(type, prior, { ...config, ...Object.fromEntries(computed) }, config);
  return by.apply(type, prior, state, config);
}

const named = (name: string, namespace?: string): WireObject => ({
  metadata: [{ ...emptyMetadata(), name, ...(namespace ? { namespace } : {}) }],
});
const emptyMetadata = () => {
  const metadata = kubernetes.members('resource_schemas', 'kubernetes_namespace_v1').get('metadata')?.nested;
  return metadata ? emptyObject(metadata.members) : {};
};
const secret = (data: string, revision: number) => ({
  ...named('keys', 'apps'),
  data_wo: { KEY: data },
  data_wo_revision: revision,
});

function bootCluster(): void {
  apply(talos, 'talos_machine_configuration_apply', {
    node: '10.0.0.1',
    machine_configuration_input: 'type: controlplane',
  });
  apply(talos, 'talos_machine_bootstrap', { node: '10.0.0.1' });
  apply(kubernetes, 'kubernetes_namespace_v1', named('apps'));
}

it('keeps what it makes and gives it an identity', () => {
  bootCluster();
  const state = apply(kubernetes, 'kubernetes_config_map_v1', {
    ...named('feeds', 'apps'),
    data: { a: 'b' },
  });
  expect(state).toMatchObject({ id: 'apps/feeds', data: { a: 'b' } });
  expect(first(state['metadata'])['uid']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(kubernetes.read('kubernetes_config_map_v1', state)).toEqual(state);
  expect(kubernetes.import('kubernetes_config_map_v1', 'apps/feeds')).toEqual(state);
  expect(() => apply(kubernetes, 'kubernetes_config_map_v1', named('feeds', 'apps'))).toThrow(
    'already exists',
  );
});

it('makes nothing in a namespace that is not there, and nothing without a cluster', () => {
  expect(() => apply(kubernetes, 'kubernetes_namespace_v1', named('apps'))).toThrow(
    'Kubernetes cluster unreachable',
  );
  bootCluster();
  expect(() => apply(kubernetes, 'kubernetes_config_map_v1', named('feeds', 'infra'))).toThrow(
    'namespaces "infra" not found',
  );
  expect(() => apply(gotify, 'gotify_client', { name: 'Dashboard' })).toThrow('connection refused');
});

it('takes a write-only value when its revision changes, and shows it to nobody', () => {
  bootCluster();
  const state = apply(kubernetes, 'kubernetes_secret_v1', secret('old', 1));
  const held = () => world.find('kubernetes_secret_v1', 'apps/keys')?.secrets['data_wo'];
  expect(state['data_wo']).toBeNull();
  expect(JSON.stringify(state)).not.toContain('old');
  apply(kubernetes, 'kubernetes_secret_v1', secret('unseen', 1), state);
  expect(held()).toEqual({ KEY: 'old' });
  apply(kubernetes, 'kubernetes_secret_v1', secret('new', 2), state);
  expect(held()).toEqual({ KEY: 'new' });
});

it('loses the whole cluster with the disk of its only machine, and keeps what lies on the NAS', () => {
  bootCluster();
  apply(minio, 'minio_s3_bucket', { bucket: 'replica' });
  world.blank('10.0.0.1');
  expect(world.objects()).toMatchObject([{ type: 'minio_s3_bucket', key: 'replica' }]);
  expect(() => kubernetes.read('kubernetes_namespace_v1', named('apps'))).toThrow('unreachable');
  expect(() => apply(talos, 'talos_machine_bootstrap', { node: '10.0.0.1' })).toThrow('maintenance mode');
});

it('refuses a second bootstrap, which would split the cluster', () => {
  bootCluster();
  apply(talos, 'talos_machine_configuration_apply', {
    node: '10.0.0.2',
    machine_configuration_input: 'type: controlplane',
  });
  expect(world.machines['10.0.0.2']?.member).toBe(true);
  expect(() => apply(talos, 'talos_machine_bootstrap', { node: '10.0.0.2' })).toThrow(
    'etcd data directory is not empty',
  );
});

it('does not import what its provider cannot import', () => {
  expect(() => gotify.import('gotify_client', '1')).toThrow('Resource Import Not Implemented');
  expect(minio.read('minio_s3_bucket', minio.import('minio_s3_bucket', 'nowhere'))).toBeNull();
});

it('reads data by its configuration alone: the same question, the same answer', () => {
  const config = emptyObject(
    provider('healthchecksio').members('data_source_schemas', 'healthchecksio_channel'),
  );
  const read = (kind: string) =>
    provider('healthchecksio').readData('healthchecksio_channel', { ...config, kind });
  expect(read('email')).toEqual(read('email'));
  expect(read('email')['id']).not.toEqual(read('sms')['id']);
  expect(isObject(read('email'))).toBe(true);
});
