import { type ApiSchema, kubernetesApi } from '@home/providers';
import { Ajv, type ValidateFunction } from 'ajv';

/** What ajv says of one mistake. */
export interface Mistake {
  readonly instancePath: string;
  readonly message?: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

let compiler: Ajv | undefined;
const compiled = new Map<string, ValidateFunction>();

/** What is wrong with an object of one of Kubernetes' own kinds: types, required fields, enumerations. */
export function mistakesIn(apiVersion: string, kind: string, value: unknown): readonly Mistake[] {
  const { kinds } = kubernetesApi();
  const name = `${apiVersion} ${kind}`;
  const definition = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (definition === undefined) return [];
  const known = compiled.get(definition);
  const validate =
    known ?? (compiler ??= makeAjv()).compile({ $ref: `kubernetes#/definitions/${definition}` });
  if (known === undefined) compiled.set(definition, validate);
  return validate(value) ? [] : (validate.errors ?? []);
}

function makeAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const definitions = Object.entries(kubernetesApi().definitions).map(([name, one]) => [name, asSchema(one)]);
  return ajv.addSchema({ $id: 'kubernetes', definitions: Object.fromEntries(definitions) });
}

/** The definition as JSON Schema: names become references, and what may be a number, too, says so. */
function asSchema(schema: ApiSchema): object {
  const { $ref, type, format, properties, items, additionalProperties, required, enum: choices } = schema;
  if ($ref !== undefined) return { $ref: `#/definitions/${$ref}` };
  const isNumber = format === 'int-or-string' || format === 'quantity';
  const members = Object.entries(properties ?? {}).map(([name, one]) => [name, asSchema(one)]);
  return {
    ...(type && { type: isNumber ? ['string', 'number'] : type }),
    ...(choices && { enum: choices }),
    ...(required && { required }),
    ...(properties && { properties: Object.fromEntries(members) }),
    ...(items && { items: asSchema(items) }),
    ...(additionalProperties && { additionalProperties: asSchema(additionalProperties) }),
  };
}
