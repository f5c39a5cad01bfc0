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
import { type BlockReferences, makes, objectKind, objectsOf } from './block-references';
import type { HclBlock } from './parse-module';

/** Blocks that make one app, or that several apps share. */
export interface Gathered {
  readonly blocks: readonly [HclBlock, ...HclBlock[]];
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
  readonly #made: readonly HclBlock[];
  readonly #objects: ReadonlyMap<HclBlock, RelatedObject>;
  readonly #sets: DisjointSets<HclBlock>;
  readonly #leaders: ReadonlySet<HclBlock>;
  /** What a block names, be it by reference, by an object's name or by labels, and the other way round. */
  readonly #uses = new Map<HclBlock, ReadonlySet<HclBlock>>();
  readonly #users = new Map<HclBlock, Set<HclBlock>>();

  constructor(
    references: BlockReferences,
    private readonly isApp: (call: HclBlock) => boolean,
  ) {
    this.#made = references.blocks.filter(makes);
    this.#objects = objectsOf(references.blocks);
    this.#sets = new DisjointSets(this.#made);
    this.#leaders = new Set(this.#made.filter((block) => this.#isLeader(block)));
    const byKey = new Map([...this.#objects].map(([block, object]) => [keyOf(object), block]));
    for (const block of this.#made) {
      const object = this.#objects.get(block);
      const linked = object === undefined ? [] : linksIn(object);
      const named = linked.flatMap(({ to }) => byKey.get(keyOf(to)) ?? []);
      const uses = new Set([...references.made(block), ...named, ...this.#selectedBy(block)]);
      uses.delete(block);
      this.#uses.set(block, uses);
      for (const one of uses) this.#users.set(one, (this.#users.get(one) ?? new Set()).add(block));
    }
  }

  gathered(): readonly Gathered[] {
    this.#sets.joinEqual((block) => {
      const object = this.#objects.get(block);
      return object && appOf(object);
    });
    this.#joinAbout();
    this.#attach();
    this.#joinByFile();
    this.#adoptStrays();
    return this.#sets
      .all()
      .map((blocks) => ({ blocks, leaders: blocks.filter((one) => this.#leaders.has(one)) }));
  }

  #isLeader(block: HclBlock): boolean {
    return block.kind === 'module' ? this.isApp(block) : makesPods(block);
  }

  #selectedBy(block: HclBlock): HclBlock[] {
    const selector = this.#objects.get(block);
    if (selector === undefined) return [];
    return this.#made.filter((one) => {
      const object = this.#objects.get(one);
      return object !== undefined && selects(selector, object);
    });
  }

  /** A Service and the pods that it selects, an autoscaler and what it scales. */
  #joinAbout(): void {
    for (const [block, { kind }] of this.#objects) {
      if (!isSelector(kind) && !kind.endsWith('autoscaler')) continue;
      const about = this.#setsOf([...this.#usesOf(block)].filter((one) => this.#leaders.has(one)));
      if (about.size === 1) this.#joinAll(block, about);
    }
  }

  /** Goes on until nothing more finds its only user, or the only thing that it is about. */
  #attach(): void {
    const joined = this.#sets.all().some((set) => {
      if (this.#isApp(set)) return false;
      const [first] = set;
      const users = this.#setsOf(set.flatMap((one) => [...(this.#users.get(one) ?? [])]));
      users.delete(this.#sets.find(first));
      if (users.size > 1) return false;
      const about = users.size === 1 ? users : this.#aboutOf(set);
      this.#joinAll(first, about);
      return about.size === 1;
    });
    if (joined) this.#attach();
  }

  /** The only app that blocks name, or the only other thing; many name a namespace, which says nothing. */
  #aboutOf(set: readonly HclBlock[]): Set<HclBlock> {
    const named = set.flatMap((one) => [...this.#usesOf(one)]).filter((one) => !set.includes(one));
    const telling = this.#setsOf(named.filter((one) => one.kind !== 'data' && !this.#isShared(one)));
    const all = this.#sets.all();
    const apps = new Set(
      [...telling].filter((root) => all.some((one) => this.#isApp(one) && this.#sets.find(one[0]) === root)),
    );
    const about = apps.size > 0 ? apps : telling;
    return about.size === 1 ? about : new Set();
  }

  /** Where people gave each app a file, apps of one file that use each other are one. */
  #joinByFile(): void {
    const files = new Set([...this.#leaders].map(({ file }) => file));
    if (files.size > 1) {
      for (const leader of this.#leaders)
        for (const used of this.#usedApps(leader))
          if (used.file === leader.file) this.#sets.join(leader, used);
    }
    for (const set of this.#sets.all().filter((one) => !this.#isApp(one) && !this.#isSharedSet(one))) {
      const homes = this.#setsOf(
        [...this.#leaders].filter(({ file }) => set.some((one) => one.file === file)),
      );
      const users = this.#setsOf(set.flatMap((one) => [...(this.#users.get(one) ?? [])]));
      const [home] = homes;
      if (files.size > 1 && homes.size === 1 && home !== undefined && users.has(home))
        this.#joinAll(set[0], homes);
    }
    this.#attach();
  }

  /** The leaders that a leader uses, by itself or through what lies between. */
  #usedApps(leader: HclBlock): HclBlock[] {
    const used = [...this.#usesOf(leader)].map((one) => this.#sets.find(one));
    return [...this.#leaders].filter((one) => one !== leader && used.includes(this.#sets.find(one)));
  }

  /** What is about nothing goes to the app of its file or, failing that, of its name. */
  #adoptStrays(): void {
    for (const set of this.#sets.all().filter((one) => !this.#isApp(one) && !this.#isSharedSet(one))) {
      if (set.some((one) => this.#users.has(one) || this.#named(one).some((used) => !set.includes(used))))
        continue;
      const sameFile = this.#setsOf(
        [...this.#leaders].filter(({ file }) => set.some((one) => one.file === file)),
      );
      const sameName = this.#setsOf(
        [...this.#leaders].filter((leader) => set.some((one) => one.label.startsWith(leader.label))),
      );
      const homes = sameFile.size === 1 ? sameFile : sameName;
      if (homes.size === 1) this.#joinAll(set[0], homes);
    }
  }

  #named(block: HclBlock): HclBlock[] {
    return [...this.#usesOf(block)].filter((one) => one.kind !== 'data' && !this.#isShared(one));
  }

  #usesOf(block: HclBlock): ReadonlySet<HclBlock> {
    return this.#uses.get(block) ?? new Set();
  }

  #setsOf(blocks: readonly HclBlock[]): Set<HclBlock> {
    return new Set(blocks.map((block) => this.#sets.find(block)));
  }

  #joinAll(block: HclBlock, sets: Iterable<HclBlock>): void {
    for (const one of sets) this.#sets.join(block, one);
  }

  #isApp(set: readonly HclBlock[]): boolean {
    return set.some((one) => this.#leaders.has(one));
  }

  #isSharedSet(set: readonly HclBlock[]): boolean {
    return set.every((one) => this.#isShared(one));
  }

  #isShared(block: HclBlock): boolean {
    return isSharedKind(this.#objects.get(block)?.kind ?? '');
  }
}
