import { type Block, addressOf, addressesOf } from '@home/terraform';
import { type Loaded } from '../describe/load';
import { type PlacedProblem } from '../graph/layout';

/** What must hold between the files of a stack: a block belongs to one of them, and so does an address. */
export function checkBlocks(loaded: readonly Loaded[]): PlacedProblem[] {
  const owners = new Map<Block, Loaded>();
  const addresses = new Map<string, Loaded>();
  const problems: PlacedProblem[] = [];
  for (const own of loaded) {
    for (const block of own.blocks) {
      // Stacks share variables, which each of them declares.
      const owner = block.kind === 'variable' ? undefined : register(owners, block, own);
      const namesakes = addressesOf(block).map((name) =>
        register(addresses, `${own.place.stack}/${name}`, own),
      );
      const namesake = namesakes.find((found) => found !== undefined);
      if (owner !== undefined) problems.push(shared(own, block, owner));
      else if (namesake !== undefined) problems.push(ambiguous(own, block, namesake));
    }
  }
  return problems;
}

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
