import { isBlock, isDynamic } from '../block';
import { type Expression, type Step, isExpression } from '../expression';

/** An expression, and where in a tree of values it stands. */
export interface PlacedExpression {
  readonly path: readonly Step[];
  readonly expression: Expression<unknown>;
  /** Whether it stands in a dynamic block, whose collection is at the path `for_each` and whose content is at none. */
  readonly inDynamic: boolean;
}

/** Finds all expressions in a tree of values, in their order. What they are made of is not looked into. */
export function expressionsIn(value: unknown): PlacedExpression[] {
  const placed: PlacedExpression[] = [];
  visit(value, [], false, placed);
  return placed;
}

/** The path is one list that grows and shrinks, since most of what is visited is no expression. */
function visit(value: unknown, path: Step[], inDynamic: boolean, placed: PlacedExpression[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1)
      visitMember(value[index], index, path, inDynamic, placed);
  } else if (isExpression(value)) {
    placed.push({ path: [...path], expression: value, inDynamic });
  } else if (isDynamic(value)) {
    visitMember(value.dynamic.for_each, 'for_each', path, true, placed);
    visit(value.dynamic.content, path, true, placed);
  } else if (!isBlock(value)) {
    for (const key in value) visitMember(Reflect.get(value, key), key, path, inDynamic, placed);
  }
}

function visitMember(
  value: unknown,
  step: Step,
  path: Step[],
  inDynamic: boolean,
  placed: PlacedExpression[],
): void {
  if (typeof value !== 'object') return;
  path.push(step);
  visit(value, path, inDynamic, placed);
  path.pop();
}
