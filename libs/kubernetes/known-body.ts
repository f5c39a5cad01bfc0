import { type Block, type Body, isDynamic, isExpression, isPlainObject, resolve } from '@home/terraform';

const known = new WeakMap<Block, Body>();

/** What is known of a block's arguments before Terraform runs. Each block is worked out once. */
export function knownBody(block: Block): Body {
  const before = known.get(block);
  if (before !== undefined) return before;
  const body = resolve(block.body) as Body;
  known.set(block, body);
  return body;
}

/**
 * The nested blocks that stand in one place, whether written as one object or as a list. Those that Terraform makes
 * (dynamic blocks) are not among them.
 */
export function nestedBlocks(value: unknown): readonly Body[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item): item is Body => isPlainObject(item) && !isDynamic(item));
}

/** The one nested block that stands in a place; an empty one where there is none. */
export function nestedBlock(value: unknown): Body {
  return nestedBlocks(value)[0] ?? {};
}

/** Tells whether a place may hold more than what is known of it: an expression, or blocks that Terraform makes. */
export function isOpen(value: unknown): boolean {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.some((item) => isExpression(item) || isDynamic(item));
}
