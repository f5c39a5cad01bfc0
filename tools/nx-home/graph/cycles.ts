import { type Dependency } from './house';
import { type Place } from './layout';

/** Node → the imports that leave it. A node is a place by itself, or a whole stack. */
export type ImportGraph = ReadonlyMap<string, readonly Dependency[]>;

type NameOf = (place: Place) => string;

/** Groups imports by the node they start from; imports inside one node are left out. */
export function importGraph(dependencies: readonly Dependency[], nameOf: NameOf): ImportGraph {
  const graph = new Map<string, Dependency[]>();
  for (const dependency of dependencies) {
    const [from, to] = [nameOf(dependency.from), nameOf(dependency.to)];
    if (from !== to) graph.set(from, [...(graph.get(from) ?? []), dependency]);
  }
  return graph;
}

/**
 * Finds circles of imports: the shortest from each node that is in none found before.
 *
 * @returns each circle as the imports along it
 */
export function findCycles(dependencies: readonly Dependency[], nameOf: NameOf): Dependency[][] {
  const graph = importGraph(dependencies, nameOf);
  const seen = new Set<string>();
  return [...graph.keys()].sort().flatMap((node) => {
    const cycle = seen.has(node) ? [] : shortestCycle(graph, node, nameOf);
    for (const { from } of cycle) seen.add(nameOf(from));
    return cycle.length === 0 ? [] : [cycle];
  });
}

/** All nodes that a node leads to, in any number of steps. */
export function reachable(graph: ImportGraph, start: string, nameOf: NameOf): Set<string> {
  return new Set(waysFrom(graph, start, nameOf).keys());
}

function shortestCycle(graph: ImportGraph, start: string, nameOf: NameOf): Dependency[] {
  const ways = waysFrom(graph, start, nameOf);
  const cycle: Dependency[] = [];
  for (let last = ways.get(start); last !== undefined; last = ways.get(nameOf(last.from))) {
    cycle.unshift(last);
    if (nameOf(last.from) === start) break;
  }
  return cycle;
}

/** Node → the import by which it is reached first. */
function waysFrom(graph: ImportGraph, start: string, nameOf: NameOf): Map<string, Dependency> {
  const ways = new Map<string, Dependency>();
  const queue = [start];
  for (const node of queue) {
    for (const dependency of graph.get(node) ?? []) {
      const to = nameOf(dependency.to);
      if (ways.has(to)) continue;
      ways.set(to, dependency);
      if (to !== start) queue.push(to);
    }
  }
  return ways;
}
