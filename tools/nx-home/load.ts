import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Block, type Stack } from '@home/terraform';
import { describeFailure } from './describe-failure';
import { blocksIn, stackIn } from './exported';
import { type House, importedPlaces } from './house';
import { type Place, isStack } from './layout';
import { type PlacedProblem } from './placed-problem';

/** What a stack or workload exports. */
export interface Loaded {
  readonly place: Place;
  readonly blocks: readonly Block[];
  /** Only of a stack. */
  readonly stack?: Stack;
}

/**
 * Loads places, each after those that it imports. What imports a place that cannot be loaded is not tried, so that one
 * mistake is reported once; neither are places that import each other in a circle.
 *
 * @param wanted the places to load, and with them everything that they import
 * @param barred places with a problem already
 */
export function load(
  root: string,
  house: House,
  wanted: readonly Place[],
  barred: ReadonlySet<Place | undefined>,
): { readonly loaded: readonly Loaded[]; readonly problems: readonly PlacedProblem[] } {
  const require = createRequire(join(root, 'package.json'));
  const imported = importedPlaces(house);
  const visited = new Map<Place, Loaded | undefined>();
  const problems: PlacedProblem[] = [];
  for (const place of wanted) visit(place);
  return { loaded: [...visited.values()].filter((loaded) => loaded !== undefined), problems };

  function visit(place: Place): boolean {
    if (!visited.has(place)) {
      visited.set(place, undefined);
      const ready = (imported.get(place) ?? []).map(visit).every((fine) => fine);
      visited.set(place, ready && !barred.has(place) ? tryPlace(place) : undefined);
    }
    return visited.get(place) !== undefined;
  }

  function tryPlace(place: Place): Loaded | undefined {
    try {
      return loadPlace(require(join(root, place.file)), place);
    } catch (error) {
      problems.push(...describeFailure(root, place, error).map((problem) => ({ ...problem, place })));
      return undefined;
    }
  }
}

function loadPlace(exported: { readonly default?: unknown }, place: Place): Loaded {
  if (!isStack(place)) return { place, blocks: blocksIn(exported.default, place) };
  const stack = stackIn(exported.default, place);
  return { place, stack, blocks: [...Object.values(stack.providers).flat(), ...stack.blocks] };
}
