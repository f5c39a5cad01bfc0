import { type GeneratedBlock, evaluate } from '@home/generated';
import {
  type BlockSchema,
  type FieldType,
  type Match,
  type ObjectType,
  kindOfResource,
  kubernetesApi,
  matchFields,
  schemaOf,
  readRecordedSchema,
  typeOfKind,
} from '@home/providers';
import { isPlainObject } from '@home/terraform';

/** An object as `kubectl` takes it. */
export type Manifest = Readonly<Record<string, unknown>>;

const source = 'hashicorp/kubernetes';

/**
 * The objects that the generated files make, as Kubernetes will see them. What only a provider knows stays as it is written.
 *
 * @param schema the file with the provider's recorded schema
 */
export function manifestsOf(blocks: readonly GeneratedBlock[], schema: string): Manifest[] {
  const types = schemaOf(readRecordedSchema(schema), source)?.resource_schemas ?? {};
  return blocks
    .filter(({ kind, type }) => kind === 'resource' && type.startsWith('kubernetes_'))
    .flatMap(({ type, body }) => {
      const made = kindOfResource(type, kubernetesApi());
      const block = types[type]?.block;
      const fields = made && typeOfKind(made.apiVersion, made.kind);
      if (made === undefined || block === undefined || fields === undefined) return [];
      return [{ ...made, ...readObject(fields, block, body, blocks) }];
    });
}

function readObject(
  type: ObjectType,
  block: BlockSchema,
  body: unknown,
  blocks: readonly GeneratedBlock[],
): Manifest {
  const given = isPlainObject(body) ? body : {};
  const read = [...matchFields(type, block)].flatMap(([field, match]): [string, unknown][] => {
    const fieldType = type.fields.get(field);
    const holder = match.within === undefined ? given : one(given[match.within]);
    const value = isPlainObject(holder) ? holder[match.name] : undefined;
    if (fieldType === undefined || value === undefined) return [];
    return [[field, readField(fieldType, match, value, blocks)]];
  });
  return Object.fromEntries(read);
}

function readField(
  type: FieldType,
  match: Match,
  value: unknown,
  blocks: readonly GeneratedBlock[],
): unknown {
  if (!('nested' in match)) return readPlain(type, value, blocks);
  const { block } = match.nested;
  if (type.kind === 'list' && type.of.kind === 'object') {
    const { of } = type.of;
    return [value].flat().map((item) => readObject(of, block, item, blocks));
  }
  return type.kind === 'object'
    ? readObject(type.of, block, one(value), blocks)
    : readPlain(type, value, blocks);
}

const one = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

function readPlain(type: FieldType, value: unknown, blocks: readonly GeneratedBlock[]): unknown {
  if (Array.isArray(value))
    return value.map((item) => readPlain(type.kind === 'list' ? type.of : type, item, blocks));
  if (isPlainObject(value)) {
    const inside = type.kind === 'map' ? type.of : type;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, readPlain(inside, member, blocks)]),
    );
  }
  if (typeof value !== 'string') return value;
  const text = evaluate(value, blocks, () => 'known-later');
  const isNumber = type.kind === 'plain' && (type.type === 'integer' || type.format === 'int-or-string');
  return isNumber && /^\d+$/.test(text) ? Number(text) : text;
}
