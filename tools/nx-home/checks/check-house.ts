import { rules as kubernetesRules } from '@home/kubernetes';
import { rules as talosRules } from '@home/talos';
import { type Description } from '../describe/describe-home';
import { type PlacedProblem } from '../graph/layout';
import { checkBlocks } from './check-blocks';

/** What only the whole home can show: whose each block and address is, and every rule. */
export function checkHouse({ loaded, owned }: Pick<Description, 'loaded' | 'owned'>): PlacedProblem[] {
  const rules = [...kubernetesRules, ...talosRules];
  return [...checkBlocks(loaded), ...rules.flatMap((rule) => rule(owned))];
}
