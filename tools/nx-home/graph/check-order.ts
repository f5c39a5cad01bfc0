import { findCycles, importGraph, reachable } from './cycles';
import { type Dependency, type House } from './house';
import { type Place, isStack } from './layout';
import { type PlacedProblem } from './placed-problem';

const stackOf = ({ stack }: Place): string => stack;
const folderOf = ({ where }: Place): string => where;

/**
 * What must hold for imports: none leads to a later stack, and neither stacks nor workloads need each other in a
 * circle. A stack is later when its `stack.ts` imports the earlier one, directly or through others.
 */
export function checkOrder({ dependencies }: House): PlacedProblem[] {
  const declared = importGraph(
    dependencies.filter(({ from, to }) => isStack(from) && isStack(to)),
    stackOf,
  );
  const later = dependencies.filter(
    ({ from, to }) =>
      from.stack !== to.stack && !isStack(from) && reachable(declared, to.stack, stackOf).has(from.stack),
  );
  const orderly = dependencies.filter((dependency) => !later.includes(dependency));
  const stackCycles = findCycles(orderly, stackOf);
  const inStackCycles = new Set(stackCycles.flat());
  const workloadCycles = findCycles(
    orderly.filter((dependency) => !inStackCycles.has(dependency)),
    folderOf,
  );
  return [
    ...later.map(laterImport),
    ...stackCycles.map((cycle) => circle('stacks', cycle, stackOf)),
    ...workloadCycles.map((cycle) => circle('workloads', cycle, folderOf)),
  ];
}

/** The stacks in the order in which they can be applied. */
export function stackOrder({ places, dependencies }: House): string[] {
  const graph = importGraph(dependencies, stackOf);
  const needed = (stack: string): number => reachable(graph, stack, stackOf).size;
  const stacks = places.filter(isStack).map(({ stack }) => ({ stack, rank: needed(stack) }));
  return stacks
    .sort((one, other) => one.rank - other.rank || (one.stack < other.stack ? -1 : 1))
    .map(({ stack }) => stack);
}

function laterImport({ file, line, specifier, from, to }: Dependency): PlacedProblem {
  return {
    place: from,
    where: `${file}:${line}`,
    what: `must not import "${specifier}", since the stack ${to.stack} comes after ${from.stack}`,
    remedy: `Move ${from.where} into the stack ${to.stack}, or what it needs into ${from.stack}`,
  };
}

function circle(kind: string, cycle: readonly Dependency[], nameOf: (place: Place) => string): PlacedProblem {
  const names = cycle.map(({ to }) => nameOf(to));
  const imports = cycle.map(({ file, line, specifier }) => `${file}:${line} imports "${specifier}"`);
  return {
    place: cycle[0]?.from,
    where: cycle[0]?.file ?? '',
    what: `the ${kind} ${[names.at(-1), ...names].join(' → ')} must not need each other in a circle: ${imports.join(', ')}`,
    remedy: 'Remove one of these imports',
  };
}
