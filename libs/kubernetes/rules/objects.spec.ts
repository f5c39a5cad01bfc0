import { type Block, dataBlock, raw, resourceBlock } from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from './example-home';
import {
  madeElsewhereAnnotation,
  requireMadeKeys,
  requireMadeObjects,
  requireMatchingSelectors,
  uniqueIngressHosts,
  uniqueObjects,
} from './objects';

describe('uniqueObjects', () => {
  const one = object('config_map', 'one', { metadata: { name: 'settings', namespace: 'apps' } });
  const two = (metadata: object, type = 'config_map', more: object = {}) =>
    object(type, 'two', { metadata: { name: 'settings', namespace: 'apps', ...metadata }, ...more });
  const check = (...blocks: Block[]) =>
    complaints(uniqueObjects, ...exampleHome({ one: [one], two: blocks }));

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
});

describe('uniqueIngressHosts', () => {
  const rule = uniqueIngressHosts({ domain: 'rpi' });
  const ingress = (name: string, ...hosts: unknown[]) =>
    object('ingress', name, { spec: { rule: hosts.map((host) => ({ host })) } });

  it('accepts hosts of the domain, each served by one Ingress', () => {
    const home = exampleHome({
      feed: [ingress('feed', 'feed.rpi', 'news.feed.rpi')],
      diary: [ingress('diary', 'diary.rpi', '*.diary.rpi', raw('var.host'), raw('var.host'))],
      none: [object('ingress', 'none', { spec: { default_backend: { service: { name: 'a' } } } })],
    });
    expect(complaints(rule, ...home)).toEqual([]);
  });

  it('names both workloads that serve one host alike, whatever stacks they are in', () => {
    const home = [
      ...exampleHome({ feed: [ingress('feed', 'feed.rpi')] }),
      ...exampleHome({ dashboard: [ingress('dashboard', 'feed.rpi')] }, 'integrations'),
    ];
    expect(complaints(rule, ...home)).toEqual([
      'apps/workloads/feed and apps/integrations/dashboard: host "feed.rpi" must be unique, but both have it. ' +
        'Give each app a host of its own, or write the paths of one app under one rule.',
    ]);
  });

  it('refuses a host that one workload serves twice', () => {
    expect(complaints(rule, ingress('feed', 'feed.rpi', 'feed.rpi'))).toEqual([
      'apps/workloads/app: host "feed.rpi" must be unique, but is there twice. ' +
        'Give each app a host of its own, or write the paths of one app under one rule.',
    ]);
  });

  it('lets one workload serve the paths of a host by several Ingresses, and each of them once', () => {
    const serving = (name: string, ...paths: string[]) =>
      object('ingress', name, {
        spec: { rule: [{ host: 'feed.rpi', http: { path: paths.map((path) => ({ path })) } }] },
      });
    const check = (...blocks: Block[]) => complaints(rule, ...exampleHome({ feed: blocks }));
    expect(check(serving('feed', '/'), serving('public', '/a', '/b'))).toEqual([]);
    expect(check(serving('feed', '/'), serving('public', '/a', '/'))).toHaveLength(1);
    expect(check(serving('feed', '/'), ingress('whole', 'feed.rpi'))).toHaveLength(1);
  });

  it.each([
    ['feed.example.org', 'feed.rpi'],
    ['feed', 'feed.rpi'],
    ['feedrpi', 'feedrpi.rpi'],
    ['rpi', 'rpi.rpi'],
    ['.rpi', 'name.rpi'],
    [undefined, 'name.rpi'],
  ])('refuses the host %s outside the domain', (host, better) => {
    expect(complaints(rule, ingress('feed', host))).toEqual([
      `apps/workloads/app: host "${host ?? ''}" must lie in the domain "rpi". Write "${better}".`,
    ]);
  });
});

describe('requireMadeObjects', () => {
  const namespace = resourceBlock('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });
  const check = (...blocks: Block[]) =>
    complaints(requireMadeObjects, ...exampleHome({ app: [namespace, ...blocks] }));
  const inContainer = (given: object) => makesPods('app', { podSpec: { container: [container(given)] } });
  const inPod = (podSpec: object) => makesPods('app', { podSpec });
  const missing = (what: string, from = 'kubernetes_deployment_v1.app') =>
    `apps/workloads/app: ${from}: the ${what} must be made by the home. Make it, or correct the name.`;

  it('says a wrong namespace once for a workload, and nothing of what would be in it', () => {
    const metadata = { name: 'web', namespace: 'appz' };
    const spec = { tls: [{ secret_name: 'x' }] };
    const made = ['ingress', 'config_map'].map((type) => object(type, 'web', { metadata, spec }));
    expect(check(...made)).toEqual([
      'apps/workloads/app: the Namespace "appz" must be made by the home. Make it, or correct the name.',
    ]);
  });

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
    [
      'ingress',
      object('ingress', 'app', { spec: { default_backend: { service: { name: 'x' } } } }),
      'Service',
    ],
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

  it('accepts what is made elsewhere where its user says so', () => {
    const binding = (annotations: object) =>
      object('role_binding', 'app', { metadata: { annotations }, role_ref: { kind: 'Role', name: 'x' } });
    expect(check(binding({ [madeElsewhereAnnotation('role')]: 'the operator makes x' }))).toEqual([]);
    expect(check(binding({ [madeElsewhereAnnotation('role')]: 'the operator makes xy' }))).toHaveLength(1);
    expect(check(binding({ [madeElsewhereAnnotation('secret')]: 'x' }))).toHaveLength(1);
  });

  it('lets a custom resource of the same namespace name what its controller makes', () => {
    const pods = inPod({ volume: [{ name: 'v', secret: { secret_name: 'x' } }] });
    const custom = (apiVersion: string, namespace: string) =>
      resourceBlock('kubernetes_manifest', 'x', {
        manifest: { apiVersion, metadata: { namespace }, spec: { target: { name: 'x' } } },
      });
    expect(check(pods, custom('external-secrets.io/v1', 'apps'))).toEqual([]);
    const refusal = [missing('Secret "x" in the namespace "apps"')];
    expect(check(pods, custom('external-secrets.io/v1', 'infra'))).toEqual(refusal);
    expect(check(pods, custom('rbac.authorization.k8s.io/v1', 'apps'))).toEqual(refusal);
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
});

describe('requireMadeKeys', () => {
  const config = object('config_map', 'x', { data: { 'app.yml': 'a' }, binary_data: { logo: 'AA==' } });
  const secret = object('secret', 'x', { data_wo: { password: raw('var.password') } });
  const check = (made: Block, user: Block) =>
    complaints(requireMadeKeys, ...exampleHome({ app: [made, user] }));
  const fromEnv = (kind: string, key: unknown, more: object = {}) =>
    makesPods('app', {
      podSpec: {
        container: [
          container({ env: [{ value_from: { [`${kind}_key_ref`]: { name: 'x', key, ...more } } }] }),
        ],
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
});

describe('requireMatchingSelectors', () => {
  const service = (selector: unknown, metadata: object = {}) =>
    object('service', 'web', {
      metadata: { name: 'web', namespace: 'apps', ...metadata },
      spec: { selector },
    });
  const web = makesPods('web', {});
  const check = (...blocks: Block[]) => complaints(requireMatchingSelectors, ...exampleHome({ app: blocks }));
  const unmatched = (selector: string) =>
    `apps/workloads/app: kubernetes_service_v1.web: selector ${selector} must match a pod of its namespace. ` +
    'Use the labels of the pod template that it is for, or say why in the annotation "homeserver.lknuth.dev/selector".';

  it.each([
    ['the labels of a pod', { app: 'web' }],
    ['labels that only Terraform knows', { app: raw('var.app') }],
    ['a selector that only Terraform knows', raw('var.selector')],
    ['no selector', undefined],
    ['an empty selector', {}],
  ])('accepts a Service with %s', (_, selector) => {
    expect(check(web, service(selector))).toEqual([]);
  });

  it('accepts a Service whose pods are in another workload and stack', () => {
    const home = [
      ...exampleHome({ a: [web] }, 'workloads'),
      ...exampleHome({ b: [service({ app: 'web' })] }, 'integrations'),
    ];
    expect(complaints(requireMatchingSelectors, ...home)).toEqual([]);
  });

  it('refuses a Service that selects no pod', () => {
    expect(check(web, service({ app: 'webb' }))).toEqual([unmatched('"app=webb"')]);
    expect(check(web, service({ app: 'web', tier: 'front' }))).toEqual([unmatched('"app=web, tier=front"')]);
    expect(check(web, service({ app: 'web' }, { namespace: 'infra' }))).toEqual([unmatched('"app=web"')]);
    expect(check(service({ app: raw('var.app') }))).toEqual([unmatched('"app=…"')]);
  });

  it('leaves open what pods with unknown labels or namespaces are for', () => {
    const unknown = makesPods('other', {
      metadata: { labels: { app: raw('var.app') } },
      spec: { selector: { match_labels: { app: raw('var.app') } } },
    });
    expect(check(unknown, service({ app: 'web' }))).toEqual([]);
    expect(check(web, service({ app: 'web' }, { namespace: raw('var.namespace') }))).toEqual([]);
  });

  it('does not ask for the pods of a Service that is only looked up', () => {
    expect(check(dataBlock('kubernetes_service_v1', 'web', { spec: { selector: { app: 'web' } } }))).toEqual(
      [],
    );
  });

  it('refuses a Service that sends people to another workload’s pods as well', () => {
    const job = makesPods('verify', { type: 'cron_job', metadata: { labels: { app: 'web' } } });
    expect(check(web, job, service({ app: 'web' }))).toEqual([
      'apps/workloads/app: kubernetes_service_v1.web: selector "app=web" must match the pods of one workload, but matches ' +
        'those of apps/workloads/app: kubernetes_deployment_v1.web and apps/workloads/app: kubernetes_cron_job_v1.verify. ' +
        'Give the others a label of another value, or say why in the annotation "homeserver.lknuth.dev/selector".',
    ]);
  });

  it('accepts a Service of several workloads, or of none, that says why', () => {
    const says = (selector: object, reason: unknown) =>
      service(selector, { annotations: { 'homeserver.lknuth.dev/selector': reason } });
    const other = makesPods('other', {
      metadata: { labels: { app: 'web' } },
      spec: { selector: { match_labels: { app: 'web' } } },
    });
    expect(check(web, other, says({ app: 'web' }, 'members find each other by it'))).toEqual([]);
    expect(check(web, says({ app: 'operated' }, 'an operator makes them'))).toEqual([]);
    expect(check(web, says({ app: 'webb' }, ' '))).toEqual([unmatched('"app=webb"')]);
  });

  it('lets a Deployment that is scaled to nothing stay beside its successor', () => {
    const old = makesPods('old', { spec: { replicas: '0' }, metadata: { labels: { app: 'web' } } });
    const stopped = makesPods('web', { spec: { replicas: '0' } });
    const complain = (...blocks: Block[]) => check(...blocks).filter((line) => line.includes('service'));
    expect(complain(old, web, service({ app: 'web' }))).toEqual([]);
    expect(complain(stopped, service({ app: 'web' }))).toEqual([]);
  });

  it.each([
    [{ match_labels: { app: 'web' } }],
    [{ match_expressions: [{ key: 'app', operator: 'In', values: ['web', 'other'] }] }],
    [{ match_expressions: [{ key: 'app', operator: 'NotIn', values: ['other'] }] }],
    [{ match_expressions: [{ key: 'app', operator: 'Exists' }] }],
    [{ match_expressions: [{ key: 'tier', operator: 'DoesNotExist' }] }],
    [{ match_expressions: [{ key: 'app', operator: raw('var.operator') }] }],
  ])('accepts a Deployment that selects its pods, case %#', (selector) => {
    expect(check(makesPods('web', { spec: { selector } }))).toEqual([]);
  });

  it.each([
    [{ match_labels: { app: 'webb' } }, 'app=webb'],
    [{ match_labels: { app: 'web' }, match_expressions: [{ key: 'tier', operator: 'Exists' }] }, 'app=web'],
    [{ match_expressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, ''],
  ])('refuses a Deployment that selects by %j', (selector, shown) => {
    expect(check(makesPods('web', { spec: { selector } }))).toEqual([
      `apps/workloads/app: kubernetes_deployment_v1.web: selector "${shown}" must match the labels of its own pods, ` +
        '"app=web". Use the same labels in both.',
    ]);
  });
});
