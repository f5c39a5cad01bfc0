import { holdsCode, locate, nearestName, readTemplate, remember, traversalsIn } from '@home/terraform';
import { type ExpressionKind, type PartSchema, type ProvidedKind, followReference } from './block-schema';
import { type Part, type PathStep, follow, namesIn, recordedBlock } from './part-at';

/** Why an expression must not stand where it stands. */
export interface Refusal {
  readonly what: string;
  readonly remedy: string;
}

/**
 * Checks what stands for a value of some type: that a string is one expression where text does not fit, that the
 * attributes it reads exist, and that a plain reference reads something of the right type.
 *
 * @returns undefined for what may stand there
 */
export function checkExpression(text: string, expected: Part): Refusal | undefined {
  const kind = kindOfPart(expected.schema);
  const isText = kind === 'string' || kind === 'dynamic';
  if (isText && !holdsCode(text)) return undefined;
  const { codes, single } = readTemplate(text);
  if (!isText && !single) {
    return {
      what: `must be ${describeKind(kind)}, but is ${JSON.stringify(text)}`,
      remedy: `${unquoted(kind, text)}, or write one \${…}`,
    };
  }
  const references = codes.map(referencesIn);
  for (const reference of references.flat()) {
    const refusal = checkReference(reference);
    if (refusal !== undefined) return refusal;
  }
  const [whole] = references[0] ?? [];
  return single && whole !== undefined && whole.code === codes[0]?.trim()
    ? checkType(whole, expected)
    : undefined;
}

/** What to write in the place of a text that does not fit. */
function unquoted(kind: ExpressionKind, text: string): string {
  if (kind === 'list' || kind === 'set' || kind === 'tuple') return `Write [${JSON.stringify(text)}]`;
  return kind === 'map' || kind === 'object' ? 'Write { … }' : 'Remove the quotes';
}

/** A reference as it stands in code: `data.http.page.body` → kind `data`, type `http`, path `["body"]`. */
interface CodeReference {
  readonly code: string;
  readonly block: Part;
  readonly path: readonly PathStep[];
}

/** The references to recorded blocks; names such as `var.x` and `each.key` are of no recorded type. */
const referencesIn = remember((code: string): readonly CodeReference[] =>
  traversalsIn(code).flatMap((traversal) => {
    const located = locate(traversal);
    const block = located && recordedBlock(located.kind as ProvidedKind, located.type);
    if (block === undefined) return [];
    // The key of one of several instances is no attribute.
    const [first, ...rest] = located?.path ?? [];
    return [{ code: traversal.source, block, path: typeof first === 'string' ? [first, ...rest] : rest }];
  }),
);

function checkReference({ code, block, path }: CodeReference): Refusal | undefined {
  const { part, steps } = follow(block, path);
  const name = path[steps];
  if (part.schema.writeOnly) {
    return {
      what: `must not read ${code}, which is write-only`,
      remedy: 'Read what was written there instead',
    };
  }
  if (steps === path.length) return undefined;
  const nearest = typeof name === 'string' ? nearestName(name, namesIn(part)) : undefined;
  return {
    what: `must read an attribute that exists, but ${code} has no ${typeof name === 'number' ? `[${name}]` : name}`,
    remedy: nearest === undefined ? `It has ${listNames(namesIn(part))}` : `Did you mean ${nearest}?`,
  };
}

const listNames = (names: readonly string[]): string =>
  names.length === 0 ? 'no attributes' : names.join(', ');

function checkType({ code, block, path }: CodeReference, expected: Part): Refusal | undefined {
  const actual = follow(block, path).part;
  if (fits(actual, expected)) return undefined;
  const [found, wanted] = [kindOfPart(actual.schema), kindOfPart(expected.schema)];
  return {
    what: `must be ${describeKind(wanted)}, but ${code} is ${describeKind(found)}${found === wanted ? ' of another type' : ''}`,
    remedy: 'Refer to an attribute of that type',
  };
}

/** Tells whether what is read has the type that is wanted. Terraform turns numbers and truth values into text itself. */
function fits(actual: Part, expected: Part): boolean {
  const [is, wanted] = [kindOfPart(actual.schema), kindOfPart(expected.schema)];
  if (is === 'dynamic' || wanted === 'dynamic') return true;
  switch (wanted) {
    case 'string':
      return is === 'string' || is === 'number' || is === 'bool';
    case 'number':
    case 'bool':
      return is === wanted;
    case 'list':
    case 'set':
    case 'tuple':
      return (is === 'list' || is === 'set' || is === 'tuple') && fits(inside(actual), inside(expected));
    case 'map':
      return is === 'object' || (is === 'map' && fits(inside(actual), inside(expected)));
    case 'object':
      return is === 'map' || (is === 'object' && fitsObject(actual, expected));
  }
}

function fitsObject(actual: Part, expected: Part): boolean {
  const [has, wants] = [actual, expected].map((part) => followReference(part.schema, part.root)) as [
    PartSchema,
    PartSchema,
  ];
  return Object.entries(wants.properties ?? {}).every(([name, schema]) => {
    const given = has.properties?.[name];
    if (given === undefined) return wants.required?.includes(name) !== true;
    return fits({ ...actual, schema: given }, { ...expected, schema });
  });
}

/** Any one element of a list or map. */
const inside = (part: Part): Part => follow(part, [undefined]).part;

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
