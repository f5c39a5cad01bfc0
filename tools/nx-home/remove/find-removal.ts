import { type House, type Place, isStack, projectName } from '@tools/nx-home/graph';
import { type Problem, ProblemsError } from '@home/terraform';

/** What goes when somebody removes stacks and workloads. */
export interface Removal {
  /** Everything that goes, as it lies in the house. */
  readonly gone: readonly Place[];
  /** What goes although nobody named it → what it imports that goes. A stack goes with its last workload. */
  readonly dependents: ReadonlyMap<Place, Place>;
  readonly kept: readonly Place[];
}

/**
 * Finds out what goes with stacks and workloads: those that import them, directly or through others, and stacks that nothing
 * is left in.
 *
 * @param names of stacks and workloads
 * @throws ProblemsError when a name is nobody's, or a stack that stays imports what goes
 */
export function findRemoval(house: House, names: readonly string[]): Removal {
  const { places } = house;
  const imports = house.dependencies.filter(({ implied }) => implied === undefined);
  const named = places.filter((place) => names.includes(projectName(place)));
  const unknown = names.filter((name) => !places.some((place) => projectName(place) === name));
  if (unknown.length > 0) throw new ProblemsError(unknown.map((name) => nobody(name, places)));

  const stacks = new Set(named.filter(isStack).map(({ stack }) => stack));
  const gone = new Set(places.filter((place) => named.includes(place) || stacks.has(place.stack)));
  const dependents = new Map<Place, Place>();
  // A set is walked to its end, what was added on the way included.
  for (const place of gone) {
    for (const { from } of imports.filter(({ to }) => to === place)) {
      if (gone.has(from) || isStack(from)) continue;
      gone.add(from);
      dependents.set(from, place);
    }
  }
  for (const stack of places.filter((place) => isStack(place) && !gone.has(place))) {
    const own = places.filter((place) => place !== stack && place.stack === stack.stack);
    const last = own.filter((place) => gone.has(place)).at(-1);
    const isNeeded = imports.some(({ from, to }) => to === stack && !gone.has(from) && from !== stack);
    if (last === undefined || isNeeded || !own.every((place) => gone.has(place))) continue;
    gone.add(stack);
    dependents.set(stack, last);
  }
  const held = imports.filter(({ from, to }) => gone.has(to) && !gone.has(from));
  if (held.length > 0) {
    throw new ProblemsError(
      held.map(({ from, to, file, line, specifier }) => ({
        where: `${file}:${line}`,
        what: `imports "${specifier}", which cannot go while ${projectName(from)} stays`,
        remedy: `Remove ${projectName(from)} too, or take out that it comes after ${projectName(to)}`,
      })),
    );
  }
  return {
    gone: places.filter((place) => gone.has(place)),
    dependents,
    kept: places.filter((place) => !gone.has(place)),
  };
}

function nobody(name: string, places: readonly Place[]): Problem {
  const what = `must name a stack or workload of the home, but it has no "${name}"`;
  return { where: 'npx nx g remove', what, remedy: `It has ${places.map(projectName).join(', ')}` };
}
