import {
  type CreateDependenciesContext,
  type DependencyType,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { type House, readHouse } from '../graph/house';
import { isStack, stackPlace } from '../graph/layout';
import { importedStacks } from '../graph/stacks';
import { wholeHomeRoot } from './infer-projects';

/**
 * Adds the edges that no import inside a project shows: whole home → stack, stack → its workloads, and stack → every
 * stack that one of its workloads imports from or that comes before it anyway. Nx itself sees workload → workload, and what a `stack.ts` imports.
 */
export function inferDependencies(
  _options: unknown,
  { workspaceRoot, projects }: Pick<CreateDependenciesContext, 'workspaceRoot' | 'projects'>,
): RawProjectGraphDependency[] {
  const names = new Map(Object.entries(projects).map(([name, { root }]) => [root, name]));
  return edgesOf(readHouse(workspaceRoot)).flatMap(([from, to]) => {
    const [source, target] = [names.get(from), names.get(to)];
    return source && target ? [{ source, target, type: implicit }] : [];
  });
}

/** By its value, since loading @nx/devkit for it would make every command of Nx slower by 0.4 s. */
const implicit = 'implicit' as DependencyType.implicit;

/** Pairs of roots of projects, the first of which depends on the second. */
function edgesOf(house: House): (readonly [string, string])[] {
  const seenByNx = (from: string, to: string): boolean =>
    house.dependencies.some(
      (found) =>
        !found.implied &&
        isStack(found.from) &&
        isStack(found.to) &&
        found.from.stack === from &&
        found.to.stack === to,
    );
  const inside = house.places.map((place) =>
    isStack(place)
      ? ([wholeHomeRoot, place.where] as const)
      : ([stackPlace(place.stack).where, place.where] as const),
  );
  const between = [...importedStacks(house)].flatMap(([from, needed]) =>
    [...needed]
      .filter((to) => !seenByNx(from, to))
      .map((to) => [stackPlace(from).where, stackPlace(to).where] as const),
  );
  return [...inside, ...between];
}
