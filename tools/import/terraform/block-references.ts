import { expressionsIn } from './expression-trees';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';

/** The address with which a reference begins: `data.http.page` of `data.http.page.body`. */
const address = /(?<![\w.\])-])(?:data\.|ephemeral\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*/g;

/** Which blocks name which. */
export class BlockReferences {
  readonly #uses = new Map<HclBlock, ReadonlySet<HclBlock>>();
  readonly #users = new Map<HclBlock, Set<HclBlock>>();
  readonly #byAddress: ReadonlyMap<string, HclBlock>;

  constructor(readonly blocks: readonly HclBlock[]) {
    this.#byAddress = new Map(blocks.map((block) => [addressOf(block), block]));
    for (const block of blocks) {
      const uses = new Set(this.#namedIn(block.body).filter((one) => one !== block));
      this.#uses.set(block, uses);
      for (const one of uses) this.#users.set(one, (this.#users.get(one) ?? new Set()).add(block));
    }
  }

  /** What a block names. */
  uses(block: HclBlock): ReadonlySet<HclBlock> {
    return this.#uses.get(block) ?? new Set();
  }

  /** What names a block. */
  users(block: HclBlock): ReadonlySet<HclBlock> {
    return this.#users.get(block) ?? new Set();
  }

  #namedIn(value: unknown): HclBlock[] {
    const named = expressionsIn(value).flatMap((source) => [...source.matchAll(address)]);
    return named.flatMap(([text]) => this.#byAddress.get(text) ?? []);
  }

  /** The resources, data sources and calls that a block names, by itself or through locals. */
  made(block: HclBlock, found = new Set<HclBlock>(), seen = new Set<HclBlock>()): Set<HclBlock> {
    for (const one of this.uses(block)) {
      if (seen.has(one)) continue;
      seen.add(one);
      if (makes(one)) found.add(one);
      else this.made(one, found, seen);
    }
    return found;
  }
}

/** Whether a block stands for something that Terraform makes or looks up. */
export const makes = ({ kind }: HclBlock): boolean =>
  ['resource', 'data', 'ephemeral', 'module'].includes(kind);
