import { isPlainObject } from '@home/terraform';
import { traversalIn } from './expression-trees';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { splitTemplate } from './split-template';

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
    if (Array.isArray(value)) return value.map((item: unknown) => this.of(item, depth));
    if (isPlainObject(value)) {
      const members = Object.entries(value).map(([key, member]) => [key, this.of(member, depth)]);
      return Object.fromEntries(members);
    }
    return typeof value === 'string' ? this.#ofTemplate(value, depth) : value;
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
