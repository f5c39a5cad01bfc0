import { type Body, isBlock, isDynamic } from './block';
import { escape, isPlain, normalize, problemOfText } from './escape';
import { type CodePart, type Expression, type Step, type Target, isExpression, sourceOf } from './expression';

const { template: escapeTemplate, literal: escapeLiteral } = escape;

/** JSON as it stands in a `.tf.json` file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How the stack that is being rendered reads a target: as a value that is known already, or by HCL source. */
export type Reading = { readonly value: unknown } | { readonly source: string };

/**
 * Where a value stands, from the last step to the first; undefined for a block itself. A list of its own for each value
 * would take as long as rendering it.
 */
export type Trail = { readonly from: Trail; readonly last: Step } | undefined;

/** One step further. */
export const step = (from: Trail, last: Step): Trail => ({ from, last });

/** What a value is rendered for. */
export interface Rendering {
  /** Decides how a target is read. */
  read(target: Target): Reading;
  /** The address of a block, for what names blocks and reads nothing. */
  point(target: Target): string;
  /** Takes note of a value that cannot be rendered; rendering goes on. */
  refuse(path: Trail, demand: string, remedy: string): void;
}

/**
 * Renders a value in a position that Terraform evaluates as a template.
 *
 * @param value a literal, an expression, or a tree of both
 * @param path where the value stands, for messages
 * @param rendering how targets are read and mistakes noted
 * @returns JSON; `undefined` members are left out
 */
export function renderTemplate(value: unknown, path: Trail, rendering: Rendering): Json | undefined {
  if (isExpression(value)) return renderExpression(value, path, rendering);
  return renderTree(value, path, rendering, renderTemplate, escapeTemplate);
}

/** Renders a value in a position that Terraform takes literally; expressions are refused. */
export function renderLiteral(value: unknown, path: Trail, rendering: Rendering): Json | undefined {
  if (isExpression(value)) {
    rendering.refuse(
      path,
      'must be a literal, because Terraform evaluates nothing here',
      'Write the value itself',
    );
    return undefined;
  }
  return renderTree(value, path, rendering, renderLiteral, escapeLiteral);
}

/** Renders a value in one kind of position. */
export type RenderMember = (value: unknown, path: Trail, rendering: Rendering) => Json | undefined;

function renderTree(
  value: unknown,
  path: Trail,
  rendering: Rendering,
  member: RenderMember,
  escapeText: (text: string) => string,
): Json | undefined {
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'boolean':
      return value;
    case 'string':
      return isPlain(value) ? value : escapeText(checkedText(value, path, rendering));
    case 'number':
      if (Number.isFinite(value)) return value;
      rendering.refuse(path, `must be a finite number, but is ${value}`, 'Write a number');
      return undefined;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) {
        return value.map((item, index) => member(item, step(path, index), rendering) ?? null);
      }
      if (isPlainObject(value)) return renderObject(value, path, rendering, member, escapeText);
  }
  const found = isBlock(value) ? `the block ${value.type}.${value.label}` : describe(value);
  const remedy = isBlock(value) ? 'Use one of its attributes: block.ref.…' : 'Write plain values';
  rendering.refuse(path, `must be data, but is ${found}`, remedy);
  return undefined;
}

function renderObject(
  value: Body,
  path: Trail,
  rendering: Rendering,
  member: RenderMember,
  escapeText: (text: string) => string,
): Json {
  const rendered: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const name = isPlain(key) ? key : escapeText(checkedText(key, path, rendering));
    renderMember(rendered, name, value[key], step(path, key), rendering, member);
  }
  return rendered;
}

/**
 * Renders one member of an object or block into `target`. Dynamic blocks move to the member `dynamic`, where
 * Terraform's JSON syntax wants them: `{ env: [E, D] }` → `{ env: [E], dynamic: { env: [D] } }`. Terraform makes blocks
 * in the order of the members, so a plain block that follows a dynamic one becomes a dynamic one that makes one block.
 */
export function renderMember(
  target: Record<string, Json>,
  name: string,
  value: unknown,
  path: Trail,
  rendering: Rendering,
  render: RenderMember,
): void {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const first = items.findIndex(isDynamic);
  const plain = first === -1 ? value : items.slice(0, first);
  const json = first === 0 ? undefined : render(plain, path, rendering);
  if (json !== undefined) define(target, name, json);
  if (first === -1) return;
  const made = items.slice(first).map((item) => renderDynamic(item, path, rendering, render));
  const { dynamic: others, ...rest } = target;
  if (others !== undefined && name in rest) delete target['dynamic'];
  define(target, 'dynamic', { ...(isPlainObject(others) ? others : {}), [name]: made });
}

function renderDynamic(item: unknown, path: Trail, rendering: Rendering, render: RenderMember): Json {
  const dynamic = isDynamic(item) ? item.dynamic : { for_each: [true], iterator: 'once', content: item };
  return render(dynamic, path, rendering) ?? null;
}

/** Sets a member also when it is called `__proto__`. */
function define(target: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function checkedText(text: string, path: Trail, rendering: Rendering): string {
  const problem = problemOfText(text);
  if (problem !== undefined) rendering.refuse(path, problem, 'Correct the text');
  return normalize(text);
}

function renderExpression(value: Expression<unknown>, path: Trail, rendering: Rendering): Json | undefined {
  const made = sourceOf(value);
  if (made?.kind === 'template') return renderTemplateParts(made.parts, path, rendering, escape.template);
  if (made?.kind === 'reference') {
    const reading = rendering.read(made.target);
    if ('value' in reading) return renderTemplate(reading.value, path, rendering);
  }
  return `\${${sourceText(value, path, rendering)}}`;
}

/** `["a ", ref, "$", ref]` → `a ${ref}${"$"}${ref}`: a `$` before an interpolation would escape it. */
function renderTemplateParts(
  parts: readonly unknown[],
  path: Trail,
  rendering: Rendering,
  escapeText: (text: string) => string,
): string {
  let text = '';
  let literal = '';
  for (const part of parts) {
    const known = knownText(part, rendering);
    if (known !== undefined) {
      literal += known;
      continue;
    }
    text += beforeInterpolation(checkedText(literal, path, rendering), escapeText);
    text += `\${${sourceText(part, path, rendering)}}`;
    literal = '';
  }
  return text + escapeText(checkedText(literal, path, rendering));
}

function beforeInterpolation(literal: string, escapeText: (text: string) => string): string {
  const signs = /[$%]+$/.exec(literal)?.[0] ?? '';
  const text = escapeText(literal.slice(0, literal.length - signs.length));
  return signs === '' ? text : `${text}\${"${signs}"}`;
}

/** The text of a part that needs no evaluation; undefined for the others. */
function knownText(part: unknown, rendering: Rendering): string | undefined {
  if (typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean') return String(part);
  if (!isExpression(part)) return undefined;
  const made = sourceOf(part);
  if (made?.kind !== 'reference') return undefined;
  const reading = rendering.read(made.target);
  return 'value' in reading ? knownText(reading.value, rendering) : undefined;
}

/**
 * The HCL source of a value inside an expression.
 *
 * @returns source text such as `sha256("${var.root}/gotify")` or `{ "a" = [1, 2] }`
 */
export function sourceText(value: unknown, path: Trail, rendering: Rendering): string {
  if (isExpression(value)) {
    const made = sourceOf(value);
    if (made?.kind === 'template') {
      return `"${renderTemplateParts(made.parts, path, rendering, (text) => escape.quoted(text).slice(1, -1))}"`;
    }
    if (made?.kind === 'code') return made.parts.map((part) => codeText(part, path, rendering)).join('');
    if (made?.kind === 'reference') {
      const reading = rendering.read(made.target);
      return 'value' in reading ? sourceText(reading.value, path, rendering) : reading.source;
    }
  }
  if (typeof value === 'string') return escape.quoted(checkedText(value, path, rendering));
  if (Array.isArray(value)) return `[${value.map((item) => sourceText(item, path, rendering)).join(', ')}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const written = members.map(
      ([key, member]) => `${escape.quoted(normalize(key))} = ${sourceText(member, path, rendering)}`,
    );
    return written.length === 0 ? '{}' : `{ ${written.join(', ')} }`;
  }
  return JSON.stringify(renderLiteral(value, path, rendering) ?? null);
}

function codeText(part: CodePart, path: Trail, rendering: Rendering): string {
  return typeof part === 'string' ? part : sourceText(part.value, path, rendering);
}

/** Tells whether a value is an object literal, and so data rather than a block or an instance of a class. */
export function isPlainObject(value: unknown): value is Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !isBlock(value) && !isExpression(value);
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  return `a ${value.constructor?.name ?? 'value of an unknown class'}`;
}
