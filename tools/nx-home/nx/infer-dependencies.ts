import {
  type CreateDependenciesContext,
  type DependencyType,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { type House, readHouse } from '../graph/house';
import { wholeHomeRoot } from './infer-projects';
import { isStack, stackPlace } from '../graph/layout';

/**
 * Adds the edges that no import inside a project shows: whole home → stack, stack → its workloads, and stack → every
 * stack that its `stack.ts` or one of its workloads imports from. Nx itself sees workload → workload.
 */
export function inferDependencies(
  _options: unknown,
  { workspaceRoot, projects }: Pick<CreateDependenciesContext, 'workspaceRoot' | 'projects'>,
): RawProjectGraphDependency[] {
  const names = new Map(Object.entries(projects).map(([name, { root }]) => [root, name]));
  const dependencies: RawProjectGraphDependency[] = [];
  for (const [from, targets] of rootsOf(readHouse(workspaceRoot))) {
    const source = names.get(from);
    for (const to of targets) {
      const target = names.get(to);
      if (source && target) dependencies.push({ source, target, type: implicit });
    }
  }
  return dependencies;
}

/** By its value, since loading @nx/devkit for it would make every command of Nx slower by 0.4 s. */
const implicit = 'implicit' as DependencyType.implicit;

/** Root of a project → the roots that it depends on. */
function rootsOf({ places, dependencies }: House): Map<string, Set<string>> {
  const roots = new Map<string, Set<string>>();
  const add = (from: string, to: string) => {
    if (from !== to) roots.set(from, (roots.get(from) ?? new Set()).add(to));
  };
  for (const place of places) {
    if (isStack(place)) add(wholeHomeRoot, place.where);
    else add(stackPlace(place.stack).where, place.where);
  }
  for (const { from, to } of dependencies) {
    if (from.stack !== to.stack) add(stackPlace(from.stack).where, stackPlace(to.stack).where);
  }
  for (const { from, to } of dependencies) {
    if (isStack(from) && isStack(to)) roots.get(from.where)?.delete(to.where); // Nx sees these.
  }
  return roots;
}
