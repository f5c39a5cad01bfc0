import { bytes } from '@home/home';
import type { OwnedBlock } from '@home/terraform';
import {
  type NodeOfHome,
  type NodesOfHome,
  type Pod,
  copiesOf,
  memoryBeyond,
  nodesFor,
  podMemory,
  podsIn,
} from './pods';

/** Pods of one kind that have to find room on some of the nodes; amounts are bytes. */
export interface Demand {
  readonly pod: Pod;
  readonly nodes: readonly NodeOfHome[];
  readonly each: number;
  readonly all: number;
  /** The most that one container of one of them may take beyond that. */
  readonly beyond: number;
}

/** Some nodes, and what must run on them and nowhere else; amounts are bytes. */
export interface Room {
  readonly nodes: readonly NodeOfHome[];
  readonly bound: readonly Demand[];
  /** What those ask for. */
  readonly needed: number;
  /** What the nodes have for pods. */
  readonly there: number;
}

/** A DaemonSet needs room on each of its nodes; all other pods need it on any of theirs. */
export const demandsIn = (pods: readonly Pod[], facts: NodesOfHome): Demand[] =>
  pods.flatMap((pod) => {
    const [each, beyond] = [podMemory(pod), memoryBeyond(pod)];
    const nodes = nodesFor(pod, facts);
    if (pod.maker.kind === 'daemonset')
      return nodes.map((node) => ({ pod, nodes: [node], each, all: each, beyond }));
    const copies = copiesOf(pod);
    return [{ pod, nodes, each, all: each * copies, beyond: copies === 0 ? 0 : beyond }];
  });

/** Each node, and each set of nodes that some pods are bound to, with all that finds room there alone. */
export function roomsOf(demands: readonly Demand[], all: readonly NodeOfHome[]): Room[] {
  const placed = demands.filter(({ nodes }) => nodes.length > 0);
  const sets = new Map(
    [...all.map((node) => [node]), ...placed.map(({ nodes }) => nodes)].map((nodes) => [
      namesOf(nodes),
      nodes,
    ]),
  );
  return [...sets.values()].map((nodes) => {
    const bound = placed.filter((demand) => demand.nodes.every((node) => nodes.includes(node)));
    const needed = bound.reduce((sum, { all }) => sum + all, 0);
    return { nodes, bound, needed, there: nodes.reduce((sum, node) => sum + memoryOf(node), 0) };
  });
}

/** The rooms of a home. */
export const roomsIn = (home: readonly OwnedBlock[], facts: NodesOfHome): Room[] =>
  roomsOf(demandsIn(podsIn(home), facts), facts.network.nodes);

/** What a node has for pods, in bytes. */
export const memoryOf = ({ memoryForPods }: NodeOfHome): number => bytes(memoryForPods);

/** Nodes as a message names them. */
export const namesOf = (nodes: readonly NodeOfHome[]): string => nodes.map(({ name }) => name).join(' and ');
