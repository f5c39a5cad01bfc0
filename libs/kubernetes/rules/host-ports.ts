import { type Problem, type Rule, isExpression } from '@home/terraform';
import { isOpen, nestedBlock, nestedBlocks } from '../read/known-body';
import { type NodesOfHome, type Pod, copiesOf, nodesFor, podsIn } from '../read/pods';
import { mistake, notUnique, placeOf } from './mistake';

/** A Deployment that takes a port of its node ends the old pod first: the new one could not start beside it. */
export const requireRecreateWithHostPorts: Rule = (home) =>
  podsIn(home).flatMap((pod) => {
    const [port] = hostPortsOf(pod);
    if (pod.maker.kind !== 'deployment' || port === undefined || endsOldPodFirst(pod.makerSpec['strategy']))
      return [];
    const what = `the pod with host port ${formatPort(port)} must end before its successor starts`;
    return [mistake(pod.owned, what, "Use strategy: { type: 'Recreate' }")];
  });

function endsOldPodFirst(given: unknown): boolean {
  const { type = 'RollingUpdate', rolling_update } = nestedBlock(given);
  const { max_surge = '25%' } = nestedBlock(rolling_update);
  return (
    isOpen(given) ||
    type !== 'RollingUpdate' ||
    typeof max_surge === 'object' ||
    parseInt(String(max_surge)) === 0
  );
}

/**
 * No two pods take the same port of a node, nor two containers of a pod: the second one would never run. And none takes
 * a port of the machine itself: what is sent to the Kubernetes API would reach the pod, and nobody could remove it.
 */
export const uniqueHostPorts =
  (facts: NodesOfHome): Rule =>
  (home) => {
    const taken: { port: HostPort; pod: Pod }[] = [];
    return podsIn(home).flatMap((pod) =>
      hostPortsOf(pod).flatMap((port) => {
        const owner = port.protocol === 'TCP' ? machinePorts.get(port.number) : undefined;
        if (owner !== undefined) {
          const what = `host port ${formatPort(port)} must stay ${owner}`;
          return [mistake(pod.owned, what, 'Choose another port')];
        }
        const other = taken.find((one) => collide(one.port, port) && mayShareNode(one.pod, pod, facts));
        taken.push({ port, pod });
        if (other === undefined) return checkCopies(pod, port, facts);
        const [one, two] = [placeOf(other.pod.owned), placeOf(pod.owned)];
        return [notUnique(one, two, `host port ${formatPort(port)}`, remedyFor(port))];
      }),
    );
  };

/**
 * What listens on the addresses of a machine: https://kubernetes.io/docs/reference/networking/ports-and-protocols/ and
 * https://docs.siderolabs.com/talos/v1.13/learn-more/talos-network-connectivity
 */
const machinePorts: ReadonlyMap<number, string> = new Map([
  [2379, 'etcd’s'],
  [2380, 'etcd’s'],
  [6443, 'the Kubernetes API’s'],
  [10250, 'the kubelet’s'],
  [50000, 'Talos’ own'],
  [50001, 'Talos’ own'],
]);

/** Whoever asks for a name asks port 53, and nothing tells a client of another one. */
const remedyFor = ({ number }: HostPort): string =>
  number === 53
    ? 'Bind the two to nodes of their own, or leave one out: DNS is asked on this port alone'
    : 'Choose another port for one of the two';

/** Each pod of one kind needs a node of its own. */
function checkCopies(pod: Pod, port: HostPort, facts: NodesOfHome): Problem[] {
  const copies = pod.maker.kind === 'daemonset' ? 1 : copiesOf(pod);
  if (copies <= 1) return [];
  const nodes = nodesFor(pod, facts).length;
  if (copies <= nodes || nodes === 0) return [];
  const what = `host port ${formatPort(port)} must be free for each of its ${copies} pods, but ${nodes} of the nodes may run them`;
  return [mistake(pod.owned, what, 'Lower its replicas')];
}

/** Pods that are bound to different nodes never meet. */
function mayShareNode(one: Pod, other: Pod, facts: NodesOfHome): boolean {
  if (one === other) return true;
  const [ofOne, ofOther] = [nodesFor(one, facts), nodesFor(other, facts)];
  if (ofOne.length > 0 && ofOther.length > 0 && !ofOne.some((node) => ofOther.includes(node))) return false;
  const [here, there] = [nestedBlock(one.spec['node_selector']), nestedBlock(other.spec['node_selector'])];
  return Object.entries(here).every(([label, value]) => {
    const wanted = there[label] ?? value;
    return typeof value !== 'string' || typeof wanted !== 'string' || wanted === value;
  });
}

/** A port that a pod takes on its node. */
interface HostPort {
  readonly number: number;
  readonly protocol: string;
  /** Empty for all addresses of the node. */
  readonly address: string;
}

/** The ports of the node that a pod takes: those it asks for, and on the host's network all that it names. */
function hostPortsOf(pod: Pod): HostPort[] {
  const onHost = pod.spec['host_network'] === true;
  return pod.containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ body }) => nestedBlocks(body['port']))
    .flatMap((port) => {
      const asked = port['host_port'];
      const number = asked === undefined || asked === 0 ? onHost && port['container_port'] : asked;
      const { protocol = 'TCP', host_ip: address = '' } = port;
      if (typeof number !== 'number' || isExpression(protocol) || isExpression(address)) return [];
      return [{ number, protocol: String(protocol), address: anywhere.has(address) ? '' : String(address) }];
    });
}

const anywhere: ReadonlySet<unknown> = new Set(['', '0.0.0.0', '::']);

/** Tells whether two ports cannot be taken on one node at once. */
function collide(one: HostPort, other: HostPort): boolean {
  if (one.number !== other.number || one.protocol !== other.protocol) return false;
  return one.address === '' || other.address === '' || one.address === other.address;
}

/** `80/TCP` */
const formatPort = ({ number, protocol }: HostPort): string => `${number}/${protocol}`;
