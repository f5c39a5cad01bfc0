import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type KubernetesApi, type ApiSchema } from './recorded-api';

/** What Kubernetes takes as the value of a field. */
export type FieldType =
  | {
      readonly kind: 'plain' | 'base64';
      /** Of numbers and texts: `integer`, `string`, `boolean` … */
      readonly type?: string;
      /** `int32`, `int64`, `date-time`, `quantity`, `int-or-string` … */
      readonly format?: string;
      /** The only texts that it takes. */
      readonly choices?: readonly string[];
    }
  | {
      readonly kind: 'list';
      readonly of: FieldType;
      /** The fields by which items are told apart: no two items may agree in all of them. */
      readonly keys?: readonly string[];
    }
  | { readonly kind: 'map'; readonly of: FieldType }
  | { readonly kind: 'object'; readonly of: ObjectType };

/** A type of Kubernetes' API: `Deployment`, `PodSpec` … */
export interface ObjectType {
  readonly name: string;
  /** Read when first asked for, since types refer to each other in circles. */
  readonly fields: ReadonlyMap<string, FieldType>;
  readonly required: readonly string[];
}

/** Where `npm run sync-schemas` keeps what it recorded of Kubernetes' API. */
export const apiFile = join(__dirname, '../generated/kubernetes/api.json.gz');

let recorded: KubernetesApi | undefined;

/** What is recorded of Kubernetes' API. Read once, when first asked for. */
export function kubernetesApi(): KubernetesApi {
  return (recorded ??= JSON.parse(gunzipSync(readFileSync(apiFile)).toString('utf8')) as KubernetesApi);
}

/**
 * The type of a kind of object.
 *
 * @param apiVersion such as `v1` or `apps/v1`
 * @param kind such as `Deployment`
 * @returns undefined for a kind that is not Kubernetes' own, or not in the recorded version
 */
export function typeOfKind(
  apiVersion: string,
  kind: string,
  api: KubernetesApi = kubernetesApi(),
): ObjectType | undefined {
  const name = `${apiVersion} ${kind}`;
  const definition = Object.hasOwn(api.kinds, name) ? api.kinds[name] : undefined;
  return definition === undefined ? undefined : typesOf(api).objectType(definition);
}

const readers = new WeakMap<KubernetesApi, TypeReader>();

function typesOf(api: KubernetesApi): TypeReader {
  const reader = readers.get(api) ?? new TypeReader(api);
  readers.set(api, reader);
  return reader;
}

class TypeReader {
  readonly #api: KubernetesApi;
  readonly #types = new Map<string, ObjectType>();

  constructor(api: KubernetesApi) {
    this.#api = api;
  }

  objectType(definition: string): ObjectType {
    const known = this.#types.get(definition);
    if (known !== undefined) return known;
    const { properties = {}, required = [] } = this.#api.definitions[definition] ?? {};
    const read = (schema: ApiSchema): FieldType => this.#fieldType(schema);
    let fields: ReadonlyMap<string, FieldType> | undefined;
    const type: ObjectType = {
      name: definition.slice(definition.lastIndexOf('.') + 1),
      required,
      get fields() {
        return (fields ??= new Map(Object.entries(properties).map(([name, one]) => [name, read(one)])));
      },
    };
    this.#types.set(definition, type);
    return type;
  }

  #fieldType(schema: ApiSchema): FieldType {
    const { $ref: definition, items, additionalProperties, keys, type, format, enum: choices } = schema;
    if (definition !== undefined) return this.#definedType(definition);
    if (items !== undefined) return { kind: 'list', of: this.#fieldType(items), ...(keys && { keys }) };
    if (additionalProperties !== undefined) return { kind: 'map', of: this.#fieldType(additionalProperties) };
    return {
      kind: format === 'byte' ? 'base64' : 'plain',
      ...(type && { type }),
      ...(format && { format }),
      ...(choices && { choices }),
    };
  }

  /** A definition without fields is a plain value, such as a quantity. */
  #definedType(definition: string): FieldType {
    const schema = this.#api.definitions[definition];
    if (schema === undefined) return { kind: 'plain' };
    return schema.properties === undefined && schema.$ref === undefined
      ? this.#fieldType(schema)
      : { kind: 'object', of: this.objectType(definition) };
  }
}
