import { basename } from 'node:path';
import { freeName, kebabCase, workloadName } from '../code/names';
import { type RelatedObject, knownText, nested } from '../kubernetes/object-relations';
import { BlockReferences, objectsOf } from './block-references';
import { gatherApps } from './gather-apps';
import type { HclBlock } from './parse-module';
import { type PlacedGroup, placeBlocks } from './place-blocks';

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
    blocks: blocks.filter((block) => group.blocks.has(block)),
    isShared: group.leaders.length === 0,
  }));
}

/** The app's label, the file where it has one for itself, or the name of what makes its pods. */
function wishesFor(
  { leaders }: PlacedGroup,
  all: readonly PlacedGroup[],
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
