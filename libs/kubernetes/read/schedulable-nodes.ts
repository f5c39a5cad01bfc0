import { type home } from '@home/home';
import { isExpression } from '@home/terraform';
import { nestedBlock, nestedBlocks } from './known-body';
import { type Pod } from './pods';

/** What is to be known of a home's nodes to tell which pods they take. */
export type NodesOfHome = {
  readonly cluster: Pick<(typeof home)['cluster'], 'allowSchedulingOnControlPlanes'>;
  readonly network: { readonly nodes: readonly NodeOfHome[] };
};

export type NodeOfHome = Pick<
  (typeof home)['network']['nodes'][number],
  'name' | 'role' | 'memoryForPods' | 'labels' | 'taints'
>;

/** The nodes on which a pod may run, by its node selector and tolerations. */
export function nodesFor(pod: Pod, { cluster, network }: NodesOfHome): readonly NodeOfHome[] {
  return network.nodes.filter((node) => {
    const closed = node.role === 'controlplane' && !cluster.allowSchedulingOnControlPlanes;
    const taints = [...(node.taints ?? []), ...(closed ? [controlPlaneTaint] : [])];
    return hasLabels(node, pod) && taints.every((taint) => tolerates(pod, taint));
  });
}

const controlPlaneTaint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' } as const;

/** Labels that the facts do not name may be there: Kubernetes itself sets some. */
function hasLabels({ name, labels = {} }: NodeOfHome, { spec }: Pod): boolean {
  const known: Readonly<Record<string, string>> = { ...labels, 'kubernetes.io/hostname': name };
  const asked = spec['node_name'];
  if (typeof asked === 'string' && asked !== name) return false;
  return Object.entries(nestedBlock(spec['node_selector'])).every(
    ([label, value]) => isExpression(value) || known[label] === undefined || known[label] === value,
  );
}

type Taint = NonNullable<NodeOfHome['taints']>[number];

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates({ spec }: Pod, taint: Taint): boolean {
  if (taint.effect === 'PreferNoSchedule') return true;
  return nestedBlocks(spec['toleration']).some(({ key, operator = 'Equal', value = '', effect }) => {
    if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
    if (key === undefined || key === '') return operator === 'Exists';
    return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
  });
}
