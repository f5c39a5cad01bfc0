import { kindOf } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { mapTexts } from '../kubernetes/fields';
import { type RelatedObject, nested } from '../kubernetes/object-relations';
import { expressionsIn, traversalIn } from './expression-trees';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { splitTemplate } from './split-template';

/** The address with which a reference begins: `data.http.page` of `data.http.page.body`. */
const address = /(?<![\w.\])-])(?:data\.|ephemeral\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*/g;

/** Which blocks use which others. */
export class Uses {
  readonly #uses: ReadonlyMap<HclBlock, ReadonlySet<HclBlock>>;
  readonly #users = new Map<HclBlock, Set<HclBlock>>();

  constructor(
    readonly blocks: readonly HclBlock[],
    usedBy: (block: HclBlock) => readonly HclBlock[],
  ) {
    this.#uses = new Map(
      blocks.map((block) => [block, new Set(usedBy(block).filter((one) => one !== block))]),
    );
    for (const [block, uses] of this.#uses)
      for (const one of uses) this.#users.set(one, (this.#users.get(one) ?? new Set()).add(block));
  }

  /** What a block uses. */
  of(block: HclBlock): ReadonlySet<HclBlock> {
    return this.#uses.get(block) ?? new Set();
  }

  /** What uses a block. */
  usersOf(block: HclBlock): ReadonlySet<HclBlock> {
    return this.#users.get(block) ?? new Set();
  }
}

/** Which blocks name which. */
export class BlockReferences extends Uses {
  constructor(blocks: readonly HclBlock[]) {
    const byAddress = new Map(blocks.map((block) => [addressOf(block), block]));
    super(blocks, ({ body }) => {
      const named = expressionsIn(body).flatMap((source) => [...source.matchAll(address)]);
      return named.flatMap(([text]) => byAddress.get(text) ?? []);
    });
  }

  /** The resources, data sources and calls that a block names, by itself or through locals. */
  made(block: HclBlock, found = new Set<HclBlock>(), seen = new Set<HclBlock>()): Set<HclBlock> {
    for (const one of this.of(block)) {
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

/**
 * The values of a module as far as they are written out somewhere: in a local, as a default, as another block's
 * argument. What only Terraform knows keeps its source, so that equal sources are equal values.
 */
export class KnownValues {
  readonly #blocks: ReadonlyMap<string, HclBlock>;

  constructor(blocks: readonly HclBlock[]) {
    this.#blocks = new Map(blocks.map((block) => [addressOf(block), block]));
  }

  /** A value with everything in its place that is known of it. */
  of(value: unknown, depth = 0): unknown {
    return mapTexts(value, (text) => this.#ofTemplate(text, depth));
  }

  #ofTemplate(template: string, depth: number): unknown {
    const parts = splitTemplate(template).map((part) => {
      if (part.kind === 'text') return part.text;
      return this.#read(part.source, depth) ?? `\${${part.source}}`;
    });
    const [only, ...more] = parts;
    return more.length === 0 ? only : parts.map((part) => (isPlainObject(part) ? '' : String(part))).join('');
  }

  /** What a reference leads to; undefined where that is not written out. */
  #read(source: string, depth: number): unknown {
    const [kind, name, ...rest] = traversalIn(source) ?? [];
    // Terraform refuses values that name each other in a circle; the bound is for those.
    if (kind === undefined || depth > 20) return undefined;
    const variable = this.#blocks.get(`var.${name}`);
    if (kind === 'local')
      return this.#step(this.#blocks.get(`local.${name}`)?.body, [String(name), ...rest], depth);
    if (kind === 'var') return this.#step(variable?.body['default'], rest, depth);
    return rest.length === 0 ? undefined : this.#step(this.#blocks.get(`${kind}.${name}`)?.body, rest, depth);
  }

  #step(from: unknown, path: readonly (string | number)[], depth: number): unknown {
    let value = from;
    for (const step of path) {
      const at = typeof value === 'string' ? this.of(value, depth + 1) : value;
      value = Array.isArray(at)
        ? (at as readonly unknown[])[Number(step)]
        : isPlainObject(at)
          ? at[step]
          : undefined;
    }
    return value === undefined || value === null ? undefined : this.of(value, depth + 1);
  }
}

/** The objects of Kubernetes that blocks make, with everything in its place that is known of their arguments. */
export function objectsOf(blocks: readonly HclBlock[]): ReadonlyMap<HclBlock, RelatedObject> {
  const known = new KnownValues(blocks);
  return new Map(
    blocks.flatMap((block): [HclBlock, RelatedObject][] => {
      const kind = objectKind(block);
      const given = kind === undefined ? undefined : known.of(block.body);
      if (kind === undefined || !isPlainObject(given)) return [];
      const { name = '', namespace } = nested(given, 'metadata');
      const space = namespace === undefined || namespace === null ? {} : { namespace: String(namespace) };
      return [[block, { kind, name: String(name), ...space, given }]];
    }),
  );
}

/** The kind of the object that a block makes, in lower case: `kubernetes_stateful_set` → `statefulset`. */
export const objectKind = (block: HclBlock): string | undefined =>
  block.kind === 'resource' ? kindOf(block.type) : undefined;
