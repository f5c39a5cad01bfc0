import {
  type BlockSchema,
  type FieldType,
  type Match,
  type ObjectType,
  type ProviderSchema,
  isSingle,
  kindOfResource,
  kubernetesApi,
  matchFields,
  readRecordedSchema,
  schemaOf,
  typeOfKind,
} from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { join } from 'node:path';

type Fields = Readonly<Record<string, unknown>>;
type Read = (text: string) => string;

/** An object as the API server takes it. */
export interface ApiObject extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
}

const whole = join(__dirname, '../../../libs/providers/generated/kubernetes/whole.json.gz');

let provider: ProviderSchema | undefined;

/**
 * Turns a block into the object that the provider would send, by the table that the importer reads the other way round.
 *
 * @param type such as `kubernetes_service_v1`
 * @param read gives the value of a text, which may be a template
 * @returns undefined for a type that makes no object of Kubernetes that is recorded
 */
export function toObject(type: string, body: Fields, read: Read = (text) => text): ApiObject | undefined {
  provider ??= schemaOf(readRecordedSchema(whole), 'hashicorp/kubernetes');
  const block = provider?.resource_schemas?.[type]?.block;
  const kind = kindOfResource(type, kubernetesApi());
  const object = kind && typeOfKind(kind.apiVersion, kind.kind);
  if (block === undefined || kind === undefined || object === undefined) return undefined;
  return { ...kind, ...objectOf(object, block, body, read) };
}

function objectOf(type: ObjectType, block: BlockSchema, body: Fields, read: Read): Fields {
  const fields = [...matchFields(type, block)].flatMap(([name, match]) => {
    const around = match.within === undefined ? body : body[match.within];
    const field = type.fields.get(name);
    const given = isPlainObject(around) ? around[match.name] : undefined;
    const value = given ?? assumed[`${type.name}.${name}`];
    return value === undefined || field === undefined
      ? []
      : [[name, valueOf(field, match, value, read)] as const];
  });
  return Object.fromEntries(fields);
}

/** What the provider sends where nothing is written, and the API server would not assume. */
const assumed: Fields = {
  'HTTPIngressPath.pathType': 'ImplementationSpecific',
  'SeccompProfile.type': 'Unconfined',
  'TopologySpreadConstraint.maxSkew': 1,
  'TopologySpreadConstraint.whenUnsatisfiable': 'DoNotSchedule',
};

function valueOf(field: FieldType, match: Match, value: unknown, read: Read): unknown {
  if ('attribute' in match) return attributeOf(field, value, match.name, read);
  const item = field.kind === 'list' ? field.of : field;
  if (item.kind !== 'object') return value;
  const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
  const given = item.of.name === 'VolumeProjection' ? blocks.flatMap(divide) : blocks;
  const items = given.map((one) =>
    objectOf(item.of, match.nested.block, isPlainObject(one) ? one : {}, read),
  );
  return field.kind === 'list' && !(isSingle(match.nested) && items.length > 1) ? items : items[0];
}

/** The provider makes a source of a projected volume of each block inside of one. */
function divide(sources: unknown): object[] {
  const inside = isPlainObject(sources) ? Object.entries(sources) : [];
  return inside.flatMap(([name, blocks]) => [blocks].flat().map((one) => ({ [name]: one })));
}

function attributeOf(field: FieldType, value: unknown, name: string, read: Read): unknown {
  if (field.kind === 'list' && Array.isArray(value))
    return value.map((one) => attributeOf(field.of, one, name, read));
  if (field.kind === 'map' && isPlainObject(value)) {
    const members = Object.entries(value).map(([key, one]) => [key, attributeOf(field.of, one, name, read)]);
    return Object.fromEntries(members);
  }
  if (typeof value !== 'string') return value;
  const text = read(value);
  if (field.kind === 'base64') return name === 'binary_data' ? text : Buffer.from(text).toString('base64');
  if (field.kind !== 'plain') return text;
  // The provider takes permissions in octal, as chmod does.
  if (field.type === 'integer') return /(^|_)mode$/.test(name) ? octal(text) : numberOf(text);
  return field.format === 'int-or-string' ? numberOf(text) : text;
}

const numberOf = (text: string): unknown => (/^-?\d+$/.test(text) ? Number(text) : text);

const octal = (text: string): unknown => (/^[0-7]+$/.test(text) ? parseInt(text, 8) : text);
