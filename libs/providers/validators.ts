import { type ErrorObject, type KeywordCxt, type SchemaObject, type ValidateFunction, Ajv, _ } from 'ajv';
import { type Definitions, type PartSchema } from './block-schema';
import { checkExpression } from './check-expression';

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

interface Compiler {
  readonly ajv: Ajv;
  readonly compiled: Map<string, ValidateFunction>;
}

const compilers = new WeakMap<Definitions, Compiler>();

/**
 * The function that checks values against one definition. A definition is compiled when a value first needs it: of all
 * that a pod may have, a home uses little.
 */
export function validator(root: Definitions, name: string): ValidateFunction {
  const compiler = compilers.get(root) ?? { ajv: makeAjv(root), compiled: new Map() };
  compilers.set(root, compiler);
  const known = compiler.compiled.get(name);
  if (known !== undefined) return known;
  const definition = root.$defs[name];
  if (definition === undefined) throw new Error(`${root.$id} has no definition ${name}`);
  const validate = compiler.ajv.compile(deferReferences(definition));
  compiler.compiled.set(name, validate);
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
