import { type Dynamic, isBlock, isDynamic } from '../block';
import {
  type Body,
  type CodePart,
  type Expression,
  type Step,
  type Target,
  isExpression,
  isPlainObject,
  sourceOf,
} from '../expression';
import { escape, problemOfText } from '../hcl/escape';

/** Taken out once, since a compiled module looks an imported name up at each of its million uses. */
const { isPlain } = escape;

/** JSON as it stands in a `.tf.json` file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How the stack that is being rendered reads a target: as a value that is known already, or by HCL source. */
export type Reading = { readonly value: unknown } | { readonly source: string };

/** What a value is rendered for, and how far the rendering has come. */
export interface Rendering {
  /**
   * The steps to what is being rendered. One list that grows and shrinks, because a list for each value would take as
   * long as rendering it.
   */
  readonly path: Step[];
  /** Decides how a target is read. */
  read(target: Target): Reading;
  /** The address of a block, for what names blocks and reads nothing. */
  point(target: Target): string;
  /** Takes note of a value that cannot be rendered; rendering goes on. */
  refuse(demand: string, remedy: string): void;
  /** Takes note of a template that is more than a reference to a block, which is known to be right. */
  compose(text: string): void;
  /** Takes note that something is named by source text, which was not looked up. */
  nameFreely(): void;
}

/** Renders a value in one kind of position. */
export type Render = (value: unknown, rendering: Rendering) => Json | undefined;

/**
 * Renders a value in a position that Terraform evaluates as a template.
 *
 * @param value a literal, an expression, or a tree of both
 * @param rendering how targets are read and mistakes noted
 * @returns JSON; `undefined` members are left out, and what is written as it was given is the same object
 */
export function renderTemplate(value: unknown, rendering: Rendering): Json | undefined {
  return renderTree(value, rendering, template);
}

/** Renders a value in a position that Terraform takes literally; expressions are refused. */
export function renderLiteral(value: unknown, rendering: Rendering): Json | undefined {
  return renderTree(value, rendering, literal);
}

/** What differs between two kinds of position in which any data may stand. */
interface Position {
  readonly render: Render;
  readonly renderExpression: (value: Expression<unknown>, rendering: Rendering) => Json | undefined;
  readonly escapeText: (text: string) => string;
}

const template: Position = {
  render: renderTemplate,
  renderExpression,
  escapeText: escape.template,
};

const literal: Position = {
  render: renderLiteral,
  renderExpression: refuseExpression,
  escapeText: escape.literal,
};

function refuseExpression(_: Expression<unknown>, rendering: Rendering): undefined {
  rendering.refuse('must be a literal, because Terraform evaluates nothing here', 'Write the value itself');
}

/** What there is most of comes first. */
function renderTree(value: unknown, rendering: Rendering, position: Position): Json | undefined {
  switch (typeof value) {
    case 'string':
      return renderText(value, rendering, position);
    case 'undefined':
      return undefined;
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      rendering.refuse(`must be a finite number, but is ${value}`, 'Write a number');
      return undefined;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return renderList(value, rendering, position);
      if (isPlainObject(value)) return renderObject(value, rendering, position);
      if (isExpression(value)) return position.renderExpression(value, rendering);
  }
  const found = isBlock(value) ? `the block ${value.type}.${value.label}` : describe(value);
  const remedy = isBlock(value) ? 'Use one of its attributes: block.ref.…' : 'Write plain values';
  rendering.refuse(`must be data, but is ${found}`, remedy);
  return undefined;
}

function renderText(text: string, rendering: Rendering, { escapeText }: Position): string {
  return isPlain(text) ? text : escapeText(checkedText(text, rendering));
}

/** Renders one step deeper. */
export function renderAt(step: Step, value: unknown, rendering: Rendering, render: Render): Json | undefined {
  rendering.path.push(step);
  const json = render(value, rendering);
  rendering.path.pop();
  return json;
}

/** Most of what is given is literal, so a list or an object is copied from the first member on that is not. */
function renderList(value: readonly unknown[], rendering: Rendering, { render }: Position): Json {
  let copy: Json[] | undefined;
  for (let index = 0; index < value.length; index += 1) {
    const json = renderAt(index, value[index], rendering, render) ?? null;
    if (copy === undefined && json !== value[index]) copy = value.slice(0, index) as Json[];
    copy?.push(json);
  }
  return copy ?? (value as readonly Json[]);
}

function renderObject(value: Body, rendering: Rendering, position: Position): Json {
  let copy: Record<string, Json> | undefined;
  for (const key in value) {
    const given = value[key];
    const name = renderText(key, rendering, position);
    if (isOrHoldsDynamic(given)) {
      copy ??= membersBefore(key, value);
      renderMember(copy, key, name, given, rendering, position.render);
      continue;
    }
    const json = renderAt(key, given, rendering, position.render);
    if (copy === undefined && json === given && json !== undefined && name === key) continue;
    copy ??= membersBefore(key, value);
    if (json !== undefined) define(copy, name, json);
  }
  return copy ?? (value as { readonly [key: string]: Json });
}

function membersBefore(end: string, value: Body): Record<string, Json> {
  const members: Record<string, Json> = {};
  for (const key in value) {
    if (key === end) break;
    define(members, key, value[key] as Json);
  }
  return members;
}

/**
 * Renders one member of an object or block into `target`. Dynamic blocks move to the member `dynamic`, where
 * Terraform's JSON syntax wants them: `{ env: [E, D] }` → `{ env: [E], dynamic: { env: [D] } }`. Terraform makes blocks
 * in the order of the members, so a plain block that follows a dynamic one becomes a dynamic one that makes one block.
 *
 * @param key the member's name as it was given
 * @param name its name as it is written
 */
export function renderMember(
  target: Record<string, Json>,
  key: string,
  name: string,
  value: unknown,
  rendering: Rendering,
  render: Render,
): void {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const first = items.findIndex(isDynamic);
  const plain = first === -1 ? value : items.slice(0, first);
  const json = first === 0 ? undefined : renderAt(key, plain, rendering, render);
  if (json !== undefined) define(target, name, json);
  if (first === -1) return;
  const made = items.slice(first).map((item) => renderAt(key, dynamicOf(item), rendering, render) ?? null);
  const { dynamic: others, ...rest } = target;
  if (others !== undefined && name in rest) delete target['dynamic'];
  define(target, 'dynamic', { ...(isPlainObject(others) ? others : {}), [name]: made });
}

function isOrHoldsDynamic(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.some(isDynamic) : isDynamic(value);
}

const dynamicOf = (item: unknown): Dynamic<unknown>['dynamic'] =>
  isDynamic(item) ? item.dynamic : { for_each: [true], iterator: 'once', content: item };

/** Sets a member also when it is called `__proto__`. */
function define(target: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function checkedText(text: string, rendering: Rendering): string {
  const problem = problemOfText(text);
  if (problem !== undefined) rendering.refuse(problem.what, problem.remedy);
  return text;
}

function renderExpression(value: Expression<unknown>, rendering: Rendering): Json | undefined {
  const made = sourceOf(value);
  if (made?.kind === 'reference') {
    const reading = rendering.read(made.target);
    if ('value' in reading) return renderTemplate(reading.value, rendering);
    if (typeof made.target.root !== 'string') return `\${${reading.source}}`;
  }
  const text =
    made?.kind === 'template'
      ? renderTemplateParts(made.parts, rendering, escape.template)
      : `\${${sourceText(value, rendering)}}`;
  rendering.compose(text);
  return text;
}

/** `["a ", ref, "$", ref]` → `a ${ref}${"$"}${ref}`: a `$` before an interpolation would escape it. */
function renderTemplateParts(
  parts: readonly unknown[],
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
    text += beforeInterpolation(checkedText(literal, rendering), escapeText);
    text += `\${${sourceText(part, rendering)}}`;
    literal = '';
  }
  return text + escapeText(checkedText(literal, rendering));
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
export function sourceText(value: unknown, rendering: Rendering): string {
  if (isExpression(value)) {
    const made = sourceOf(value);
    if (made?.kind === 'template') {
      return `"${renderTemplateParts(made.parts, rendering, (text) => escape.quoted(text).slice(1, -1))}"`;
    }
    if (made?.kind === 'code') return made.parts.map((part) => codeText(part, rendering)).join('');
    if (made?.kind === 'reference') {
      const reading = rendering.read(made.target);
      return 'value' in reading ? sourceText(reading.value, rendering) : reading.source;
    }
  }
  if (typeof value === 'string') return escape.quoted(checkedText(value, rendering));
  if (Array.isArray(value)) return `[${value.map((item) => sourceText(item, rendering)).join(', ')}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const written = members.map(
      ([key, member]) => `${escape.quoted(checkedText(key, rendering))} = ${sourceText(member, rendering)}`,
    );
    return written.length === 0 ? '{}' : `{ ${written.join(', ')} }`;
  }
  return JSON.stringify(renderLiteral(value, rendering) ?? null);
}

function codeText(part: CodePart, rendering: Rendering): string {
  if (typeof part !== 'string') return sourceText(part.value, rendering);
  // What has no dot, such as the name of a function, names no block.
  if (part.includes('.')) rendering.nameFreely();
  return checkedText(part, rendering);
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  return `a ${value.constructor?.name ?? 'value of an unknown class'}`;
}
