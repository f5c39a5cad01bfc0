import {
  type BlockSchema,
  type CtyType,
  type FieldType,
  type Match,
  type NestedBlockSchema,
  type ObjectType,
  isSingle,
  matchFields,
  plain,
} from '@home/providers';
import { isPlainObject } from '@home/terraform';
import type { Path } from '../source/read-yaml';

/** Something of an object that has no place in the provider's resource. */
export interface Loss {
  readonly path: Path;
  readonly what: string;
}

/** Arguments and nested blocks as a resource takes them. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Turns an object of Kubernetes, or a part of one, into the arguments of the provider's block.
 *
 * @param type what Kubernetes knows of the object
 * @param block what the provider knows of it
 * @param value the object
 * @param lose takes note of what has no place
 */
export function convertObject(
  type: ObjectType,
  block: BlockSchema,
  value: Readonly<Record<string, unknown>>,
  lose: (loss: Loss) => void,
  path: Path = [],
): Arguments {
  const matches = matchFields(type, block);
  const converted: Record<string, unknown> = {};
  for (const [field, given] of Object.entries(value)) {
    const inside = [...path, field];
    const match = matches.get(field);
    const fieldType = type.fields.get(field);
    if (given === null) continue;
    if (fieldType === undefined) {
      lose({ path: inside, what: `${type.name} has no field ${field}` });
    } else if (match === undefined) {
      if (!saysNothing(given) && !isFilledByServer(field, block))
        lose({ path: inside, what: `the provider has no argument for ${field}` });
    } else {
      const argument = convertField(fieldType, match, given, lose, inside);
      if (argument !== undefined) place(converted, match, argument);
    }
  }
  for (const name of missing(block, converted)) {
    if (isOptionalBlock(block.block_types?.[name])) converted[name] = {};
    else lose({ path, what: `the provider requires ${name}, which is missing` });
  }
  return converted;
}

function place(converted: Record<string, unknown>, { name, within }: Match, argument: unknown): void {
  if (within === undefined) converted[name] = argument;
  else
    converted[within] = { ...(isPlainObject(converted[within]) ? converted[within] : {}), [name]: argument };
}

/** Values that are the same as none: what servers and generators leave behind, such as `status: {}`. */
function saysNothing(value: unknown): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.every(saysNothing);
  return isPlainObject(value) && Object.values(value).every(saysNothing);
}

/** Fields that the API server fills, as the provider knows or as `kubectl get -o yaml` shows them. */
function isFilledByServer(field: string, block: BlockSchema): boolean {
  const computed = Object.entries(block.attributes ?? {}).filter(([, schema]) => schema.computed === true);
  return serverFields.has(field) || computed.some(([name]) => plain(name) === plain(field));
}

const serverFields = new Set([
  'apiVersion',
  'kind',
  'status',
  'creationTimestamp',
  'managedFields',
  'selfLink',
]);

/** What a block demands and is not there. */
function missing(block: BlockSchema, given: Arguments): string[] {
  const attributes = Object.entries(block.attributes ?? {}).filter(([, { required }]) => required === true);
  const blocks = Object.entries(block.block_types ?? {}).filter(([, { min_items = 0 }]) => min_items > 0);
  return [...attributes, ...blocks].map(([name]) => name).filter((name) => given[name] === undefined);
}

/** Whether an empty block satisfies the provider: one that demands nothing itself, such as a template's metadata. */
function isOptionalBlock(nested: NestedBlockSchema | undefined): boolean {
  return nested !== undefined && nested.max_items === 1 && missing(nested.block, {}).length === 0;
}

function convertField(
  type: FieldType,
  match: Match,
  value: unknown,
  lose: (loss: Loss) => void,
  path: Path,
): unknown {
  if ('attribute' in match) return convertValue(type, match.attribute.type ?? 'dynamic', value, match.name);
  const item = type.kind === 'list' ? type.of : type;
  if (item.kind !== 'object') {
    lose({ path, what: `the provider needs a block for ${match.name}` });
    return undefined;
  }
  const { nested } = match;
  const items = Array.isArray(value) ? value : [value];
  const converted = items.map((one: unknown, index) => {
    const inside = Array.isArray(value) ? [...path, index] : path;
    return convertObject(item.of, nested.block, isPlainObject(one) ? one : {}, lose, inside);
  });
  if (!isSingle(nested)) return converted.length === 0 && !nested.min_items ? undefined : converted;
  if (converted.length > 1) lose({ path: [...path, 1], what: `the provider takes only one ${match.name}` });
  return converted[0];
}

/** Gives a value the type that the provider declares: `8080` → `"8080"`, `cGFzcw==` → `pass`. */
function convertValue(type: FieldType, wanted: CtyType, value: unknown, name: string): unknown {
  if (typeof wanted !== 'string') {
    const [collection, inner] = wanted;
    if (collection === 'map' && isPlainObject(value) && type.kind === 'map') {
      const members = Object.entries(value).filter(([, member]) => member !== null);
      return Object.fromEntries(members.map(([key, one]) => [key, convertValue(type.of, inner, one, name)]));
    }
    if ((collection === 'list' || collection === 'set') && Array.isArray(value) && type.kind === 'list') {
      return value.map((one: unknown) => convertValue(type.of, inner, one, name));
    }
    return value;
  }
  // What is binary stays as Kubernetes writes it.
  if (type.kind === 'base64' && typeof value === 'string' && name !== 'binary_data')
    return Buffer.from(value, 'base64').toString('utf8');
  // The provider takes permissions in octal, as chmod does.
  if (wanted === 'string' && /(^|_)mode$/.test(name) && typeof value === 'number')
    return `0${value.toString(8)}`;
  if (wanted === 'string') return String(value);
  return wanted === 'number' && typeof value === 'string' ? Number(value) : value;
}
