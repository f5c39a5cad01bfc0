import { remember } from '@home/terraform';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../recorded-schema';
import type { ObjectType } from './api-types';

/** The argument or nested block of the provider that takes a field of Kubernetes. */
export type Match =
  | { readonly name: string; readonly within?: string; readonly attribute: AttributeSchema }
  | { readonly name: string; readonly within?: string; readonly nested: NestedBlockSchema };

/** Kubernetes' field → where the provider takes it. A field that is missing here has no place. */
export type Matches = ReadonlyMap<string, Match>;

/**
 * Finds for each field of a type of Kubernetes the argument that takes it, by their names and nothing else. The provider
 * writes fields in snake_case, those of repeated blocks in the singular, and a few with another word in front:
 *
 *     hostIPs → host_ips   containers → container   updateStrategy → strategy   provisioner → storage_provisioner
 *
 * Where it keeps some fields of a type in a block of their own, such as those of a volume's source, they are found there.
 */
export const matchFields = (type: ObjectType, block: BlockSchema): Matches => matchesOf(type)(block);

/** The same types stand in every object. */
const matchesOf = remember((type: ObjectType) => remember((block: BlockSchema) => findMatches(type, block)));

function findMatches(type: ObjectType, block: BlockSchema): Matches {
  const matches = new Map<string, Match>();
  const places = placesOf(block);
  const sides = [...places].filter(([name]) => name !== 'timeouts');
  for (const alike of [sameName, singularName, longerName]) {
    const taken = new Set([...matches.values()].map(({ name }) => name));
    const free = sides.filter(([name]) => !taken.has(name));
    for (const field of [...type.fields.keys()].filter((name) => !matches.has(name))) {
      const found = free.filter(([name]) => alike(plain(field), plain(name)));
      const [only] = found;
      if (only !== undefined && found.length === 1) matches.set(field, only[1]);
    }
  }
  return new Map([...matches, ...matchesWithin(type, block, matches)]);
}

/** Fields that stand one block deeper in the provider than in Kubernetes. */
function matchesWithin(type: ObjectType, block: BlockSchema, matches: Matches): Matches {
  const rest = new Map([...type.fields].filter(([name]) => !matches.has(name)));
  const taken = new Set([...matches.values()].map(({ name }) => name));
  const free = Object.entries(block.block_types ?? {}).filter(([name]) => !taken.has(name));
  const found = new Map<string, Match>();
  for (const [within, nested] of rest.size === 0 ? [] : free) {
    for (const [field, place] of placesOf(nested.block)) {
      const [name] = [...rest.keys()].filter((one) => sameName(plain(one), plain(field)));
      if (name !== undefined) found.set(name, { ...place, within });
    }
  }
  return found;
}

function placesOf(block: BlockSchema): Map<string, Match> {
  const attributes = Object.entries(block.attributes ?? {}).filter(
    ([, { required, optional }]) => required === true || optional === true,
  );
  return new Map<string, Match>([
    ...attributes.map(([name, attribute]) => [name, placeOf(name, attribute)] as const),
    ...Object.entries(block.block_types ?? {}).map(([name, nested]) => [name, { name, nested }] as const),
  ]);
}

/** An attribute made of attributes is written as a block is. */
function placeOf(name: string, attribute: AttributeSchema): Match {
  if (attribute.nested_type === undefined) return { name, attribute };
  const { nesting_mode, attributes } = attribute.nested_type;
  return { name, nested: { nesting_mode, block: { attributes } } };
}

/** `hostIPs` and `host_ips` are the same word. */
export const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

const sameName = (field: string, argument: string): boolean => field === argument;

const singularName = (field: string, argument: string): boolean => singulars(field).includes(argument);

/** `policies` → `policy`, `searches` → `search`, `addresses` → `address`, `ports` → `port`. */
function singulars(name: string): string[] {
  return [name.replace(/ies$/, 'y'), name.replace(/es$/, ''), name.replace(/s$/, '')].filter(
    (one) => one !== name,
  );
}

/** One of the two has another word in front. */
function longerName(field: string, argument: string): boolean {
  const [short, long] = field.length < argument.length ? [field, argument] : [argument, field];
  return short.length > 4 && long.endsWith(short);
}

/** Whether Terraform's block is written as one object, not as a list of them. */
export const isSingle = ({ nesting_mode, max_items }: NestedBlockSchema): boolean =>
  nesting_mode === 'single' || nesting_mode === 'group' || max_items === 1;
