import { type Rule } from '@home/terraform';
import { type HostPort, collide, formatPort, hostPortsOf } from '../host-ports';
import { nestedBlock } from '../known-body';
import { placeOf } from '../objects';
import { type Pod, podsIn } from '../pods';

/** No two pods take the same port of a node, nor two containers of a pod: the second one would never run. */
export const uniqueHostPorts: Rule = {
  name: 'unique-host-ports',
  check(home) {
    const taken: { port: HostPort; pod: Pod }[] = [];
    return podsIn(home).flatMap((pod) =>
      hostPortsOf(pod).flatMap((port) => {
        const other = taken.find((one) => collide(one.port, port) && mayShareNode(one.pod, pod));
        taken.push({ port, pod });
        if (other === undefined) return [];
        const also = other.pod === pod ? 'is named twice here' : `${placeOf(other.pod.owned)} takes it, too`;
        return [
          {
            where: placeOf(pod.owned),
            what: `host port ${formatPort(port)} must be unique, but ${also}`,
            remedy: 'Choose another port for one of the two',
          },
        ];
      }),
    );
  },
};

/** Pods that are bound to different nodes never meet. */
function mayShareNode(one: Pod, other: Pod): boolean {
  if (one === other) return true;
  const [here, there] = [nestedBlock(one.spec['node_selector']), nestedBlock(other.spec['node_selector'])];
  return Object.entries(here).every(([label, value]) => {
    const wanted = there[label] ?? value;
    return typeof value !== 'string' || typeof wanted !== 'string' || wanted === value;
  });
}
