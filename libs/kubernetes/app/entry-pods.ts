import { type Home, home } from '@home/home';
import { placeOn } from './place-on';
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
  const spec = { host_network: true, ...props.spec, ...placeOn(entry.nodes, cluster) };
  const make = entry.nodes.length === 1 ? deployment : daemonSet;
  return make(name, { ...props, spec });
}
