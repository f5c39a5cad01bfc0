import { formatSteps } from '@home/terraform';
import { type Code, call, children, imported, literal, steps } from '../code/code';
import { type HclType, fits, stepInto, typescriptOf } from './hcl-type';

/** A piece of code, and what Terraform will find there. */
export interface Typed {
  readonly code: Code;
  readonly type: HclType;
}

const terraform = (name: string): Code => imported('@home/terraform', name);

/**
 * HCL given as source text, with values between: `raw('max(', a, ', ', b, ')')`. Its place tells the compiler its type; of a
 * map it does not tell enough.
 */
export function raw(type: HclType, ...parts: readonly (string | Code)[]): Typed {
  const given = parts.map((part) => (typeof part === 'string' ? literal(part) : part));
  return { code: withMapType(call(terraform('raw'), ...given), type), type };
}

function withMapType(code: Code, type: HclType): Code {
  const typescript = typeof type !== 'string' && type[0] === 'map' ? typescriptOf(type) : undefined;
  return code.kind === 'call' && typescript !== undefined ? { ...code, type: typescript } : code;
}

const isRaw = (code: Code): code is Extract<Code, { readonly kind: 'call' }> =>
  code.kind === 'call' && code.callee.kind === 'imported' && code.callee.name === 'raw';

/** Whether the compiler cannot tell what a piece of code is where nothing around it tells: source text is in it. */
export const holdsRaw = (code: Code): boolean => isRaw(code) || children(code).some(holdsRaw);

/**
 * Gives a value the type that is wanted where it stands. Terraform converts numbers, texts and flags by itself, so its
 * functions that do the same change nothing; for all else the compiler is told what Terraform will find.
 */
export function adapt(value: Typed, wanted: HclType): Typed {
  const { code, type } = value;
  if (fits(type, wanted)) return value;
  if (code.kind === 'literal') {
    const converted = convertLiteral(code.value, wanted);
    if (converted !== undefined) return { code: literal(converted), type: wanted };
  }
  if (wanted === 'string' && (type === 'number' || type === 'bool')) {
    return { code: call(terraform('tostring'), code), type: 'string' };
  }
  if (wanted === 'number' && type === 'string')
    return { code: call(terraform('tonumber'), code), type: 'number' };
  return retyped(wanted, code);
}

/** Lets the place of a value tell the compiler what it is, as it does for source text. */
export const retyped = (type: HclType, code: Code): Typed =>
  isRaw(code) ? { code: withMapType(code, type), type } : raw(type, '', code);

/** As Terraform converts it: `8080` → `"8080"`, `"true"` → `true`. */
function convertLiteral(
  value: string | number | boolean | null,
  wanted: HclType,
): string | number | boolean | undefined {
  if (value === null) return undefined;
  if (wanted === 'string') return String(value);
  if (wanted === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (wanted === 'bool' && (value === 'true' || value === 'false')) return value === 'true';
  return undefined;
}

/**
 * Steps into a reference as far as its type is known; the rest becomes source text.
 *
 * @param wanted the type that is needed, for the case that it is not known
 */
export function stepThrough(from: Typed, path: readonly (string | number)[], wanted: HclType): Typed {
  let { code, type } = from;
  for (const [index, step] of path.entries()) {
    const next = stepInto(type, step);
    if (next === undefined) return stepRaw(wanted, code, path.slice(index));
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
export function stepRaw(wanted: HclType, code: Code, path: readonly (string | number)[]): Typed {
  const [open, close] = isOperation(code) ? ['(', ')'] : ['', ''];
  return raw(wanted, open, code, close + formatSteps(path));
}

/** Whether code becomes source text that is no single operand, such as `a || b`. */
export function isOperation(code: Code): boolean {
  if (code.kind === 'use') return isOperation(code.of.code);
  if (!isRaw(code)) return false;
  const [first, second, ...rest] = code.given;
  const isCast = first?.kind === 'literal' && first.value === '' && second !== undefined && rest.length === 0;
  return isCast ? isOperation(second) : !isOperand(code.given);
}

/** `["max(", code, ", 2)"]`, `["", code, ".name"]`, `["each.value"]` are operands. */
function isOperand([first, ...more]: readonly Code[]): boolean {
  const start = first?.kind === 'literal' ? String(first.value) : '';
  if (more.length === 0) return /^[\w.\-"[\]*]+$/.test(start);
  const last = more.at(-1);
  const end = last?.kind === 'literal' ? String(last.value) : '';
  return start === '' && more.length === 2 && /^[.[][\w.\-"[\]*]*$/.test(end);
}
