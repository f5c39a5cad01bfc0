import pc from 'picocolors';
import { changedOutside, driftMarkdown, findDrift, printDrift } from './drift';
import type { Change, ResourceChange } from './plan-json';

const address = 'kubernetes_deployment_v1.traefik';
const change = (before: unknown, after: unknown, more: Partial<Change> = {}): ResourceChange => ({
  address,
  mode: 'managed',
  type: 'kubernetes_deployment_v1',
  change: {
    actions: after === null ? ['delete'] : before === null ? ['create'] : ['update'],
    before,
    after,
    ...more,
  },
});
const find = (seen: ResourceChange, next?: ResourceChange) =>
  findDrift({ resource_drift: [seen] }, { resource_changes: next ? [next] : [] }, () => 'ingress');

const left = { spec: [{ replicas: '1' }], metadata: [{ generation: 1, annotations: { mine: 'a' } }] };
const found = {
  spec: [{ replicas: '3' }],
  metadata: [{ generation: 2, annotations: { mine: 'a', theirs: 'b' } }],
};

it('is what the next apply would put back, and not what the cluster fills in', () => {
  // The provider ignores the annotation and the generation, so the plan leaves them as they are.
  const next = change(found, { ...found, spec: [{ replicas: '1' }] });
  expect(find(change(left, found), next)).toEqual([
    {
      address,
      workload: 'ingress',
      vanished: false,
      arguments: [{ path: 'spec[0].replicas', old: '1', new: '3' }],
    },
  ]);
});

it('is nothing when the plan leaves everything as it is', () => {
  expect(
    find(change(left, found), {
      ...change(found, found),
      change: { ...change(found, found).change, actions: ['no-op'] },
    }),
  ).toEqual([]);
});

it('is nothing that the plan does not know', () => {
  expect(find(change(left, found))).toEqual([]);
  expect(findDrift({ resource_drift: [change(left, found)] }, {}, () => 'ingress')).toEqual([]);
});

it('is no data source, and nothing that is as it was', () => {
  const same = change(left, left, { actions: ['no-op'] });
  expect(changedOutside({ resource_drift: [{ ...change(left, found), mode: 'data' }, same] })).toStrictEqual(
    [],
  );
});

it.each([
  [{ a: { b: 1 } }, true],
  [{ abc: 1 }, false],
])('is a part or the whole of what the plan puts back, and nothing of a like name: %j', (more, isDrift) => {
  const [was, is] = [{ ...left }, { ...left, ...more }];
  const [part, whole] = [change(is, { ...is, a: {} }), change(was, is)];
  expect(find(whole, part)).toHaveLength(isDrift ? 1 : 0);
  expect(find(change({ ...is, a: {} }, is), change(is, was))).toHaveLength(isDrift ? 1 : 0);
});

it('belongs to the workload that has it by its new address', () => {
  const next = { ...change(found, left), address: 'a_b.new', previous_address: address };
  const workloads: Record<string, string> = { 'a_b.new': 'ingress' };
  const seen = { resource_drift: [change(left, found)] };
  expect(findDrift(seen, { resource_changes: [next] }, (one) => workloads[one])).toMatchObject([
    { workload: 'ingress' },
  ]);
  workloads[address] = 'own';
  expect(findDrift(seen, { resource_changes: [next] }, (one) => workloads[one])).toMatchObject([
    { workload: 'own' },
  ]);
});

it('is nothing when only another argument is about to change', () => {
  expect(
    find(
      change(left, { ...left, metadata: [{ generation: 5 }] }),
      change(left, { ...left, spec: [{ replicas: '2' }] }),
    ),
  ).toEqual([]);
});

it('is no annotation of Kubernetes itself, though the plan would take it away', () => {
  const annotated = (annotations: object): object => ({ metadata: [{ annotations }] });
  for (const key of ['kubectl.kubernetes.io/restartedAt', 'kubernetes.io/x', 'a.b.k8s.io/x']) {
    const restarted = annotated({ [key]: 'now' });
    expect(find(change(annotated({}), restarted), change(restarted, annotated({})))).toEqual([]);
  }
  const byHand = annotated({ 'example.org/note': 'x' });
  expect(find(change(annotated({}), byHand), change(byHand, annotated({})))).toHaveLength(1);
});

it('is an object that is gone and would be made again', () => {
  expect(find(change(left, null), change(null, left))).toEqual([
    { address, workload: 'ingress', vanished: true, arguments: [] },
  ]);
  expect(find(change(left, null))).toEqual([]);
});

it('is told by workload and argument, without sensitive values', () => {
  const secret = { before_sensitive: { data: true }, after_sensitive: { data: true } };
  const drifted = find(
    change({ ...left, data: 'old secret' }, { ...found, data: 'other secret' }, secret),
    change({ ...found, data: 'other secret' }, { ...left, data: 'old secret' }, secret),
  );
  const lines = printDrift({ stack: 'platform', drifted }, pc.createColors(false)).join('\n');
  expect(lines).toContain('  ingress\n    ~ kubernetes_deployment_v1.traefik\n        data: (sensitive)');
  expect(lines).not.toContain('secret ');
  expect(
    driftMarkdown([
      { stack: 'platform', drifted },
      { stack: 'cluster', drifted: [] },
    ]),
  ).toBe(`### platform

1 resource was changed behind Terraform's back.

| workload | resource | what |
| --- | --- | --- |
| ingress | \`kubernetes_deployment_v1.traefik\` | data: (sensitive) |
| ingress | \`kubernetes_deployment_v1.traefik\` | metadata[0].annotations.theirs: was (none), is "b" |
| ingress | \`kubernetes_deployment_v1.traefik\` | metadata[0].generation: was 1, is 2 |
| ingress | \`kubernetes_deployment_v1.traefik\` | spec[0].replicas: was "1", is "3" |

### cluster

As it was left.
`);
});

it('is told as a whole where an object is gone, where there is none, and where nothing is known', () => {
  const drifted = find(change(left, null), change(null, left));
  const print = (of: typeof drifted) =>
    printDrift({ stack: 'platform', drifted: of }, pc.createColors(false));
  expect(print(drifted)).toEqual([
    "platform: 1 resource was changed behind Terraform's back",
    '',
    '  ingress',
    `    - ${address} is gone`,
  ]);
  expect(print([...drifted, ...drifted])[0]).toMatch(/^platform: 2 resources were/);
  expect(print([])).toEqual(['platform: as it was left']);
  expect(driftMarkdown([{ stack: 'platform', drifted }])).toContain(
    `\n| ingress | \`${address}\` | is gone |\n`,
  );
  expect(driftMarkdown([{ stack: 'platform', drifted: [], problem: 'no  route' }])).toBe(
    '### platform\n\nNothing is known: no route\n',
  );
});

it('keeps values inside their cell of the Markdown table', () => {
  const drifted = find(change({ a: 'x' }, { a: '|<b>`\n' }), change({ a: '|<b>`\n' }, { a: 'x' }));
  expect(driftMarkdown([{ stack: 's', drifted }])).toContain('a: was "x", is "\\|&lt;b&gt;\\`\\\\n" |');
});
