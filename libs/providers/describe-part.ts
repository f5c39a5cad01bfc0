import { type ExpressionKind, type PartSchema } from './block-schema';

/** The kind of value in a place, as it is read: nested blocks are lists, unless they are single. */
export function kindOfPart({ expression, nesting }: PartSchema): ExpressionKind {
  if (expression !== undefined) return expression;
  return nesting === undefined || nesting === 'single' || nesting === 'group' ? 'object' : nesting;
}

const descriptions: Readonly<Record<ExpressionKind, string>> = {
  string: 'a string',
  number: 'a number',
  bool: 'true or false',
  list: 'a list',
  set: 'a list',
  tuple: 'a list',
  map: 'a map',
  object: 'an object',
  dynamic: 'any value',
};

/** `number` → `a number` */
export const describeKind = (kind: ExpressionKind): string => descriptions[kind];

/** What may be written in a place. */
export function describeWritten(schema: PartSchema): string {
  // Without either it is one of Terraform's own arguments, which takes no expression.
  if (schema.nesting === undefined && schema.expression === undefined) return describeType(schema.type);
  if (schema.nesting === undefined) return describeKind(kindOfPart(schema));
  if (schema.type === 'array') return 'a list of blocks';
  return schema.nesting === 'map' ? 'blocks by their labels' : 'one block';
}

function describeType(type: PartSchema['type']): string {
  if (type === 'boolean') return describeKind('bool');
  return describeKind(type === 'string' ? type : [type].flat().includes('array') ? 'list' : 'object');
}

/** A JSON value in a message: quoted, and cut where it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
