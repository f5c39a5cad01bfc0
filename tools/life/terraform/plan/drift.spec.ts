import pc from 'picocolors';
import { driftMarkdown, findDrift, printDrift } from './drift';
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
  const restarted = annotated({ 'kubectl.kubernetes.io/restartedAt': 'now' });
  expect(find(change(annotated({}), restarted), change(restarted, annotated({})))).toEqual([]);
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

it('keeps values inside their cell of the Markdown table', () => {
  const drifted = find(change({ a: 'x' }, { a: '|<b>`\n' }), change({ a: '|<b>`\n' }, { a: 'x' }));
  expect(driftMarkdown([{ stack: 's', drifted }])).toContain('a: was "x", is "\\|&lt;b&gt;\\`\\\\n" |');
});
