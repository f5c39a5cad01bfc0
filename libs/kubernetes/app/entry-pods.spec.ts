import { type HomeFacts, type NodeFacts, readFacts, settle } from '@home/home';
import type { OwnedBlock } from '@home/terraform';
import { nodesFor, podsOf } from '../read/pods';
import { entryPods } from './entry-pods';

const facts = readFacts();
const [reference] = facts.network.nodes as [NodeFacts];

const homeOf = (
  cluster: Partial<HomeFacts['cluster']>,
  ...nodes: (Partial<NodeFacts> & { name: string })[]
) =>
  settle({
    ...facts,
    cluster: { ...facts.cluster, ...cluster },
    network: {
      ...facts.network,
      nodes: [
        ...nodes.map((node) => ({ ...reference, ...node })),
        { ...reference, name: 'other', role: 'worker' },
      ],
      entryNodes: nodes.map(({ name }) => name),
    },
  });

const made = (home: ReturnType<typeof homeOf>) =>
  entryPods(
    'dns',
    {
      namespace: 'infra',
      labels: { app: 'dns' } as never,
      container: { name: 'dns', image: 'dns:1.0.0', memory: '64Mi' },
    },
    home,
  );

/** The names of the nodes that the rules of the home believe the pods to run on. */
function nodesOf(home: ReturnType<typeof homeOf>): string[] {
  const owner = { stack: 'platform', workload: 'dns', where: 'apps/platform/dns' };
  const owned = { owner, block: made(home) } as OwnedBlock;
  return podsOf(owned).flatMap((pod) => nodesFor(pod, home).map(({ name }) => name));
}

const gpu = { key: 'gpu', value: 'yes', effect: 'NoSchedule' } as const;
const spare = { key: 'spare', effect: 'NoExecute' } as const;

it('runs one pod on one node, and one on each of several', () => {
  const [one, several] = [homeOf({}, { name: 'a' }), homeOf({}, { name: 'a' }, { name: 'b' })];
  expect(made(one)).toMatchObject({ type: 'kubernetes_deployment_v1' });
  expect(made(several)).toMatchObject({ type: 'kubernetes_daemon_set_v1' });
  expect(nodesOf(one)).toEqual(['a']);
  expect(nodesOf(several)).toEqual(['a', 'b']);
});

it.each<[string, ReturnType<typeof homeOf>, readonly string[]]>([
  ['taints of one node', homeOf({}, { name: 'a', taints: [gpu] }), ['a']],
  [
    'taints of several',
    homeOf({}, { name: 'a', taints: [gpu, spare] }, { name: 'b', taints: [spare] }),
    ['a', 'b'],
  ],
  [
    'control planes that take no other pods',
    homeOf({ allowSchedulingOnControlPlanes: false }, { name: 'a' }, { name: 'b' }),
    ['a', 'b'],
  ],
])('tolerates the %s', (_, home, nodes) => {
  expect(nodesOf(home)).toEqual(nodes);
});
