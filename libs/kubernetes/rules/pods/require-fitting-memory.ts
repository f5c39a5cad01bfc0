import { bytes } from '@home/home';
import { type Problem, type Rule } from '@home/terraform';
import { formatMemory, memoryRequest, podMemory } from '../../read/memory';
import { placeOf } from '../../read/objects';
import { type Pod, copiesOf, podsIn } from '../../read/pods';
import { type NodeOfHome, type NodesOfHome, nodesFor } from '../../read/schedulable-nodes';

/** Pods of one kind that have to find room on some of the nodes. */
interface Demand {
  readonly pod: Pod;
  readonly nodes: readonly NodeOfHome[];
  readonly each: number;
  readonly all: number;
}

/**
 * All pods of the home find room on its nodes at once, those of jobs included; and each container says what it needs,
 * since one that does not would take the room of the others.
 */
export const requireFittingMemory = (facts: NodesOfHome): Rule => ({
  name: 'require-fitting-memory',
  check(home) {
    const pods = podsIn(home);
    const demands = pods.flatMap((pod) => demandsOf(pod, facts));
    return [...pods.flatMap(checkRequests), ...demands.flatMap(checkOne), ...checkTogether(demands)];
  },
});

function checkRequests({ owned, containers }: Pod): Problem[] {
  return containers.flatMap((container) => {
    const request = memoryRequest(container);
    const what = `container "${container.name}" must request memory`;
    if (request === undefined && container.role !== 'init') {
      return [{ where: placeOf(owned), what, remedy: 'Write resources: { requests: { memory: "64Mi" } }' }];
    }
    if (typeof request !== 'string' || !Number.isNaN(bytes(request))) return [];
    return [
      { where: placeOf(owned), what: `${what}, but requests "${request}"`, remedy: 'Write it like "64Mi"' },
    ];
  });
}

/** A DaemonSet needs room on each of its nodes; all other pods need it on any of theirs. */
function demandsOf(pod: Pod, facts: NodesOfHome): Demand[] {
  const each = podMemory(pod);
  const nodes = nodesFor(pod, facts);
  if (pod.maker.kind === 'daemonset') return nodes.map((node) => ({ pod, nodes: [node], each, all: each }));
  return [{ pod, nodes, each, all: each * copiesOf(pod) }];
}

function checkOne({ pod, nodes, each }: Demand): Problem[] {
  const where = placeOf(pod.owned);
  if (nodes.length === 0) {
    return [
      {
        where,
        what: 'must find a node that takes its pods',
        remedy: 'Correct its node selector or tolerations',
      },
    ];
  }
  const largest = Math.max(...nodes.map(memoryOf));
  if (each <= largest || nodes.length === 1) return [];
  const what = `a pod that requests ${formatMemory(each)} must fit the ${formatMemory(largest)} of the largest of ${names(nodes)}`;
  return [{ where, what, remedy: 'Lower its requests' }];
}

/** Whatever must run on some nodes and nowhere else has to fit what these nodes have together. */
function checkTogether(demands: readonly Demand[]): Problem[] {
  const groups = new Map(demands.map(({ nodes }) => [names(nodes), nodes]));
  return [...groups].flatMap(([name, nodes]) => {
    const bound = demands.filter(
      (demand) => demand.nodes.length > 0 && demand.nodes.every((node) => nodes.includes(node)),
    );
    const needed = bound.reduce((sum, { all }) => sum + all, 0);
    const there = nodes.reduce((sum, node) => sum + memoryOf(node), 0);
    if (needed <= there || nodes.length === 0) return [];
    const largest = [...bound].sort((one, other) => other.all - one.all).slice(0, 3);
    const most = largest.map(({ pod, all }) => `${pod.owned.owner.where} (${formatMemory(all)})`).join(', ');
    return [
      {
        where: 'whole-home',
        what: `memory requests of ${formatMemory(needed)} must fit the ${formatMemory(there)} that ${name} has for pods`,
        remedy: `Lower some, or make room. The largest are those of ${most}`,
      },
    ];
  });
}

const memoryOf = ({ memoryForPods }: NodeOfHome): number => bytes(memoryForPods);

const names = (nodes: readonly NodeOfHome[]): string => nodes.map(({ name }) => name).join(' and ');
