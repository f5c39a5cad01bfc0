import { type Problem, type Rule } from '@home/terraform';
import { type HostPort, collide, formatPort, hostPortsOf } from '../../read/ports';
import { nestedBlock } from '../../read/known-body';
import { notUnique } from '../not-unique';
import { placeOf } from '../../read/objects';
import { type Pod, copiesOf, podsIn } from '../../read/pods';
import { type NodesOfHome, nodesFor } from '../../read/schedulable-nodes';

/** No two pods take the same port of a node, nor two containers of a pod: the second one would never run. */
export const uniqueHostPorts = (facts: NodesOfHome): Rule => ({
  name: 'unique-host-ports',
  check(home) {
    const taken: { port: HostPort; pod: Pod }[] = [];
    return podsIn(home).flatMap((pod) =>
      hostPortsOf(pod).flatMap((port) => {
        const other = taken.find((one) => collide(one.port, port) && mayShareNode(one.pod, pod));
        taken.push({ port, pod });
        if (other === undefined) return checkCopies(pod, port, facts);
        const [one, two] = [placeOf(other.pod.owned), placeOf(pod.owned)];
        return [
          notUnique(one, two, `host port ${formatPort(port)}`, 'Choose another port for one of the two'),
        ];
      }),
    );
  },
});

/** Each pod of one kind needs a node of its own. */
function checkCopies(pod: Pod, port: HostPort, facts: NodesOfHome): Problem[] {
  const copies = pod.maker.kind === 'daemonset' ? 1 : copiesOf(pod);
  if (copies <= 1) return [];
  const nodes = nodesFor(pod, facts).length;
  if (copies <= nodes || nodes === 0) return [];
  const what = `host port ${formatPort(port)} must be free for each of its ${copies} pods, but ${nodes} of the nodes may run them`;
  return [{ where: placeOf(pod.owned), what, remedy: 'Lower its replicas' }];
}

/** Pods that are bound to different nodes never meet. */
function mayShareNode(one: Pod, other: Pod): boolean {
  if (one === other) return true;
  const [here, there] = [nestedBlock(one.spec['node_selector']), nestedBlock(other.spec['node_selector'])];
  return Object.entries(here).every(([label, value]) => {
    const wanted = there[label] ?? value;
    return typeof value !== 'string' || typeof wanted !== 'string' || wanted === value;
  });
}
