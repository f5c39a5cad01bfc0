import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Block, type Stack } from '@home/terraform';
import { describeFailure } from './describe-failure';
import { blocksIn, stackIn } from './exported';
import { type House, importedPlaces } from '../graph/house';
import { type Place, type PlacedProblem, isStack } from '../graph/layout';

/** What a stack or workload exports. */
export interface Loaded {
  readonly place: Place;
  readonly blocks: readonly Block[];
  /** Only of a stack. */
  readonly stack?: Stack;
}

/**
 * Loads places, each after those that it imports; that is their order in the result, too. What imports a place that cannot be loaded is not tried, so that one
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
  const visited = new Map<Place, boolean>();
  const loaded: Loaded[] = [];
  const problems: PlacedProblem[] = [];
  for (const place of wanted) visit(place);
  return { loaded, problems };

  function visit(place: Place): boolean {
    const before = visited.get(place);
    if (before !== undefined) return before;
    visited.set(place, false);
    const ready = (imported.get(place) ?? []).map(visit).every((fine) => fine);
    const fine = ready && !barred.has(place) && tryPlace(place);
    visited.set(place, fine);
    return fine;
  }

  function tryPlace(place: Place): boolean {
    try {
      loaded.push(loadPlace(require(join(root, place.file)), place));
      return true;
    } catch (error) {
      problems.push(...describeFailure(root, place, error).map((problem) => ({ ...problem, place })));
      return false;
    }
  }
}

function loadPlace(exported: { readonly default?: unknown }, place: Place): Loaded {
  if (!isStack(place)) return { place, blocks: blocksIn(exported.default, place) };
  const stack = stackIn(exported.default, place);
  return { place, stack, blocks: [...Object.values(stack.providers).flat(), ...stack.blocks] };
}
