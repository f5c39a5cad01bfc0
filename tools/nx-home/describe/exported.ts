import { type Block, type Problem, type Stack, ProblemsError, isBlock, isExpression } from '@home/terraform';
import { type Place } from '../graph/layout';

/**
 * The blocks that a `main.ts` exports, in order.
 *
 * @throws ProblemsError when it exports nothing, or something else
 */
export function blocksIn(exported: unknown, place: Place): Block[] {
  const blocks = collect(exported, place);
  if (blocks.length > 0) return blocks;
  throw mistake(
    place,
    'must export at least one block by default, but exports none',
    'Export what it makes, or delete it',
  );
}

/**
 * The stack that a `stack.ts` exports.
 *
 * @throws ProblemsError when it exports something else
 */
export function stackIn(exported: unknown, place: Place): Stack {
  if (isStack(exported)) return exported;
  const what = `must export a stack by default, but exports ${nameOf(exported)}`;
  throw mistake(place, what, 'Write `export default stack({ … })`');
}

function collect(exported: unknown, place: Place): Block[] {
  if (isBlock(exported)) return [exported];
  if (Array.isArray(exported)) return exported.flatMap((item) => collect(item, place));
  if (typeof exported === 'object' && exported !== null && 'blocks' in exported)
    return collect(exported.blocks, place);
  const what = `must export blocks by default, but exports ${nameOf(exported)}`;
  throw mistake(place, what, 'Write `export default [ … ]` with the blocks that it makes');
}

function isStack(value: unknown): value is Stack {
  const keys: readonly (keyof Stack)[] = [
    'after',
    'requiredVersion',
    'providers',
    'blocks',
    'backend',
    'ready',
  ];
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (isExpression(value)) return 'a reference';
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object'
    ? `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`
    : `the ${typeof value} ${JSON.stringify(value)}`;
}

function mistake({ file }: Place, what: string, remedy: string): ProblemsError {
  const problem: Problem = { where: file, what, remedy };
  return new ProblemsError([problem]);
}
