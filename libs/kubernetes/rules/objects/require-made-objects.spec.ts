import { type Block, dataBlock, raw, resourceBlock } from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from '../example-home';
import { requireMadeObjects } from './require-made-objects';

const namespace = resourceBlock('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });
const check = (...blocks: Block[]) =>
  complaints(requireMadeObjects, ...exampleHome({ app: [namespace, ...blocks] }));
const inContainer = (given: object) => makesPods('app', { podSpec: { container: [container(given)] } });
const inPod = (podSpec: object) => makesPods('app', { podSpec });
const missing = (what: string, from = 'kubernetes_deployment_v1.app') =>
  `apps/workloads/app: ${from}: the ${what} must be made by the home. Make it, or correct the name.`;

const users: [string, Block, string][] = [
  ['env', inContainer({ env: [{ value_from: { secret_key_ref: { name: 'x', key: 'k' } } }] }), 'Secret'],
  [
    'env',
    inContainer({ env: [{ value_from: { config_map_key_ref: { name: 'x', key: 'k' } } }] }),
    'ConfigMap',
  ],
  ['env_from', inContainer({ env_from: [{ secret_ref: { name: 'x' } }] }), 'Secret'],
  ['env_from', inContainer({ env_from: { config_map_ref: [{ name: 'x' }] } }), 'ConfigMap'],
  ['volume', inPod({ volume: [{ name: 'v', config_map: { name: 'x' } }] }), 'ConfigMap'],
  ['volume', inPod({ volume: [{ name: 'v', secret: { secret_name: 'x' } }] }), 'Secret'],
  [
    'volume',
    inPod({ volume: [{ name: 'v', projected: [{ sources: [{ secret: [{ name: 'x' }] }] }] }] }),
    'Secret',
  ],
  [
    'volume',
    inPod({ volume: [{ name: 'v', projected: [{ sources: [{ config_map: [{ name: 'x' }] }] }] }] }),
    'ConfigMap',
  ],
  ['volume', inPod({ volume: [{ name: 'v', csi: { node_publish_secret_ref: { name: 'x' } } }] }), 'Secret'],
  [
    'volume',
    inPod({ volume: [{ name: 'v', persistent_volume_claim: { claim_name: 'x' } }] }),
    'PersistentVolumeClaim',
  ],
  ['image pull secret', inPod({ image_pull_secrets: [{ name: 'x' }] }), 'Secret'],
  ['service account', inPod({ service_account_name: 'x' }), 'ServiceAccount'],
  ['stateful set', makesPods('app', { type: 'stateful_set', spec: { service_name: 'x' } }), 'Service'],
  [
    'cron job',
    makesPods('app', { type: 'cron_job', podSpec: { service_account_name: 'x' } }),
    'ServiceAccount',
  ],
  ['ingress', object('ingress', 'app', { spec: { tls: [{ secret_name: 'x' }] } }), 'Secret'],
  ['ingress', object('ingress', 'app', { spec: { default_backend: { service: { name: 'x' } } } }), 'Service'],
  ['account', object('service_account', 'app', { image_pull_secret: [{ name: 'x' }] }), 'Secret'],
  ['binding', object('role_binding', 'app', { role_ref: { kind: 'Role', name: 'x' } }), 'Role'],
];

it.each(users)('finds what is named by %s', (_, block, kind) => {
  const from = `${block.type}.app`;
  expect(check(block)).toEqual([missing(`${kind} "x" in the namespace "apps"`, from)]);
  expect(check(block, maker(kind))).toEqual([]);
  expect(
    check(block, dataBlock(maker(kind).type, 'x', { metadata: { name: 'x', namespace: 'apps' } })),
  ).toEqual([]);
});

/** `ConfigMap` → a block of the type kubernetes_config_map_v1 with the name x */
const maker = (kind: string, metadata: object = {}): Block =>
  object(kind.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase(), 'x', {
    metadata: { name: 'x', namespace: 'apps', ...metadata },
  });

it('wants it in the same namespace', () => {
  const pods = inPod({ service_account_name: 'x' });
  const line = missing('ServiceAccount "x" in the namespace "apps"');
  expect(check(pods, maker('ServiceAccount', { namespace: 'kube-system' }))).toEqual([line]);
  expect(check(pods, maker('ServiceAccount', { namespace: undefined }))).toEqual([line]);
});

it('accepts what is made in another workload and stack', () => {
  const home = [
    ...exampleHome({ namespaces: [namespace, maker('ServiceAccount')] }, 'platform'),
    ...exampleHome({ app: [inPod({ service_account_name: 'x' })] }),
  ];
  expect(complaints(requireMadeObjects, ...home)).toEqual([]);
});

it('leaves open what names only Terraform knows', () => {
  const pods = inPod({ service_account_name: 'x' });
  expect(check(inPod({ service_account_name: raw('var.account') }))).toEqual([]);
  expect(check(pods, maker('ServiceAccount', { name: raw('var.account') }))).toEqual([]);
  expect(check(pods, maker('ServiceAccount', { namespace: raw('var.namespace') }))).toEqual([]);
  const generated = maker('ServiceAccount', { name: undefined, generate_name: 'x' });
  expect(check(pods, generated)).toEqual([missing('ServiceAccount "x" in the namespace "apps"')]);
});

it.each([
  inContainer({ env: [{ value_from: { secret_key_ref: { name: 'x', key: 'k', optional: true } } }] }),
  inContainer({ env_from: [{ config_map_ref: { name: 'x', optional: true } }] }),
  inPod({ volume: [{ name: 'v', secret: { secret_name: 'x', optional: true } }] }),
  inPod({ service_account_name: 'default' }),
  inPod({ priority_class_name: 'system-node-critical' }),
  inPod({ volume: [{ name: 'v', config_map: { name: 'kube-root-ca.crt' } }] }),
  makesPods('app', { type: 'stateful_set', spec: { service_name: '' } }),
  object('role_binding', 'app', { role_ref: { kind: 'ClusterRole', name: 'view' } }),
  object('role_binding', 'app', { subject: [{ kind: 'User', name: 'me' }] }),
  resourceBlock('kubernetes_config_map_v1', 'app', { metadata: { name: 'app', namespace: 'kube-system' } }),
])('accepts what is optional, or there from the start: case %#', (block) => {
  expect(check(block)).toEqual([]);
});

it('wants namespaces, classes and accounts of bindings to be made', () => {
  expect(check(maker('Secret', { namespace: 'app' }))).toEqual([
    missing('Namespace "app"', 'kubernetes_secret_v1.x'),
  ]);
  expect(check(object('ingress', 'app', { spec: { ingress_class_name: 'nginx' } }))).toEqual([
    missing('IngressClass "nginx"', 'kubernetes_ingress_v1.app'),
  ]);
  const binding = resourceBlock('kubernetes_cluster_role_binding_v1', 'app', {
    metadata: { name: 'app' },
    role_ref: { kind: 'ClusterRole', name: 'reader' },
    subject: [
      { kind: 'ServiceAccount', name: 'x', namespace: 'apps' },
      { kind: 'ServiceAccount', name: 'default' },
    ],
  });
  expect(check(binding)).toEqual([
    missing('ClusterRole "reader"', 'kubernetes_cluster_role_binding_v1.app'),
    missing('ServiceAccount "x" in the namespace "apps"', 'kubernetes_cluster_role_binding_v1.app'),
  ]);
});
