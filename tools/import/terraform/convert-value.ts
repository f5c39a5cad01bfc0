import { isPlainObject } from '@home/terraform';
import { type Code, type Member, literal, template } from '../code/code';
import { type Scope, asText, convertExpression } from './convert-tree';
import { directive } from './expression-trees';
import { type HclType, elementType, stepInto } from './hcl-type';
import { splitTemplate, unescapeTemplate } from './split-template';
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

/** A template with `%{if …}` or `%{for …}` stays source text: a quoted string with its references as code. */
function withDirectives(value: string, scope: Scope): Typed {
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

const quoted = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\([bf])/g, (_, letter: string) => (letter === 'b' ? '\\u0008' : '\\u000c'))
    .replace(/([$%])\{/g, '$1$1{');
