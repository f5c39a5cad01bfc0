import { type Home, home } from '@home/home';
import type { Kubernetes } from '@home/providers';
import type { AppProps } from '../generated/web-app';
import { type NodeOfHome, type NodesOfHome, taintsOf } from '../read/pods';
import { nodesWith } from './devices';

const hostname = 'kubernetes.io/hostname';

/** What keeps a pod on certain nodes of the home, and lets it run there in spite of their taints. */
export function placeOn(
  nodes: readonly NodeOfHome[],
  cluster: NodesOfHome['cluster'],
): Pick<Kubernetes.PodSpec, 'affinity' | 'node_selector' | 'toleration'> {
  const [first = '', ...more] = nodes.map(({ name }) => name);
  const toleration = tolerationsOf(nodes.flatMap((node) => taintsOf(node, cluster)));
  const tolerant = toleration.length > 0 && { toleration };
  if (more.length === 0) return { ...tolerant, node_selector: { [hostname]: first } };
  const match_expressions = [{ key: hostname, operator: 'In', values: [first, ...more] }];
  const required_during_scheduling_ignored_during_execution = { node_selector_term: [{ match_expressions }] };
  return {
    ...tolerant,
    affinity: { node_affinity: { required_during_scheduling_ignored_during_execution } },
  };
}

/**
 * Where an app runs that is particular about it: on the nodes that have its devices, and on those that it selects. It
 * tolerates the taints of nodes that it names in this way.
 */
export function placeFor(
  { devices = [], nodeSelector = {} }: AppProps,
  facts: Pick<Home, 'network' | 'cluster'> = home,
): Partial<Kubernetes.PodSpec> {
  const selected = Object.entries(nodeSelector);
  if (devices.length === 0 && selected.length === 0) return {};
  const fits = ({ name, labels = {} }: NodeOfHome): boolean =>
    selected.every(([key, value]) => (key === hostname ? name : labels[key]) === value);
  const nodes = nodesWith(devices, facts).filter((node) => devices.length > 0 || fits(node));
  const { node_selector, affinity, ...tolerant } = placeOn(nodes, facts.cluster);
  return devices.length === 0
    ? { ...tolerant, node_selector: nodeSelector }
    : { ...tolerant, affinity, node_selector: { ...node_selector, ...nodeSelector } };
}

/** Each once: nodes of a kind have the same taints. */
function tolerationsOf(taints: ReturnType<typeof taintsOf>): Kubernetes.Toleration[] {
  const texts = taints.map(({ key, value, effect }) =>
    JSON.stringify({ key, operator: value === undefined ? 'Exists' : 'Equal', value, effect }),
  );
  return [...new Set(texts)].map((text) => JSON.parse(text) as Kubernetes.Toleration);
}
