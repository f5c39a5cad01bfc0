import type { BlockReferences } from './block-references';
import { circlesIn } from '../code/circles';
import type { Gathered } from './gather-apps';
import type { HclBlock } from './parse-module';

/** Blocks that stand together. */
export interface PlacedGroup {
  /** What it is about; nothing, for what several others share. */
  readonly leaders: readonly HclBlock[];
  readonly blocks: ReadonlySet<HclBlock>;
}

/**
 * Divides all blocks among apps and one group that they share, so that no two groups name each other. Variables, locals
 * and outputs go to the app that they are for.
 *
 * @returns each group after those that it names
 */
export function placeBlocks(references: BlockReferences, gathered: readonly Gathered[]): PlacedGroup[] {
  const placed = placeMade(references, gathered);
  const home = homesIn(placed);
  const shared = placed.find(({ leaders }) => leaders.length === 0) ?? {
    leaders: [],
    blocks: new Set<HclBlock>(),
  };
  const groups = [...new Set([shared, ...placed])];
  const last = (found: ReadonlySet<PlacedGroup>): PlacedGroup | undefined =>
    [...found].sort((one, other) => placed.indexOf(one) - placed.indexOf(other)).at(-1);

  for (const block of references.blocks) placeOther(block);
  const whole = groups.map((group) => ({
    ...group,
    blocks: new Set(references.blocks.filter((block) => home.get(block) === group)),
  }));
  return withoutCircles(whole, (block) => references.uses(block));

  function placeOther(block: HclBlock): PlacedGroup {
    const known = home.get(block);
    if (known !== undefined) return known;
    home.set(block, shared);
    const isValue = block.kind === 'variable' || block.kind === 'locals';
    const users = new Set(isValue ? [...references.users(block)].map(placeOther) : []);
    const named = new Set([...references.made(block)].map(placeOther));
    named.delete(shared);
    const [only, ...more] = users;
    const chosen = only !== undefined && more.length === 0 ? only : last(named);
    if (chosen !== undefined) home.set(block, chosen);
    return chosen ?? shared;
  }
}

/** What Terraform makes and looks up. What uses apps and is part of none, such as an ingress for several, stands alone. */
function placeMade(references: BlockReferences, gathered: readonly Gathered[]): PlacedGroup[] {
  const isApp = ({ leaders }: Gathered): boolean => leaders.length > 0;
  const inApps = new Set(gathered.filter(isApp).flatMap(({ blocks }) => blocks));
  const usesApps = (block: HclBlock, seen = new Set<HclBlock>()): boolean =>
    [...references.made(block)].some((one) => {
      if (seen.has(one)) return false;
      seen.add(one);
      return inApps.has(one) || usesApps(one, seen);
    });
  const own = gathered.filter((set) => isApp(set) || set.blocks.some((block) => usesApps(block)));
  const common = gathered.filter((set) => !own.includes(set)).flatMap(({ blocks }) => blocks);
  const groups = byFile(own, isApp).map((set) => ({
    leaders: isApp(set) ? set.leaders : set.blocks,
    blocks: new Set(set.blocks),
  }));
  const shared = common.length === 0 ? [] : [{ leaders: [], blocks: new Set(common) }];
  return withoutCircles([...shared, ...groups], (block) => references.made(block));
}

/** Puts what is no app and stands in one file together. */
function byFile(sets: readonly Gathered[], isApp: (set: Gathered) => boolean): Gathered[] {
  const files = new Map<string, Gathered>();
  for (const set of sets.filter((one) => !isApp(one))) {
    const [{ file }] = set.blocks;
    const [first, ...more] = files.get(file)?.blocks ?? [];
    files.set(file, first === undefined ? set : { ...set, blocks: [first, ...more, ...set.blocks] });
  }
  return [...sets.filter(isApp), ...files.values()];
}

/** Merges groups that name each other. */
function withoutCircles(
  groups: readonly PlacedGroup[],
  uses: (block: HclBlock) => Iterable<HclBlock>,
): PlacedGroup[] {
  const home = homesIn(groups);
  const next = (group: PlacedGroup) =>
    [...group.blocks].flatMap((block) => [...uses(block)].flatMap((one) => home.get(one) ?? []));
  return circlesIn(groups, next).map((circle) => ({
    leaders: circle.flatMap(({ leaders }) => leaders),
    blocks: new Set(circle.flatMap(({ blocks }) => [...blocks])),
  }));
}

const homesIn = (groups: readonly PlacedGroup[]): Map<HclBlock, PlacedGroup> =>
  new Map(groups.flatMap((group) => [...group.blocks].map((block) => [block, group] as const)));
