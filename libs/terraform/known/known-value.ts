import { isRepeated } from '../addresses';
import { isBlock, isDynamic } from '../block';
import {
  type Block,
  type Expression,
  type Step,
  isExpression,
  isPlainObject,
  reference,
  sourceOf,
} from '../expression';
import { traversalsIn } from '../hcl/traversal';

/** What is known of a value before Terraform runs. */
export type Known = { readonly value: unknown } | undefined;

/**
 * The value that a block's own arguments give an attribute, without asking Terraform.
 *
 * @param block the block
 * @param path the steps to the attribute, as Terraform reads it (`metadata[0].name` also for a block given as an object)
 * @returns the value, which may hold expressions; undefined when only Terraform can tell
 */
export function knownValue(block: Block, path: readonly Step[]): Known {
  if (block.kind === 'output') return walk(block.body['value'], path);
  if (block.kind === 'locals') return walk(block.body, path);
  // Of a whole resource only a part is known: the provider adds to it.
  if (block.kind !== 'resource' || isRepeated(block) || path.length === 0) return undefined;
  return walk(block.body, path);
}

/**
 * Tells whether a value means the same wherever it stands. References to blocks do; names such as `each.key`, and
 * source text with names in it, mean something in their own block or stack alone.
 */
export function isPortable(value: unknown): boolean {
  return expressionsIn(value).every(({ expression }) => {
    const made = sourceOf(expression);
    if (made?.kind === 'reference') return typeof made.target.root !== 'string';
    if (made?.kind === 'template') return isPortable(made.parts);
    const parts = made?.parts ?? [];
    const source = parts.map((part) => (typeof part === 'string' ? part : 'null')).join('');
    return (
      traversalsIn(source).length === 0 &&
      parts.every((part) => typeof part === 'string' || isPortable(part.value))
    );
  });
}

function walk(value: unknown, path: readonly Step[]): Known {
  const [step, ...rest] = path;
  if (value === undefined || value === null || isDynamic(value)) return undefined;
  if (step === undefined) return holdsDynamic(value) ? undefined : { value };
  if (isExpression(value)) {
    const made = sourceOf(value);
    return made?.kind === 'reference' && typeof made.target.root !== 'string'
      ? { value: reference(made.target.root, [...made.target.path, ...path]) }
      : undefined;
  }
  if (Array.isArray(value)) {
    return typeof step === 'number' && !value.some(isDynamic) ? walk(value[step], rest) : undefined;
  }
  if (!isPlainObject(value)) return undefined;
  if (step === 0 && !Object.hasOwn(value, '0')) return walk(value, rest);
  return Object.hasOwn(value, step) ? walk(value[step], rest) : undefined;
}

function holdsDynamic(value: unknown): boolean {
  return Array.isArray(value) && value.some(isDynamic);
}

/**
 * Replaces every reference to a known value by that value, so that rules see the text `apps` and not a pointer at it.
 *
 * @param value a tree of values
 * @param placed the expressions in it, where they are found already
 * @returns the same tree; what only Terraform can tell stays an expression or a dynamic block, and a part in which
 *   nothing was replaced stays the same object
 */
export function resolve(value: unknown, placed: readonly PlacedExpression[] = expressionsIn(value)): unknown {
  let resolved = value;
  for (const { path, expression, inDynamic } of placed) {
    const known = inDynamic ? expression : resolveExpression(expression);
    if (known !== expression) resolved = withValue(resolved, path, known);
  }
  return resolved;
}

/** The same tree with another value in one place. What is around that place is copied. */
function withValue(tree: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const copy: object = Array.isArray(tree) ? [...(tree as readonly unknown[])] : { ...(tree as object) };
  Reflect.set(copy, step, withValue(Reflect.get(copy, step), rest, value));
  return copy;
}

function resolveExpression(expression: Expression<unknown>): unknown {
  const made = sourceOf(expression);
  if (made?.kind === 'template') {
    const texts = made.parts.map((part) => resolve(part));
    return texts.every((text) => typeof text !== 'object') ? texts.join('') : expression;
  }
  if (made?.kind !== 'reference' || typeof made.target.root === 'string') return expression;
  const known = knownValue(made.target.root, made.target.path);
  return known === undefined ? expression : resolve(known.value);
}

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
