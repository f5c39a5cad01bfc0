import { formatSteps } from '@home/terraform';
import { type Code, call, imported, literal, steps } from '../code/code';
import { type HclType, stepInto } from './hcl-type';

/** A piece of code, and what Terraform will find there: `dynamic`, where only Terraform knows. */
export interface Typed {
  readonly code: Code;
  readonly type: HclType;
}

/** HCL given as source text, with values between, which stands wherever a value may: `raw('max(', a, ', ', b, ')')`. */
export function raw(...parts: readonly (string | Code)[]): Typed {
  const given = parts.map((part) => (typeof part === 'string' ? literal(part) : part));
  return { code: call(imported('@home/terraform', 'raw'), ...given), type: 'dynamic' };
}

/** The call that makes source text, be it by way of a `const`. */
function rawIn(code: Code): Extract<Code, { readonly kind: 'call' }> | undefined {
  if (code.kind === 'use') return rawIn(code.of.code);
  const isRaw = code.kind === 'call' && code.callee.kind === 'imported' && code.callee.name === 'raw';
  return isRaw ? code : undefined;
}

/**
 * Gives a value the type that is wanted where it stands. Terraform converts numbers, texts and flags by itself, so its
 * functions that do the same change nothing; all else becomes source text, which the compiler takes for anything.
 */
export function adapt(value: Typed, wanted: HclType): Typed {
  const { code, type } = value;
  const isFit = typeof type === 'string' ? type === wanted : typeof wanted !== 'string';
  if (wanted === 'dynamic' || isFit) return value;
  const converted = code.kind === 'literal' ? convertLiteral(code.value, wanted) : undefined;
  if (converted !== undefined) return { code: literal(converted), type: wanted };
  const isPlain = type === 'string' || type === 'number' || type === 'bool';
  if (isPlain && (wanted === 'string' || (wanted === 'number' && type === 'string')))
    return { code: call(imported('@home/terraform', `to${wanted}`), code), type: wanted };
  return { code: anything(code), type: wanted };
}

/** Code that the compiler takes for anything. */
export const anything = (code: Code): Code =>
  rawIn(code) === undefined && !isUntypedCall(code) ? raw('', code).code : code;

const isUntypedCall = (code: Code): boolean =>
  code.kind === 'call' &&
  code.callee.kind === 'imported' &&
  code.callee.name === 'call' &&
  code.type === undefined;

/** As Terraform converts it: `8080` → `"8080"`, `"true"` → `true`. */
function convertLiteral(
  value: string | number | boolean | null,
  wanted: HclType,
): string | number | boolean | undefined {
  if (value === null) return undefined;
  if (wanted === 'string') return String(value);
  if (wanted === 'number' && typeof value === 'string' && /^-?(\d{1,15}|\d+\.\d+)$/.test(value))
    return Number(value);
  if (wanted === 'bool' && (value === 'true' || value === 'false')) return value === 'true';
  return undefined;
}

/** Steps into a reference as far as its type is known; the rest becomes source text. */
export function stepThrough(from: Typed, path: readonly (string | number)[]): Typed {
  let { code, type } = from;
  for (const [index, step] of path.entries()) {
    const next = stepInto(type, step);
    if (next === undefined) return stepRaw(code, path.slice(index));
    const isSure = typeof step === 'number' ? step < 10 : typeof type !== 'string' && type[0] === 'object';
    const stepped = steps(
      code.kind === 'path' ? code.of : code,
      ...(code.kind === 'path' ? code.steps : []),
      step,
    );
    code = isSure ? stepped : { kind: 'present', of: stepped };
    type = next;
  }
  return { code, type };
}

/** Steps into what is not known: `raw('', code, '.name')`. */
export function stepRaw(code: Code, path: readonly (string | number)[]): Typed {
  const [open, close] = isOperation(code) ? ['(', ')'] : ['', ''];
  return raw(open, code, close + formatSteps(path));
}

/** Whether code becomes source text that is no single operand, such as `a || b`. */
export function isOperation(code: Code): boolean {
  const given = rawIn(code)?.given;
  if (given === undefined) return false;
  const [first, second, ...rest] = given;
  const isCast = first?.kind === 'literal' && first.value === '' && second !== undefined && rest.length === 0;
  return isCast ? isOperation(second) : !isOperand(given);
}

/** `["max(", code, ", 2)"]`, `["", code, ".name"]`, `["each.value"]` are operands. */
function isOperand([first, ...more]: readonly Code[]): boolean {
  const start = first?.kind === 'literal' ? String(first.value) : '';
  if (more.length === 0) return /^[\w.\-"[\]*]+$/.test(start);
  const last = more.at(-1);
  const end = last?.kind === 'literal' ? String(last.value) : '';
  return start === '' && more.length === 2 && /^[.[][\w.\-"[\]*]*$/.test(end);
}
