import type { Ajv, AnySchemaObject, ErrorObject, SchemaObject } from 'ajv';
import { type Validator, keepValidator, makeCompiler, sourceOf } from '@home/providers';
import {
  type Problem,
  type Step,
  formatPath,
  isExpression,
  isPlainObject,
  nearestName,
  remember,
  stepsOf,
  valueAt,
} from '@home/terraform';
import { formats } from './formats';

/** A mistake in what a person wrote, and the value it concerns. */
export interface PathedProblem extends Problem {
  /** Where the value stands, such as `network.nodes[0].name`; of a misspelt name, where it was most likely meant to. */
  readonly path: string;
}

/**
 * Checks what a person wrote against a JSON Schema, and says each mistake in one line, with the path of the value.
 *
 * The schema closes its objects (`additionalProperties: false`) and knows, besides JSON Schema and the names of
 * `formats`:
 * - `must` and `remedy`, the sentences for a value that breaks the constraints beside them: `"must be a time zone"`,
 *   `"Write it like \"Europe/Berlin\""`. What is of a wrong type, missing, misspelt or none of an `enum` needs none.
 * - `expression: true`: a Terraform expression may stand for the value, which is checked only when it is written down.
 * - `discriminator: { "propertyName": "kind" }` beside a `oneOf` of objects, each with `const` in that property. In a
 *   union without one, an object is held to the branch that requires a name which it has, or that requires none.
 * - `tsType` and `imports`, which only the generated types need: tools/sync-schemas/written-types.ts.
 *
 * A member that is undefined counts as absent, as it does in what is generated: `{ v4: undefined }` is as empty as `{}`.
 *
 * @param schema a `*.schema.json` beside the library that wants the value; its type comes from `npm run sync-schemas`
 * @param where what a message starts with: a file, or an app's name
 * @example checkAgainst(webAppSchema, 'notes', props) → `notes: databse must be a known name. Did you mean
 *   database?`
 * @throws Error when the schema itself is wrong
 */
export function checkAgainst(schema: object, where: string, given: unknown): PathedProblem[] {
  const validate = validatorOf(schema);
  const value = withoutAbsent(given);
  if (validate(value)) return [];
  const mistakes = dropOtherBranches(validate.errors ?? []).flatMap((error) => explain(error, value));
  const misspelt = mistakes.flatMap(({ kind, path }) => (kind === 'misspelt' ? [path] : []));
  const told = mistakes.filter(({ kind, path }) => kind !== 'missing' || !misspelt.includes(path));
  // Of a value that breaks two demands, the first says it all.
  const first = new Map(
    told.toReversed().map((mistake) => [mistake.kind === 'broken' ? mistake.path : mistake.what, mistake]),
  );
  return told
    .filter((mistake) => [...first.values()].includes(mistake))
    .map(({ what, remedy, path }): PathedProblem => ({ where, what, remedy, path }));
}

/**
 * Tells of values whether nothing is wrong with them, so that what spans several of them can be checked.
 *
 * @param mistakes what `checkAgainst` found
 * @returns says of paths, such as `network.nodes`, whether all of them are sound, with everything in them
 */
export const soundBut =
  (mistakes: readonly PathedProblem[]) =>
  (...paths: readonly string[]): boolean =>
    paths.every((wanted) => mistakes.every(({ path }) => !isInside(path, wanted) && !isInside(wanted, path)));

/** Tells whether a path leads to a value or into it: `network.nodes[0].name` is inside `network.nodes`. */
const isInside = (path: string, value: string): boolean =>
  value === '' || path === value || path.startsWith(`${value}.`) || path.startsWith(`${value}[`);

/** Deeper than any of the schemas; what goes on below holds itself. */
const deepest = 30;

/** Without what is undefined; and in the place of a Map, a Date or the like a symbol, which is of no schema's type. */
function withoutAbsent(value: unknown, depth = 0): unknown {
  if (depth > deepest) return Symbol('circle');
  if (Array.isArray(value)) return value.map((item) => withoutAbsent(item, depth + 1));
  if (typeof value !== 'object' || value === null || isExpression(value)) return value;
  if (!isPlainObject(value))
    return Symbol(Object.prototype.toString.call(value).slice('[object '.length, -1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, withoutAbsent(member, depth + 1)]],
    ),
  );
}

/** Made when first needed: a command that reads no facts pays nothing. */
const validatorOf = remember((given: object): Validator => {
  const schema = orExpression(given) as SchemaObject;
  return keepValidator({
    name: `written/${schema['title']}`,
    sources: [sourceOf(__filename), JSON.stringify(schema)],
    given: called,
    compile() {
      const ajv = makeAjv();
      return { ajv, validate: ajv.compile(schema) };
    },
  });
});

const called = {
  isExpression: (_: true, value: unknown) => isExpression(value),
  formats: Object.fromEntries(
    Object.entries(formats).map(([name, format]) => [
      name,
      // What several apps share, such as a replica, is read once.
      { type: 'string' as const, validate: remember((text: string) => format(text) === true) },
    ]),
  ),
};

function makeAjv(): Ajv {
  const ajv = makeCompiler(
    'ajv',
    {
      strict: true,
      strictTypes: false,
      strictRequired: false,
      verbose: true,
      messages: false,
      discriminator: true,
      // What several facts share is compiled once.
      inlineRefs: false,
    },
    called,
  );
  ajv.addVocabulary(['must', 'remedy', 'tsType', 'imports']);
  ajv.addKeyword({ keyword: 'isExpression', validate: called.isExpression });
  for (const [name, format] of Object.entries(called.formats)) ajv.addFormat(name, format);
  return ajv;
}

/** `{ "expression": true, "type": "string" }` → `{ "if": { "isExpression": true }, "else": { "type": "string" } }` */
function orExpression(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(orExpression);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { expression, ...rest } = schema as SchemaObject;
  const inside = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, orExpression(value)]));
  return expression === true ? { if: { isExpression: true }, else: inside } : inside;
}

/** Of a union's branches, leaves what the one says that was meant; where that is unclear, what the union itself says. */
function dropOtherBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  return unions.reduce<ErrorObject[]>(
    (left, union) => {
      const isInside = (error: ErrorObject): boolean =>
        error.schemaPath.startsWith(`${union.schemaPath}/`) &&
        `${error.instancePath}/`.startsWith(`${union.instancePath}/`);
      const meant = (union.schema as SchemaObject[]).flatMap((branch, index) =>
        isMeant(branch, union.data) ? [`${union.schemaPath}/${index}/`] : [],
      );
      const [branch, ...others] = meant;
      const isClear = branch !== undefined && others.length === 0;
      return left.filter((error) =>
        error === union ? !isClear : !isInside(error) || (isClear && error.schemaPath.startsWith(branch)),
      );
    },
    [...errors],
  );
}

function isMeant({ type, required }: SchemaObject, value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || isExpression(value)) return type === (Array.isArray(value) ? 'array' : typeof value);
  // A branch that requires nothing is all that an object can be meant for.
  return (
    type === 'object' &&
    (required as string[] | undefined)?.some((name) => Object.hasOwn(value, name)) !== false
  );
}

/** A mistake in words. */
interface Mistake extends Omit<PathedProblem, 'where'> {
  /** Whether nothing stands there, something of another name, or something else than must. */
  readonly kind: 'missing' | 'misspelt' | 'broken';
}

/** What a keyword alone cannot tell: `if` and `propertyNames` repeat what the schemas inside them say. */
const repeating = ['if', 'propertyNames'];

function explain(error: ErrorObject, body: unknown): Mistake[] {
  const { keyword, params, propertyName, parentSchema = {} } = error;
  if (repeating.includes(keyword)) return [];
  const at = stepsOf(error.instancePath, body);
  // A mistake in a name is reported for the value under it.
  const path = propertyName === undefined ? at : [...at, propertyName];
  switch (keyword) {
    case 'required': {
      const missing = formatPath([...path, String(params['missingProperty'])]);
      return [{ kind: 'missing', path: missing, what: `${missing} must be there`, remedy: 'Add it' }];
    }
    case 'additionalProperties':
      return [
        unknownName(path, String(params['additionalProperty']), Object.keys(parentSchema['properties'])),
      ];
    case 'discriminator': {
      const tag = String(params['tag']);
      const branches = parentSchema['oneOf'] as SchemaObject[];
      const choices = branches.map(({ properties }) => properties[tag].const as string);
      return [broken([...path, tag], params['tagValue'], choiceOf(choices), 'Write one of them')];
    }
    default: {
      const [must, remedy] = sentencesOf(error);
      return [broken(path, valueAt(body, path), must, remedy)];
    }
  }
}

function unknownName(path: readonly Step[], name: string, known: readonly string[]): Mistake {
  const nearest = nearestName(name, known);
  return {
    kind: 'misspelt',
    path: formatPath([...path, nearest ?? name]),
    what: `${formatPath([...path, name])} must be a known name`,
    remedy: nearest === undefined ? `Use one of ${known.join(', ')}` : `Did you mean ${nearest}?`,
  };
}

function broken(steps: readonly Step[], value: unknown, must: string, remedy: string): Mistake {
  const path = formatPath(steps);
  return { kind: 'broken', path, what: `${path} ${quoted(value)} ${must}`.trimStart(), remedy };
}

/** What must hold for a value, and the remedy: the schema's own sentences, or those of its types. */
function sentencesOf({ keyword, schema, parentSchema = {}, data }: ErrorObject): [string, string] {
  const { type, must, remedy = 'Correct it' } = parentSchema;
  if (keyword === 'type' && (type !== 'string' || must === undefined))
    return sentencesOfType(parentSchema, data);
  if (keyword === 'format') {
    const fault = formats[schema as keyof typeof formats](String(data));
    if (typeof fault === 'string') return [fault, remedy];
  }
  if (must !== undefined) return [must, remedy];
  if (keyword === 'enum') return [choiceOf(schema as string[]), 'Write one of them'];
  return [`must satisfy "${keyword}": ${JSON.stringify(schema)}`, remedy];
}

const choiceOf = (choices: readonly string[]): string =>
  `must be one of ${choices.map((one) => `"${one}"`).join(', ')}`;

const words: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'an object',
};

function sentencesOfType(
  { type, properties, discriminator }: AnySchemaObject,
  given: unknown,
): [string, string] {
  const types = [type].flat() as string[];
  const names = properties === undefined ? [discriminator?.propertyName, '…'] : Object.keys(properties);
  const remedies: Readonly<Record<string, string>> = {
    string: 'Write it in quotes',
    array: typeof given === 'string' ? `Write [${quoted(given)}]` : 'Write [ … ], with brackets around it',
    object: `Write { ${names.filter(Boolean).join(', ')} }`,
  };
  const [first = ''] = types;
  return [
    `must be ${types.map((one) => words[one]).join(' or ')}`,
    remedies[first] ?? (typeof given === 'string' ? 'Write it without quotes' : 'Correct it'),
  ];
}

/** More of a value than this nobody reads in one line. */
const longestQuote = 200;

/** A value as a message shows it. */
export function quoted(value: unknown): string {
  const text = textOf(value);
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'is missing and';
    case 'number':
    case 'bigint':
      // JSON has no NaN and no Infinity.
      return String(value);
    case 'symbol':
      return `(a ${value.description ?? 'symbol'})`;
    case 'function':
      return '(a function)';
    default:
      try {
        return JSON.stringify(value);
      } catch {
        // There is no text of an expression, or of what holds one, before Terraform runs.
        return isExpression(value) ? '(an expression)' : '(an object)';
      }
  }
}
