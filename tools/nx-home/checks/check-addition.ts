import { type Block, formatProblem } from '@home/terraform';
import { checkHouse } from './check-house';
import { type Description, ownedBlocks } from '../describe/describe-home';
import { type Place, type PlacedProblem } from '../graph/layout';
import { checkRendered, renderFiles } from '../describe/render-files';

/**
 * Says what generate would add to its report for a workload that does not exist yet. Writes nothing.
 *
 * @param description the whole home
 */
export function checkAddition(
  description: Description,
  place: Place,
  blocks: readonly Block[],
): PlacedProblem[] {
  const loaded = [...description.loaded, { place, blocks }];
  const owned = ownedBlocks(loaded);
  const added = renderFiles(loaded, owned).filter((file) => file.place === place);
  const before = new Set(checkHouse(description).map(formatProblem));
  const broken = checkHouse({ loaded, owned }).filter((problem) => !before.has(formatProblem(problem)));
  return [...added.flatMap(checkRendered), ...broken];
}
