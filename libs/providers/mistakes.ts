import { nearestName, remember, stepsOf, valueAt } from '@home/terraform';
import { Ajv, type ErrorObject, type KeywordCxt, type SchemaObject, type ValidateFunction, _ } from 'ajv';
import { type Definitions, type PartSchema } from './block-schema';
import { checkExpression, describeWritten, quote } from './check-expression';
import { addAcceptedValues, sameKeys, wrongChoice, wrongFormat } from './accepted-values';
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

/** An ajv for each schema, and what it has compiled. */
const compilerOf = remember((root: Definitions) => ({
  ajv: makeAjv(root),
  compiled: new Map<string, ValidateFunction>(),
}));

/**
 * The function that checks values against one definition. A definition is compiled when a value first needs it: of all
 * that a pod may have, a home uses little.
 */
export function validator(root: Definitions, name: string): ValidateFunction {
  const { ajv, compiled } = compilerOf(root);
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const definition = root.$defs[name];
  if (definition === undefined) throw new Error(`${root.$id} has no definition ${name}`);
  const validate = ajv.compile(deferReferences(definition));
  compiled.set(name, validate);
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

/**
 * An ajv that knows the keywords of `PartSchema`. The tests check the committed schemas in full, so that it need not be
 * done at every start; nor is the compiled code optimized, which takes longer than it saves.
 */
function makeAjv(root: Definitions): Ajv {
  const ajv = new Ajv({
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    allErrors: true,
    messages: false,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  });
  ajv.addVocabulary(['computed', 'nesting', 'sensitive']);
  addAcceptedValues(ajv);
  ajv.removeKeyword('readOnly');
  ajv.addKeyword({ keyword: 'readOnly', schemaType: 'boolean', code: (context) => context.fail(_`true`) });
  ajv.addKeyword({
    keyword: 'expression',
    schemaType: 'string',
    code: (context) => refuseExpressions(context, root),
  });
  const part = (
    name: string,
    value: unknown,
    _schema: unknown,
    context: Parameters<ValidateFunction>[1],
  ): boolean => {
    const validate = validator(root, name);
    const holds = validate(value, context);
    part.errors = validate.errors ?? [];
    return holds;
  };
  part.errors = new Array<ErrorObject>();
  ajv.addKeyword({ keyword: 'part', schemaType: 'string', errors: 'full', validate: part });
  return ajv;
}

/** Calls `checkExpression` for a string in the place of an attribute. */
function refuseExpressions(context: KeywordCxt, root: Definitions): void {
  const { data, gen, parentSchema } = context;
  const schema = parentSchema as PartSchema;
  const refuses = (text: string): boolean => checkExpression(text, { schema, root }) !== undefined;
  // Most strings are plain text in the place of text.
  const test = schema.expression === 'string' ? _` && ${data}.includes("{")` : _``;
  context.fail(_`typeof ${data} == "string"${test} && ${gen.scopeValue('func', { ref: refuses })}(${data})`);
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
