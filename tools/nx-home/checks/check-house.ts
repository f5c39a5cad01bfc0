import { checkBlocks } from './check-blocks';
import { type Description } from '../describe/describe-home';
import { type PlacedProblem } from '../graph/layout';
import { rules } from './rules';

/** What only the whole home can show: whose each block and address is, and every rule. */
export function checkHouse({ loaded, owned }: Pick<Description, 'loaded' | 'owned'>): PlacedProblem[] {
  return [...checkBlocks(loaded), ...rules.flatMap((rule) => rule.check(owned))];
}
