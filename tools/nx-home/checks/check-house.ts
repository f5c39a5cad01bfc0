import { rules as kubernetesRules } from '@home/kubernetes/rules';
import { rules as talosRules } from '@home/talos';
import { type Block, addressOf, addressesOf, formatProblem } from '@home/terraform';
import { type Description, ownedBlocks } from '../describe/describe-home';
import { type Loaded } from '../describe/load';
import { checkRendered, renderFiles } from '../describe/render-files';
import { type Place, type PlacedProblem } from '../graph/layout';

/** What only the whole home can show: whose each block and address is, and every rule. */
export function checkHouse({ loaded, owned }: Pick<Description, 'loaded' | 'owned'>): PlacedProblem[] {
  const rules = [...kubernetesRules, ...talosRules];
  return [...checkBlocks(loaded), ...rules.flatMap((rule) => rule(owned))];
}

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

/** What must hold between the files of a stack: a block belongs to one of them, and so does an address. */
export function checkBlocks(loaded: readonly Loaded[]): PlacedProblem[] {
  const owners = new Map<Block, Loaded>();
  const addresses = new Map<string, Loaded>();
  const problems: PlacedProblem[] = [];
  for (const own of loaded) {
    for (const block of own.blocks) {
      // Stacks share variables, which each of them declares.
      const owner = block.kind === 'variable' ? undefined : register(owners, block, own);
      const namesakes = namesOf(block).map((name) => register(addresses, `${own.place.stack}/${name}`, own));
      const namesake = namesakes.find((found) => found !== undefined);
      if (owner !== undefined) problems.push(shared(own, block, owner));
      else if (namesake !== undefined) problems.push(ambiguous(own, block, namesake));
    }
  }
  return problems;
}

/** What of a block Terraform takes once in a stack; a provider has one configuration for each alias. */
const namesOf = (block: Block): string[] =>
  block.kind === 'provider'
    ? [[addressOf(block), block.body['alias'] ?? []].flat().join('.')]
    : addressesOf(block);

/** Notes who is first to have a key; returns that one for everybody else. */
function register<Key>(first: Map<Key, Loaded>, key: Key, own: Loaded): Loaded | undefined {
  const before = first.get(key);
  if (before === undefined) first.set(key, own);
  return before === own ? undefined : before;
}

function shared({ place }: Loaded, block: Block, owner: Loaded): PlacedProblem {
  return {
    place,
    where: `${place.where}: ${addressOf(block)}`,
    what: `must belong to one workload, but ${owner.place.where} exports it by default too`,
    remedy: 'Leave it out of one of the two default exports',
  };
}

function ambiguous({ place }: Loaded, block: Block, namesake: Loaded): PlacedProblem {
  return {
    place,
    where: `${place.where}: ${addressOf(block)}`,
    what: `must be defined once in the stack ${place.stack}, but ${namesake.place.where} defines it too`,
    remedy: 'Give one of the two another label',
  };
}
