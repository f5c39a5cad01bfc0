import { basename } from 'node:path';
import { circlesIn } from '../code/circles';
import { freeName, kebabCase, workloadName } from '../code/names';
import { type RelatedObject, knownText, nested } from '../kubernetes/object-relations';
import { BlockReferences, objectsOf } from './block-references';
import { type Gathered, gatherApps } from './gather-apps';
import type { HclBlock } from './parse-module';

/** Blocks that become one workload. */
export interface BlockGroup {
  readonly name: string;
  readonly blocks: readonly HclBlock[];
  /** Whether it is there for several others. */
  readonly isShared?: boolean;
}

/**
 * Divides the blocks of a root module into workloads: one for each app and one, named after the module, for what several
 * share. No two use each other. A module with one app, or none, becomes one workload.
 *
 * @param wishes what the whole module would best be called
 * @param isFree tells whether a workload may have a name
 * @param isApp whether what a call of a module makes is an app
 */
export function groupBlocks(
  blocks: readonly HclBlock[],
  wishes: readonly string[],
  isFree: (name: string) => boolean,
  isApp: (call: HclBlock) => boolean,
): BlockGroup[] {
  const references = new BlockReferences(blocks);
  const placed = placeBlocks(references, gatherApps(references, isApp));
  const apps = placed.filter(({ leaders }) => leaders.length > 0);
  if (apps.length < 2) return [{ name: freeName(wishes.map(workloadName), isFree), blocks }];
  const objects = objectsOf(blocks);
  const taken = new Set<string>();
  const nameFor = (wanted: readonly string[]): string => {
    const name = freeName(wanted.map(workloadName), (one) => isFree(one) && !taken.has(one));
    taken.add(name);
    return name;
  };
  const [module = 'shared'] = wishes;
  return placed.map((group) => ({
    name: nameFor(
      group.leaders.length > 0 ? wishesFor(group, apps, objects, module) : [module, `${module}-shared`],
    ),
    blocks: blocks.filter((block) => group.blocks.includes(block)),
    isShared: group.leaders.length === 0,
  }));
}

/** The app's label, the file where it has one for itself, or the name of what makes its pods. */
function wishesFor(
  { leaders }: Gathered,
  all: readonly Gathered[],
  objects: ReadonlyMap<HclBlock, RelatedObject>,
  module: string,
): string[] {
  const names = leaders.map((leader) => nameOf(leader, objects.get(leader)));
  const shortest = [...names].sort((one, other) => one.length - other.length)[0] ?? module;
  const files = new Set(leaders.map(({ file }) => file));
  const [file = ''] = files;
  const elsewhere = all.flatMap((group) => (group.leaders === leaders ? [] : group.leaders));
  const hasFile = files.size === 1 && file !== 'main' && !elsewhere.some((one) => one.file === file);
  const fileName = hasFile && names.length > 1 ? [basename(file)] : [];
  return [...fileName, shortest, `${module}-${shortest}`].map(kebabCase);
}

/** What an object is called; the label of its block, where only Terraform knows. */
function nameOf({ label, type }: HclBlock, object: RelatedObject | undefined): string {
  const app = nested(object?.given, 'metadata', 'labels');
  const { name: own } = nested(object?.given, 'metadata');
  const called = [...['app.kubernetes.io/name', 'app', 'k8s-app'].map((name) => app[name]), own];
  const known = called.map(knownText).find((one) => one !== undefined && one !== '');
  if (known !== undefined) return known;
  return /^(this|main|default|app|self)$/.test(label) ? type.replace(/^[a-z]+_|_v\d+$/g, '') : label;
}

/**
 * Divides all blocks among apps and one group that they share, so that no two groups name each other. Variables, locals
 * and outputs go to the app that they are for.
 *
 * @returns each group after those that it names
 */
function placeBlocks(references: BlockReferences, gathered: readonly Gathered[]): Gathered[] {
  const placed = placeMade(references, gathered);
  const home = homesIn(placed);
  const shared = placed.find(({ leaders }) => leaders.length === 0) ?? { leaders: [], blocks: [] };
  const groups = [...new Set([shared, ...placed])];
  const last = (found: ReadonlySet<Gathered>): Gathered | undefined =>
    [...found].sort((one, other) => placed.indexOf(one) - placed.indexOf(other)).at(-1);

  for (const block of references.blocks) placeOther(block);
  const whole = groups.map((group) => ({
    ...group,
    blocks: references.blocks.filter((block) => home.get(block) === group),
  }));
  return withoutCircles(whole, (block) => references.of(block));

  function placeOther(block: HclBlock): Gathered {
    const known = home.get(block);
    if (known !== undefined) return known;
    home.set(block, shared);
    const isValue = block.kind === 'variable' || block.kind === 'locals';
    const users = new Set(isValue ? [...references.usersOf(block)].map(placeOther) : []);
    const named = new Set([...references.made(block)].map(placeOther));
    named.delete(shared);
    const [only, ...more] = users;
    const chosen = only !== undefined && more.length === 0 ? only : last(named);
    if (chosen !== undefined) home.set(block, chosen);
    return chosen ?? shared;
  }
}

/** What Terraform makes and looks up. What uses apps and is part of none, such as an ingress for several, stands alone. */
function placeMade(references: BlockReferences, gathered: readonly Gathered[]): Gathered[] {
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
    blocks: set.blocks,
  }));
  const shared = common.length === 0 ? [] : [{ leaders: [], blocks: common }];
  return withoutCircles([...shared, ...groups], (block) => references.made(block));
}

/** Puts what is no app and stands in one file together. */
function byFile(sets: readonly Gathered[], isApp: (set: Gathered) => boolean): Gathered[] {
  const files = new Map<string | undefined, Gathered>();
  for (const set of sets.filter((one) => !isApp(one))) {
    const file = set.blocks[0]?.file;
    files.set(file, { ...set, blocks: [...(files.get(file)?.blocks ?? []), ...set.blocks] });
  }
  return [...sets.filter(isApp), ...files.values()];
}

/** Merges groups that name each other. */
function withoutCircles(
  groups: readonly Gathered[],
  uses: (block: HclBlock) => Iterable<HclBlock>,
): Gathered[] {
  const home = homesIn(groups);
  const next = (group: Gathered) =>
    group.blocks.flatMap((block) => [...uses(block)].flatMap((one) => home.get(one) ?? []));
  return circlesIn(groups, next).map((circle) => ({
    leaders: circle.flatMap(({ leaders }) => leaders),
    blocks: circle.flatMap(({ blocks }) => blocks),
  }));
}

const homesIn = (groups: readonly Gathered[]): Map<HclBlock, Gathered> =>
  new Map(groups.flatMap((group) => group.blocks.map((block) => [block, group] as const)));
