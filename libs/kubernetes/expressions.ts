import {
  type Block,
  type Body,
  type Expression,
  type Step,
  isBlock,
  isDynamic,
  isExpression,
  isPlainObject,
  sourceOf,
} from '@home/terraform';

/** An expression, and where in a block it stands. */
export interface Placed {
  readonly path: readonly Step[];
  readonly expression: Expression<unknown>;
}

const found = new WeakMap<Block, readonly Placed[]>();

/**
 * All expressions that give a block's arguments their values, those in dynamic blocks included. What only points at
 * other blocks, such as `depends_on`, gives no value.
 */
export function expressionsIn(block: Block): readonly Placed[] {
  const known = found.get(block);
  if (known !== undefined) return known;
  const placed: Placed[] = [];
  for (const [name, value] of Object.entries(block.body)) {
    if (!pointers.has(name)) visit(name === 'lifecycle' ? withoutPointers(value) : value, [name], placed);
  }
  found.set(block, placed);
  return placed;
}

/** All expressions in a value, and where in it they stand. */
export function expressionsInValue(value: unknown): readonly Placed[] {
  const placed: Placed[] = [];
  visit(value, [], placed);
  return placed;
}

/** What a template or a function is made of: its values, and the source text around them. */
export function operandsOf(expression: Expression<unknown>): { values: unknown[]; sources: string[] } {
  const made = sourceOf(expression);
  if (made?.kind === 'template') return { values: [...made.parts], sources: [] };
  if (made?.kind !== 'code') return { values: [], sources: [] };
  const values = made.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]));
  return { values, sources: made.parts.filter((part) => typeof part === 'string') };
}

const pointers: ReadonlySet<string> = new Set(['depends_on', 'provider', 'providers', 'to', 'from']);

function withoutPointers(lifecycle: unknown): unknown {
  if (!isPlainObject(lifecycle)) return lifecycle;
  const { replace_triggered_by: _, ...rest } = lifecycle;
  return rest;
}

function visit(value: unknown, path: readonly Step[], placed: Placed[]): void {
  if (typeof value !== 'object' || value === null || isBlock(value)) return;
  if (isExpression(value)) placed.push({ path, expression: value });
  else if (isDynamic(value)) {
    visit(value.dynamic.for_each, [...path, 'for_each'], placed);
    visit(value.dynamic.content, path, placed);
  } else if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index], placed));
  else for (const [key, member] of Object.entries(value as Body)) visit(member, [...path, key], placed);
}
