import { type Block, type Expression, type PlacedExpression, expressionsIn, sourceOf } from '@home/terraform';

const found = new WeakMap<Block, readonly PlacedExpression[]>();

/** All expressions in a block's arguments. Each block is looked through once. */
export function expressionsOf(block: Block): readonly PlacedExpression[] {
  const known = found.get(block) ?? expressionsIn(block.body);
  found.set(block, known);
  return known;
}

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
