import { type Dependency, type House } from './house';
import { type Place, type PlacedProblem, isStack } from './layout';

/** What an import is counted for: the stack that it leaves or reaches, or the folder. */
type NameOf = (place: Place) => string;
const stackOf: NameOf = ({ stack }) => stack;
const folderOf: NameOf = ({ where }) => where;

/**
 * What must hold for imports: none leads to a later stack, and neither stacks nor workloads need each other in a
 * circle. A stack is later when its `stack.ts` imports the earlier one, directly or through others.
 */
export function checkOrder(house: House): PlacedProblem[] {
  const { later, circles } = findDisorder(house);
  const reported = new Set([...later, ...circles.flat()]);
  const workloadCircles = findCircles(
    house.dependencies.filter((dependency) => !reported.has(dependency)),
    folderOf,
  );
  return [
    ...checkStackOrder(house),
    ...workloadCircles.map((circle) => circleProblem('workloads', circle, folderOf)),
  ];
}

/** The part of `checkOrder` without which stacks have no order at all. */
export function checkStackOrder(house: House): PlacedProblem[] {
  const { later, circles } = findDisorder(house);
  return [...later.map(laterImport), ...circles.map((circle) => circleProblem('stacks', circle, stackOf))];
}

/** The imports that lead to later stacks, and the circles that stacks make without them. */
function findDisorder({ dependencies }: House): {
  readonly later: readonly Dependency[];
  readonly circles: readonly (readonly Dependency[])[];
} {
  const declared = importsByNode(
    dependencies.filter(({ from, to }) => isStack(from) && isStack(to)),
    stackOf,
  );
  const later = dependencies.filter(
    ({ from, to }) =>
      from.stack !== to.stack && !isStack(from) && waysFrom(declared, to.stack, stackOf).has(from.stack),
  );
  const orderly = dependencies.filter((dependency) => !later.includes(dependency));
  return { later, circles: findCircles(orderly, stackOf) };
}

function laterImport({ file, line, specifier, from, to }: Dependency): PlacedProblem {
  return {
    place: from,
    where: `${file}:${line}`,
    what: `must not import "${specifier}", since the stack ${to.stack} comes after ${from.stack}`,
    remedy: `Move ${from.where} into the stack ${to.stack}, or what it needs into ${from.stack}`,
  };
}

function circleProblem(kind: string, circle: readonly Dependency[], nameOf: NameOf): PlacedProblem {
  const names = circle.map(({ to }) => nameOf(to));
  const imports = circle.map(({ file, line, specifier }) => `${file}:${line} imports "${specifier}"`);
  return {
    place: circle[0]?.from,
    where: circle[0]?.file ?? '',
    what: `the ${kind} ${[names.at(-1), ...names].join(' → ')} must not need each other in a circle: ${imports.join(', ')}`,
    remedy: 'Remove one of these imports',
  };
}

/** Stack or folder → the imports that leave it. */
type Imports = ReadonlyMap<string, readonly Dependency[]>;

function importsByNode(dependencies: readonly Dependency[], nameOf: NameOf): Imports {
  const imports = new Map<string, Dependency[]>();
  for (const dependency of dependencies) {
    const [from, to] = [nameOf(dependency.from), nameOf(dependency.to)];
    if (from !== to) imports.set(from, [...(imports.get(from) ?? []), dependency]);
  }
  return imports;
}

/** Circles, each as the imports along it: the shortest from each node that is in none found before. */
function findCircles(dependencies: readonly Dependency[], nameOf: NameOf): Dependency[][] {
  const imports = importsByNode(dependencies, nameOf);
  const seen = new Set<string>();
  return [...imports.keys()].sort().flatMap((node) => {
    const circle = seen.has(node) ? [] : shortestCircle(imports, node, nameOf);
    for (const { from } of circle) seen.add(nameOf(from));
    return circle.length === 0 ? [] : [circle];
  });
}

function shortestCircle(imports: Imports, start: string, nameOf: NameOf): Dependency[] {
  const ways = waysFrom(imports, start, nameOf);
  const circle: Dependency[] = [];
  for (let last = ways.get(start); last !== undefined; last = ways.get(nameOf(last.from))) {
    circle.unshift(last);
    if (nameOf(last.from) === start) break;
  }
  return circle;
}

/** Every node that can be reached → the import by which it is reached first. */
function waysFrom(imports: Imports, start: string, nameOf: NameOf): Map<string, Dependency> {
  const ways = new Map<string, Dependency>();
  const queue = [start];
  for (const node of queue) {
    for (const dependency of imports.get(node) ?? []) {
      const to = nameOf(dependency.to);
      if (ways.has(to)) continue;
      ways.set(to, dependency);
      if (to !== start) queue.push(to);
    }
  }
  return ways;
}
