import { nearestName, remember, stepsOf, valueAt } from '@home/terraform';
import type { Ajv, ErrorObject, SchemaObject, ValidateFunction } from 'ajv';
import { join } from 'node:path';
import { type Definitions, type PartSchema } from './block-schema';
import { checkExpression, describeWritten, quote } from './check-expression';
import { acceptedValues, addAcceptedValues, sameKeys, wrongChoice, wrongFormat } from './accepted-values';
import { type Validator, keepValidator, makeCompiler, sourceOf } from './keep-validator';
import { type Part, follow, namesIn } from './part-at';

/** A mistake that ajv found: what was broken, and where in the value. */
export type Mistake = Pick<ErrorObject, 'keyword' | 'instancePath' | 'params'>;

/**
 * The mistakes in a value.
 *
 * @param root the definitions
 * @param name the one that the value must hold to
 */
export function mistakesIn(value: unknown, root: Definitions, name: string): readonly Mistake[] {
  const validate = validator(root, name);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** What checks the parts of a schema. */
const checksOf = remember((root: Definitions) => {
  const known = new Map<string, Validator>();
  const given = meaningsIn(root, known);
  return { given, ajv: lazily(() => makeAjv(given)), known };
});

/** Where it is written how validators are made. */
const sources = lazily(() => [__filename, join(__dirname, 'accepted-values.ts')].map(sourceOf));

function lazily<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | undefined;
  return () => (made ??= { result: make() }).result;
}

/**
 * The function that checks values against one definition. It is made when a value first needs it: of all that a pod may
 * have, a home uses little.
 */
export function validator(root: Definitions, name: string): Validator {
  const { ajv, given, known } = checksOf(root);
  const found = known.get(name);
  if (found !== undefined) return found;
  const definition = root.$defs[name];
  if (definition === undefined) throw new Error(`${root.$id} has no definition ${name}`);
  const validate = keepValidator({
    name: `${root.$id}/${name}`,
    sources: [...sources(), JSON.stringify(definition)],
    given,
    compile: () => ({ ajv: ajv(), validate: ajv().compile(deferReferences(definition)) }),
  });
  known.set(name, validate);
  return validate;
}

/** `{ "$ref": "#/$defs/PodSpec" }` → `{ "part": "PodSpec" }`: ajv itself would compile what a `$ref` leads to at once. */
function deferReferences(schema: SchemaObject): SchemaObject {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === '$ref') return ['part', String(value).slice('#/$defs/'.length)];
      if (keyword === 'properties') return [keyword, mapSchemas(value, deferReferences)];
      const holdsSchemas = keyword === 'items' || keyword === 'additionalProperties';
      return [keyword, holdsSchemas && typeof value === 'object' ? deferInside(value) : value];
    }),
  );
}

const deferInside = (value: SchemaObject | SchemaObject[]): SchemaObject | SchemaObject[] =>
  Array.isArray(value) ? value.map(deferReferences) : deferReferences(value);

function mapSchemas(schemas: SchemaObject, map: (schema: SchemaObject) => SchemaObject): SchemaObject {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, map(schema)]));
}

/** What the keywords of `PartSchema` mean in a schema. */
type Meanings = ReturnType<typeof meaningsIn>;

function meaningsIn(root: Definitions, known: ReadonlyMap<string, Validator>) {
  const part = (name: string, value: unknown, _: unknown, context: Context): boolean => {
    const validate = known.get(name) ?? validator(root, name);
    const holds = validate(value, context);
    part.errors = holds ? [] : [...(validate.errors ?? [])];
    return holds;
  };
  part.errors = new Array<ErrorObject>();
  return {
    ...acceptedValues,
    part,
    readOnly: () => false,
    // Most strings are plain text in the place of text.
    expression: (kind: string, value: unknown, schema: unknown): boolean =>
      typeof value !== 'string' ||
      (kind === 'string' && !value.includes('{')) ||
      checkExpression(value, { schema: schema as PartSchema, root }) === undefined,
  };
}

type Context = Parameters<ValidateFunction>[1];

/** An ajv that knows these keywords. */
function makeAjv(given: Meanings): Ajv {
  const options = { strict: true, strictTypes: false, allowUnionTypes: true, messages: false } as const;
  const ajv = makeCompiler('ajv', options, given);
  ajv.addVocabulary(['computed', 'nesting', 'sensitive']);
  addAcceptedValues(ajv);
  ajv.removeKeyword('readOnly');
  ajv.addKeyword({ keyword: 'readOnly', schemaType: 'boolean', validate: given.readOnly });
  ajv.addKeyword({ keyword: 'expression', schemaType: 'string', validate: given.expression });
  ajv.addKeyword({ keyword: 'part', schemaType: 'string', errors: 'full', validate: given.part });
  return ajv;
}

/** A mistake in words: the path to it in the body, what must hold there, what to do. */
export interface Explained {
  /** The steps to the value that is wrong, or to the place where something is missing. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly remedy: string;
}

/**
 * Says mistakes in words, each once.
 *
 * @param body the value that was checked
 * @param part its schema
 * @param others names that are allowed in the value besides those of the schema
 */
export function explainMistakes(
  mistakes: readonly Mistake[],
  body: unknown,
  part: Part,
  others: readonly string[],
): Explained[] {
  // What must not be set at all needs no further remarks.
  const unwanted = mistakes
    .filter(({ keyword }) => keyword === 'readOnly')
    .map(({ instancePath }) => instancePath);
  const relevant = mistakes.filter(
    ({ keyword, instancePath }) =>
      keyword === 'readOnly' ||
      !unwanted.some((path) => instancePath === path || instancePath.startsWith(`${path}/`)),
  );
  const explained = relevant.map((mistake) => explain(mistake, body, part, others));
  return [...new Map(explained.map((one) => [JSON.stringify(one), one])).values()];
}

function explain(mistake: Mistake, body: unknown, part: Part, others: readonly string[]): Explained {
  const path = stepsOf(mistake.instancePath, body);
  const value = valueAt(body, path);
  const place = follow(part, path).part;
  const { params } = mistake;
  switch (mistake.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const known = [...namesIn(place), ...(path.length === 0 ? others : [])];
      const nearest = nearestName(name, known);
      const what = 'must be a name that the schema knows';
      return { path: [...path, name], what, remedy: nearest ? `Did you mean ${nearest}?` : 'Leave it out' };
    }
    case 'required':
      return { path: [...path, String(params['missingProperty'])], what: 'must be given', remedy: 'Add it' };
    case 'readOnly':
      return { path, what: 'must not be set, because the provider computes it', remedy: 'Leave it out' };
    case 'expression': {
      const refusal = typeof value === 'string' ? checkExpression(value, place) : undefined;
      return { path, what: refusal?.what ?? 'must be valid', remedy: refusal?.remedy ?? 'Correct it' };
    }
    case 'type': {
      const what = `must be ${describeWritten(place.schema)}, but is ${quote(value)}`;
      return { path, what, remedy: remedyForType(place, value) };
    }
    case 'minItems':
    case 'maxItems': {
      const bound = mistake.keyword === 'minItems' ? 'at least' : 'at most';
      const count = Array.isArray(value) ? value.length : 0;
      return {
        path,
        what: `must have ${bound} ${params['limit']} items, but has ${count}`,
        remedy: 'Change their number',
      };
    }
    case 'choices':
      return { path, ...wrongChoice(place.schema.choices ?? [], value) };
    case 'accepts':
      return { path, ...wrongFormat(place.schema.accepts, value) };
    case 'keys':
      return { path, ...sameKeys(path.at(-2), params['keys'], params['other']) };
    case 'pattern':
      return { path, what: `must match ${params['pattern']}, but is ${quote(value)}`, remedy: 'Correct it' };
    default:
      return {
        path,
        what: `must satisfy the schema's "${mistake.keyword}", but is ${quote(value)}`,
        remedy: 'Correct it',
      };
  }
}

function remedyForType({ schema }: Part, value: unknown): string {
  if (value === null) return 'Leave it out';
  if (schema.nesting !== undefined && Array.isArray(value)) return 'Write { … }, without a list around it';
  if (schema.type === 'array' && typeof value === 'object') return 'Write [{ … }], with a list around it';
  return schema.expression === 'string' && typeof value !== 'object'
    ? `Write "${String(value)}"`
    : 'Correct it';
}
