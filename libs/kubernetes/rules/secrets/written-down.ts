import {
  type Expression,
  isExpression,
  isPlainObject,
  knownValue,
  readTemplate,
  sourceOf,
  traversalsIn,
} from '@home/terraform';
import { operandsOf } from '../../read/expressions';

/**
 * Tells whether a value stands in the home's description itself, as text or as something that is made of text alone:
 * `base64encode("secret")` is written down, `base64encode(var.secret)` is not. An empty text says nothing.
 */
export function isWrittenDown(value: unknown): boolean {
  if (isExpression(value)) return isMadeOfText(value);
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function isMadeOfText(expression: Expression<unknown>): boolean {
  const made = sourceOf(expression);
  if (made?.kind !== 'reference') {
    const { values, sources } = operandsOf(expression);
    return values.every(isText) && !readsAnything(sources);
  }
  if (typeof made.target.root === 'string') return false;
  const { root, path } = made.target;
  const known = root.kind === 'locals' ? knownValue(root, path) : undefined;
  return known !== undefined && isWrittenDown(known.value);
}

/** Tells whether source text names something, or reads a file. A text in it names nothing: `"hunter.two"`. */
function readsAnything(sources: readonly string[]): boolean {
  const { codes } = readTemplate(`\${${sources.join('null')}}`);
  return codes.some((code) => traversalsIn(code).length > 0 || /\b(file|templatefile)\w*\(/.test(code));
}

/** Text, and lists and objects of text. */
function isText(value: unknown): boolean {
  if (isExpression(value)) return isMadeOfText(value);
  if (Array.isArray(value)) return value.every(isText);
  return !isPlainObject(value) || Object.values(value).every(isText);
}
