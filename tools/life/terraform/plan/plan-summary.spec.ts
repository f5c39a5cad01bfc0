import pc from 'picocolors';
import type { Change, PlanJson, ResourceChange } from './plan-json';

import { byWorkload, countsOf, printPlan, summarizePlan } from './plan-summary';

const colors = pc.createColors(false);

function resource(
  address: string,
  change: Partial<Change>,
  more: Partial<ResourceChange> = {},
): ResourceChange {
  const [type = ''] = address.split('.');
  return {
    address,
    mode: 'managed',
    type,
    change: { actions: ['update'], before: null, after: null, ...change },
    ...more,
  };
}

function print(plan: PlanJson): string {
  const workloads: Record<string, string> = { 'kubernetes_deployment_v1.traefik': 'ingress' };
  return printPlan(
    summarizePlan('platform', plan, (address) => workloads[address] ?? 'gotify'),
    new Map(),
    colors,
  ).join('\n');
}

it('finds the argument in a nested block', () => {
  const pod = (image: string): object => ({
    spec: [{ template: [{ spec: [{ container: [{ image, name: 'web' }] }] }] }],
  });
  const change = resource('kubernetes_deployment_v1.traefik', {
    before: pod('traefik:v3.4.4'),
    after: pod('traefik:v3.5.0'),
  });
  expect(print({ resource_changes: [change] })).toBe(`platform: 1 to change

  ingress
    ~ kubernetes_deployment_v1.traefik
        spec[0].template[0].spec[0].container[0].image: "traefik:v3.4.4" → "traefik:v3.5.0"`);
});

it('shows no sensitive value, neither alone nor inside another one', () => {
  const change = resource('kubernetes_secret_v1.token', {
    before: { data: { token: 'old secret' }, list: [{ key: 'k', value: 'hidden' }] },
    after: {
      data: { token: 'new secret' },
      list: [
        { key: 'k', value: 'hidden' },
        { key: 'l', value: 'hidden too' },
      ],
    },
    before_sensitive: { data: true, list: [{ value: true }] },
    after_sensitive: { data: true, list: [{ value: true }, { value: true }] },
  });
  expect(print({ resource_changes: [change] })).toBe(`platform: 1 to change

  gotify
    ~ kubernetes_secret_v1.token
        data: (sensitive)
        list[1]: (none) → {"key":"l","value":"(sensitive)"}`);
});

it('leaves out what the provider alone knows, and shows what the home sets though it is not known yet', () => {
  const change = resource('minio_iam_user_policy_attachment.litestream', {
    before: { id: 'a', user_name: 'old', metadata: [{ name: 'x', generation: 1 }] },
    after: { metadata: [{ name: 'x' }] },
    after_unknown: { id: true, user_name: true, metadata: [{ generation: true }] },
  });
  const configuration = {
    root_module: {
      resources: [
        {
          address: 'minio_iam_user_policy_attachment.litestream',
          expressions: {
            user_name: { references: ['minio_iam_user.litestream.name'] },
            metadata: [{ name: { constant_value: 'x' } }],
          },
        },
      ],
    },
  };
  expect(print({ resource_changes: [change], configuration })).toBe(`platform: 1 to change

  gotify
    ~ minio_iam_user_policy_attachment.litestream
        user_name: "old" → (known after apply)`);
});

it('shows of a long text the lines that differ', () => {
  const text = (middle: string): string => ['a', 'b', middle, 'd', 'e'].join('\n');
  const change = resource('kubernetes_config_map_v1.dns', {
    before: { data: { Corefile: text('old') } },
    after: { data: { Corefile: text('new') } },
  });
  expect(print({ resource_changes: [change] })).toContain(`
        data.Corefile:3: "old" → "new"`);
});

it.each<[string, ResourceChange, string]>([
  ['what is new', resource('gotify_client.a', { actions: ['create'] }), '    + gotify_client.a'],
  ['what goes', resource('gotify_client.a', { actions: ['delete'] }), '    - gotify_client.a'],
  [
    'a replacement of what is not destroyed',
    resource('gotify_client.a', { actions: ['create', 'forget'] }),
    '    ± gotify_client.a',
  ],
  [
    'a replacement by the argument that cannot change in place',
    resource('kubernetes_secret_v1.a', {
      actions: ['delete', 'create'],
      replace_paths: [['metadata', 0, 'name']],
    }),
    '    ± kubernetes_secret_v1.a, because of metadata[0].name',
  ],
  [
    'a replacement by two of them',
    resource('kubernetes_secret_v1.a', {
      actions: ['delete', 'create'],
      replace_paths: [['metadata', 0, 'name'], ['type']],
    }),
    '    ± kubernetes_secret_v1.a, because of metadata[0].name, type',
  ],
  [
    'a replacement of what runs already, which is no import then',
    resource('kubernetes_namespace_v1.apps', {
      actions: ['delete', 'create'],
      importing: { id: 'apps' },
    }),
    '    ± kubernetes_namespace_v1.apps, which runs as apps',
  ],
  [
    'a replacement of what was left unfinished',
    resource(
      'minio_s3_bucket.a',
      { actions: ['create', 'delete'] },
      { action_reason: 'replace_because_tainted' },
    ),
    '    ± minio_s3_bucket.a, because it was left unfinished',
  ],
  [
    'a new address',
    resource('minio_s3_bucket.b', { actions: ['no-op'] }, { previous_address: 'minio_s3_bucket.a' }),
    '    > minio_s3_bucket.b, until now minio_s3_bucket.a',
  ],
  [
    'an object that runs already',
    resource('kubernetes_namespace_v1.apps', { actions: ['no-op'], importing: { id: 'apps' } }),
    '    = kubernetes_namespace_v1.apps, which runs as apps',
  ],
  ['what is only forgotten', resource('gotify_client.a', { actions: ['forget'] }), '    . gotify_client.a'],
])('tells %s', (_, change, line) => {
  expect(print({ resource_changes: [change] }).split('\n')).toContain(line);
});

it('says by workload what happens, with what there is to know of it, and last what nobody describes', () => {
  const workloads: Record<string, string> = { 'a_b.first': 'notes', 'a_b.second': 'feed' };
  const gone = ['a_b.gone', 'a_b.second', 'a_b.first'].map((address) =>
    resource(address, { actions: ['delete'] }),
  );
  const summary = summarizePlan('apps', { resource_changes: gone }, (address) => workloads[address]);
  const lines = printPlan(summary, new Map([['feed', ['Its database goes.']]]), colors);
  expect(lines.filter((line) => /^ {2}\S|^ {4}[^-]/.test(line))).toEqual([
    '  feed',
    '    Its database goes.',
    '  notes',
    expect.not.stringMatching(/feed|notes/),
  ]);
});

it('says nothing of what stays, of data sources, or of an unchanged output', () => {
  const plan: PlanJson = {
    resource_changes: [
      resource('a_b.c', { actions: ['no-op'] }),
      resource('data.a_b.c', { actions: ['read'] }, { mode: 'data' }),
      resource('data.a_b.d', { actions: ['delete'] }, { mode: 'data' }),
    ],
    configuration: { root_module: {} },
    output_changes: { kubeconfig: { actions: ['no-op'], before: 1, after: 1 } },
  };
  expect(print(plan)).toBe('platform: nothing to do');
  expect(print({})).toBe('platform: nothing to do');
  expect(countsOf(summarizePlan('platform', plan, () => undefined))).toBe('nothing to do');
});

it('says which outputs change, and counts them where nothing else does', () => {
  const output = (action: Change['actions'][number]): Change => ({ actions: [action], before: 1, after: 2 });
  expect(print({ output_changes: { address: output('create'), domain: output('update') } }))
    .toBe(`platform: 2 outputs to change

  outputs
    + address
    ~ domain`);
});

it('knows whose it is by its former address, where the new one is in no file', () => {
  const moved = resource('a_b.new', { actions: ['no-op'] }, { previous_address: 'a_b.old' });
  const workloads: Record<string, string> = { 'a_b.old': 'notes' };
  const { changes } = summarizePlan('apps', { resource_changes: [moved] }, (address) => workloads[address]);
  expect(changes).toMatchObject([{ workload: 'notes', from: 'a_b.old' }]);
});

it.each([[['b', undefined, 'a']], [[undefined, 'b', 'a']]])('puts what is nobody’s last: %j', (workloads) => {
  const groups = byWorkload(workloads.map((workload) => ({ workload })));
  expect(groups.map(([name]) => name)).toEqual(['a', 'b', '(no longer described)']);
});
