import { home } from '@home/home';
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
  const tolerant = tolerating(nodes, cluster);
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
export function placeFor({ devices = [], nodeSelector = {} }: AppProps): ReturnType<typeof placeOn> {
  const { network, cluster } = home;
  if (devices.length > 0) {
    const place = placeOn(nodesWith(devices), cluster);
    return { ...place, node_selector: { ...place.node_selector, ...nodeSelector } };
  }
  const selected = Object.entries(nodeSelector);
  if (selected.length === 0) return {};
  const fits = ({ name, labels = {} }: NodeOfHome): boolean =>
    selected.every(([key, value]) => (key === hostname ? name : labels[key]) === value);
  return { ...tolerating(network.nodes.filter(fits), cluster), node_selector: nodeSelector };
}

/** Each taint once: nodes of a kind have the same ones. */
function tolerating(
  nodes: readonly NodeOfHome[],
  cluster: NodesOfHome['cluster'],
): Pick<Kubernetes.PodSpec, 'toleration'> {
  const texts = nodes
    .flatMap((node) => taintsOf(node, cluster))
    .map(({ key, value, effect }) =>
      JSON.stringify({ key, operator: value === undefined ? 'Exists' : 'Equal', value, effect }),
    );
  const toleration = [...new Set(texts)].map((text) => JSON.parse(text) as Kubernetes.Toleration);
  return toleration.length > 0 ? { toleration } : {};
}
