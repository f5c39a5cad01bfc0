import { DisjointSets } from '../kubernetes/disjoint-sets';
import {
  type RelatedObject,
  appOf,
  isPodMaker,
  isSelector,
  isSharedKind,
  keyOf,
  linksIn,
  selects,
} from '../kubernetes/object-relations';
import { type BlockReferences, Uses, makes, objectKind, objectsOf } from './block-references';
import type { HclBlock } from './parse-module';

/** Blocks that stand together: those of one app, or what several share. */
export interface Gathered {
  readonly blocks: readonly HclBlock[];
  /** What it is about: what makes its pods. Nothing, for what belongs to no single app. */
  readonly leaders: readonly HclBlock[];
}

/**
 * Finds the apps among what a module makes. An app is what makes pods, with what it alone uses and what is about it alone;
 * what makes pods itself and is only used, such as a database with several users, stays an app of its own.
 *
 * @param isApp whether what a call of a module makes is an app
 */
export function gatherApps(
  references: BlockReferences,
  isApp: (call: HclBlock) => boolean,
): readonly Gathered[] {
  return new Apps(references, isApp).gathered();
}

/** Whether a block makes pods, or what a chart makes. */
export function makesPods(block: HclBlock): boolean {
  return block.type === 'helm_release' || isPodMaker(objectKind(block) ?? '');
}

class Apps {
  readonly #objects: ReadonlyMap<HclBlock, RelatedObject>;
  readonly #sets: DisjointSets<HclBlock>;
  readonly #leaders: readonly HclBlock[];
  /** What a block names, be it by reference, by an object's name or by labels. */
  readonly #uses: Uses;

  constructor(references: BlockReferences, isApp: (call: HclBlock) => boolean) {
    const made = references.blocks.filter(makes);
    this.#objects = objectsOf(references.blocks);
    this.#sets = new DisjointSets(made);
    this.#leaders = made.filter((block) => (block.kind === 'module' ? isApp(block) : makesPods(block)));
    const byKey = new Map([...this.#objects].map(([block, object]) => [keyOf(object), block]));
    this.#uses = new Uses(made, (block) => {
      const own = this.#objects.get(block);
      const named = own === undefined ? [] : linksIn(own).flatMap(({ to }) => byKey.get(keyOf(to)) ?? []);
      const selected = made.filter((one) => {
        const object = this.#objects.get(one);
        return own !== undefined && object !== undefined && selects(own, object);
      });
      return [...references.made(block), ...named, ...selected];
    });
  }

  gathered(): readonly Gathered[] {
    this.#sets.joinEqual((block) => {
      const object = this.#objects.get(block);
      return object && appOf(object);
    });
    this.#joinAbout();
    this.#attach();
    this.#joinByFile();
    this.#attach();
    this.#adoptStrays();
    return this.#sets
      .all()
      .map((blocks) => ({ blocks, leaders: blocks.filter((one) => this.#leaders.includes(one)) }));
  }

  /** A Service and the pods that it selects, an autoscaler and what it scales. */
  #joinAbout(): void {
    for (const [block, { kind }] of this.#objects) {
      if (!isSelector(kind) && !kind.endsWith('autoscaler')) continue;
      const used = [...this.#uses.of(block)];
      this.#joinOnly(block, this.#setsOf(used.filter((one) => this.#leaders.includes(one))));
    }
  }

  /** Goes on until nothing more finds its only user, or the only thing that it is about. */
  #attach(): void {
    const joined = this.#sets.all().some((set) => {
      if (this.#isApp(set)) return false;
      const users = this.#usersOf(set);
      return this.#joinOnly(set[0], users.size > 0 ? users : this.#aboutOf(set));
    });
    if (joined) this.#attach();
  }

  /** The apps that blocks name, or what else they name. */
  #aboutOf(set: readonly HclBlock[]): Set<HclBlock> {
    const named = this.#setsOf(set.flatMap((one) => this.#named(one)).filter((one) => !set.includes(one)));
    const leading = this.#setsOf(this.#leaders);
    const apps = new Set([...named].filter((root) => leading.has(root)));
    return apps.size > 0 ? apps : named;
  }

  /** Where people gave each app a file, apps of one file that use each other are one. */
  #joinByFile(): void {
    if (new Set(this.#leaders.map(({ file }) => file)).size < 2) return;
    for (const leader of this.#leaders) {
      const used = this.#setsOf(this.#uses.of(leader));
      const isUsed = (one: HclBlock): boolean => one.file === leader.file && used.has(this.#sets.find(one));
      for (const one of this.#leaders.filter(isUsed)) this.#sets.join(leader, one);
    }
    for (const set of this.#strays()) {
      const homes = this.#inFilesOf(set);
      const users = this.#usersOf(set);
      if ([...homes].every((one) => users.has(one))) this.#joinOnly(set[0], homes);
    }
  }

  /** What is about nothing goes to the app of its file or, failing that, of its name. */
  #adoptStrays(): void {
    for (const set of this.#strays()) {
      const named = set.flatMap((one) => this.#named(one));
      if (named.some((one) => !set.includes(one))) continue;
      if (set.some((one) => this.#uses.usersOf(one).size > 0)) continue;
      const sameFile = this.#inFilesOf(set);
      const sameName = this.#leaders.filter(({ label }) => set.some((one) => one.label.startsWith(label)));
      this.#joinOnly(set[0], sameFile.size === 1 ? sameFile : this.#setsOf(sameName));
    }
  }

  /** What is no app, and is not there for several. */
  #strays(): readonly [HclBlock, ...HclBlock[]][] {
    return this.#sets.all().filter((set) => !this.#isApp(set) && !set.every((one) => this.#isShared(one)));
  }

  #inFilesOf(set: readonly HclBlock[]): Set<HclBlock> {
    return this.#setsOf(this.#leaders.filter(({ file }) => set.some((one) => one.file === file)));
  }

  #usersOf(set: readonly HclBlock[]): Set<HclBlock> {
    const users = set.flatMap((one) => [...this.#uses.usersOf(one)]);
    return this.#setsOf(users.filter((one) => !set.includes(one)));
  }

  /** What a block names; many name a namespace, which says nothing. */
  #named(block: HclBlock): HclBlock[] {
    return [...this.#uses.of(block)].filter((one) => one.kind !== 'data' && !this.#isShared(one));
  }

  #setsOf(blocks: Iterable<HclBlock>): Set<HclBlock> {
    return new Set([...blocks].map((block) => this.#sets.find(block)));
  }

  /** Joins a block with the only set that there is. */
  #joinOnly(block: HclBlock, [only, ...others]: Iterable<HclBlock>): boolean {
    if (only === undefined || others.length > 0) return false;
    this.#sets.join(block, only);
    return true;
  }

  #isApp(set: readonly HclBlock[]): boolean {
    return set.some((one) => this.#leaders.includes(one));
  }

  #isShared(block: HclBlock): boolean {
    return isSharedKind(this.#objects.get(block)?.kind ?? '');
  }
}
