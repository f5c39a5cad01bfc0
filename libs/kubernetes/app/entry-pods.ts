import { type Home, home } from '@home/home';
import type { Kubernetes } from '@home/providers';
import { taintsOf } from '../read/pods';
import { type PodProps, daemonSet, deployment } from './pods';

/**
 * Pods that answer at the addresses of the home, on the network of the nodes in `network.entryNodes`: one pod where that
 * is one node. Of several each has its own, which stays with it: a Deployment's next pod would find no free node when
 * one is lost.
 */
export function entryPods(
  name: string,
  props: PodProps,
  { entry, cluster }: Pick<Home, 'entry' | 'cluster'> = home,
) {
  const [first, ...more] = entry.nodes.map((node) => node.name);
  const toleration = tolerationsOf(entry.nodes.flatMap((node) => taintsOf(node, cluster)));
  const spec = {
    host_network: true,
    ...props.spec,
    ...(toleration.length > 0 && { toleration }),
  };
  const hostname = 'kubernetes.io/hostname';
  if (more.length === 0)
    return deployment(name, { ...props, spec: { ...spec, node_selector: { [hostname]: first ?? '' } } });
  const match_expressions = [{ key: hostname, operator: 'In', values: [first ?? '', ...more] }];
  const required_during_scheduling_ignored_during_execution = { node_selector_term: [{ match_expressions }] };
  return daemonSet(name, {
    ...props,
    spec: {
      ...spec,
      affinity: { node_affinity: { required_during_scheduling_ignored_during_execution } },
    },
  });
}

/** Each once: nodes of a kind have the same taints. */
function tolerationsOf(taints: ReturnType<typeof taintsOf>): Kubernetes.Toleration[] {
  const texts = taints.map(({ key, value, effect }) =>
    JSON.stringify({ key, operator: value === undefined ? 'Exists' : 'Equal', value, effect }),
  );
  return [...new Set(texts)].map((text) => JSON.parse(text) as Kubernetes.Toleration);
}
