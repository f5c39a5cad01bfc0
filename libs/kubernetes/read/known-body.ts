import { type Block, type Body, isDynamic, isExpression, isPlainObject, raw, resolve } from '@home/terraform';
import { expressionsOf } from './expressions';

const known = new WeakMap<Block, Body>();

/** What is known of a block's arguments before Terraform runs. Each block is worked out once. */
export function knownBody(block: Block): Body {
  const body = known.get(block) ?? (resolve(block.body, expressionsOf(block)) as Body);
  known.set(block, body);
  return body;
}

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
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.some((item) => isExpression(item) || isDynamic(item));
}
