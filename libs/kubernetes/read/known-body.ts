import {
  type Block,
  type Body,
  type Expression,
  type PlacedExpression,
  expressionsIn,
  isDynamic,
  isExpression,
  isPlainObject,
  raw,
  remember,
  resolve,
  sourceOf,
} from '@home/terraform';

/** All expressions in a block's arguments. */
export const expressionsOf = remember((block: Block): readonly PlacedExpression[] =>
  expressionsIn(block.body),
);

/** Tells whether an expression only points at other blocks, as `depends_on` does, and gives no value. */
export function isPointer({ path: [argument, member] }: PlacedExpression): boolean {
  return pointers.has(argument) || (argument === 'lifecycle' && member === 'replace_triggered_by');
}

const pointers: ReadonlySet<unknown> = new Set(['depends_on', 'provider', 'providers', 'to', 'from']);

/** What a template or a function is made of: its values, and the source text around them. */
export function operandsOf(expression: Expression<unknown>): { values: unknown[]; sources: string[] } {
  const made = sourceOf(expression);
  if (made?.kind === 'template') return { values: [...made.parts], sources: [] };
  if (made?.kind !== 'code') return { values: [], sources: [] };
  const values = made.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]));
  return { values, sources: made.parts.filter((part) => typeof part === 'string') };
}

/** What is known of a block's arguments before Terraform runs. */
export const knownBody = remember((block: Block) => resolve(block.body, expressionsOf(block)) as Body);

const none: readonly Body[] = [];

/**
 * The nested blocks that stand in one place, whether written as one object or as a list. Those that Terraform makes
 * (dynamic blocks) are not among them.
 */
export function nestedBlocks(value: unknown): readonly Body[] {
  if (value === undefined) return none;
  if (!Array.isArray(value)) return isNested(value) ? [value] : none;
  return value.every(isNested) ? value : value.filter(isNested);
}

/** All nested blocks to which some names lead: `blocksAt(spec, ['rule', 'http', 'path'])`; without names the body itself. */
export function blocksAt(body: Body, names: readonly string[]): readonly Body[] {
  let blocks: readonly Body[] = [body];
  for (const name of names) {
    const [first, ...more] = blocks;
    if (first === undefined) return none;
    // Mostly there is one, and nothing has to be copied.
    blocks =
      more.length === 0 ? nestedBlocks(first[name]) : blocks.flatMap((block) => nestedBlocks(block[name]));
  }
  return blocks;
}

const isNested = (value: unknown): value is Body => isPlainObject(value) && !isDynamic(value);

const empty: Body = {};
const unknown = raw<unknown>('null');

/** What is read of a nested block that Terraform makes: in every member something that only Terraform knows. */
const unknownBody: Body = new Proxy(empty, {
  get: (_, key) => (typeof key === 'symbol' ? undefined : unknown),
});

/** The one nested block that stands in a place; an empty one where there is none. */
export function nestedBlock(value: unknown): Body {
  return nestedBlocks(value)[0] ?? (isOpen(value) ? unknownBody : empty);
}

/** Tells whether a place may hold more than what is known of it: an expression, or blocks that Terraform makes. */
export function isOpen(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isForTerraform) : isForTerraform(value);
}

const isForTerraform = (item: unknown): boolean => isExpression(item) || isDynamic(item);
