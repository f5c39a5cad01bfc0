import { isPlainObject, traversalsIn } from '@home/terraform';
import { type Code, type Member, literal, object, template } from '../code/code';
import { freeName, snakeCase } from '../code/names';
import { type Scope, asText, convertExpression, readBeside } from './convert-tree';
import { directive, traversalIn } from './expression-trees';
import { type HclType, elementType, stepInto } from './hcl-type';
import { escapeTemplate, quoted, splitTemplate, unescapeTemplate } from './split-template';
import { type Typed, adapt, raw } from './typed-code';

/**
 * Turns an argument's value, as hcl2json gives it, into code.
 *
 * @param wanted the type that the argument has; `dynamic` where that is not known
 */
export function convertValue(value: unknown, wanted: HclType, scope: Scope): Typed {
  if (typeof value === 'string') return adapt(convertTemplate(value, wanted, scope), wanted);
  if (typeof value === 'number') return adapt({ code: literal(value), type: 'number' }, wanted);
  if (typeof value === 'boolean') return adapt({ code: literal(value), type: 'bool' }, wanted);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => convertValue(item, elementType(wanted), scope));
    return adapt(
      {
        code: { kind: 'list', items: items.map(({ code }) => code) },
        type: ['tuple', items.map(({ type }) => type)],
      },
      wanted,
    );
  }
  if (isPlainObject(value)) return adapt(convertObject(value, wanted, scope), wanted);
  return { code: literal(null), type: wanted };
}

function convertObject(value: Readonly<Record<string, unknown>>, wanted: HclType, scope: Scope): Typed {
  const entries = Object.entries(value);
  if (entries.some(([key]) => isComputed(key))) return withComputedKeys(entries, wanted, scope);
  const members: Member[] = [];
  const types: Record<string, HclType> = {};
  for (const [written, member] of entries) {
    const key = unescapeTemplate(written);
    const type = stepInto(wanted, key) ?? 'dynamic';
    const converted = convertValue(member, type, { ...scope, wish: key });
    members.push({ key, value: converted.code });
    types[key] = converted.type;
  }
  return { code: { kind: 'object', members }, type: ['object', types] };
}

const isComputed = (key: string): boolean => splitTemplate(key).some(({ kind }) => kind !== 'text');

/** JavaScript computes no key when Terraform runs: `{ (var.name) = 1 }` stays source text with its values as code. */
function withComputedKeys(
  entries: readonly (readonly [string, unknown])[],
  wanted: HclType,
  scope: Scope,
): Typed {
  const parts: (string | Code)[] = [];
  let text = '{ ';
  for (const [key, value] of entries) {
    text += '(';
    parts.push(text, convertTemplate(key, 'string', scope).code);
    const { code } = convertValue(value, elementType(wanted), scope);
    parts.push(') = ', code);
    text = ', ';
  }
  return raw(...parts, ' }');
}

function convertTemplate(value: string, wanted: HclType, scope: Scope): Typed {
  const parts = splitTemplate(value);
  const [first, ...more] = parts;
  if (first?.kind === 'expression' && more.length === 0)
    return convertExpression(first.source, wanted, scope);
  if (parts.some(({ kind }) => kind === 'directive')) return withDirectives(value, scope);
  const converted = parts.flatMap((part): (string | Code)[] => {
    if (part.kind === 'text') return [part.text];
    const code = asText(convertExpression(part.source, 'dynamic', scope));
    return code.kind === 'template' ? [...code.parts] : [code];
  });
  const isText = converted.every((part) => typeof part === 'string');
  return { code: isText ? literal(converted.join('')) : template(...converted), type: 'string' };
}

/**
 * A template with `%{if …}` or `%{for …}` becomes a file beside the code, which is given what it names; one of a line or two,
 * or of which no file can be made, stays source text: a quoted string with its references as code.
 */
function withDirectives(value: string, scope: Scope): Typed {
  const file = value.split('\n').length > 2 ? templateFile(value, scope) : undefined;
  if (file !== undefined) return file;
  const parts: (string | Code)[] = [];
  let text = '"';
  for (const part of splitTemplate(value)) {
    if (part.kind === 'text') text += quoted(part.text);
    else if (part.kind === 'directive') {
      const [, start = part.source, collection] = directive.exec(part.source) ?? [];
      text += `%{ ${start}`;
      if (collection !== undefined) {
        parts.push(text, convertExpression(collection, 'dynamic', scope).code);
        text = '';
      }
      text += ' }';
    } else {
      const { code } = convertExpression(part.source, 'dynamic', scope);
      parts.push(`${text}\${`, code);
      text = '}';
    }
  }
  return raw(...parts, `${text}"`);
}

function templateFile(value: string, scope: Scope): Typed | undefined {
  const parts = splitTemplate(value);
  const bound = new Set(
    parts.flatMap((part) =>
      part.kind === 'directive' ? (/^for ([\w\s,-]+) in /.exec(part.source)?.[1]?.split(/[\s,]+/) ?? []) : [],
    ),
  );
  const given = new Map<string, Code>();
  const sources = new Map<string, string>();
  let isWhole = true;
  /** The source as the file has it: what it names outside comes in by a name of its own. */
  const inside = (source: string): string => {
    const roots = traversalsIn(source).map(({ steps: [root] }) => String(root));
    if (roots.every((root) => bound.has(root))) return source;
    isWhole &&= !roots.some((root) => bound.has(root));
    const last = traversalIn(source)?.findLast((step) => typeof step === 'string');
    const wish = snakeCase(String(last ?? 'value'));
    const name = freeName([wish], (one) => (sources.get(one) ?? source) === source && !bound.has(one), '_');
    sources.set(name, source);
    given.set(name, convertExpression(source, 'dynamic', scope).code);
    return name;
  };
  const text = parts.map((part) => {
    if (part.kind === 'text') return escapeTemplate(part.text);
    if (part.kind === 'expression') return `\${${inside(part.source)}}`;
    const [, start = part.source, collection] = directive.exec(part.source) ?? [];
    return `%{ ${start}${collection === undefined ? '' : inside(collection)} }`;
  });
  if (!isWhole) return undefined;
  const file = scope.files.add(`${scope.wish ?? 'text'}.tftpl`, text.join(''));
  return readBeside('templatefile', file, scope, object(Object.fromEntries(given)));
}
