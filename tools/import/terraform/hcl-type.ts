import type { AttributeSchema, BlockSchema, CtyType, NestedBlockSchema } from '@home/providers';
import { remember } from '@home/terraform';

/** A type in Terraform's type system; `dynamic` where it is not known. */
export type HclType = CtyType;

/** What a resource's attributes are read as: blocks as lists, or as one object where the provider says so. */
export const typeOfBlock = remember(({ attributes = {}, block_types = {} }: BlockSchema): HclType => {
  const read = Object.entries(attributes).map(([name, schema]) => [name, typeOfAttribute(schema)]);
  const nested = Object.entries(block_types).map(([name, { nesting_mode, block }]) => [
    name,
    collected(nesting_mode, typeOfBlock(block)),
  ]);
  return ['object', Object.fromEntries([...read, ...nested])];
});

/** The type of an attribute, also of one made of attributes. */
export function typeOfAttribute({ type, nested_type }: AttributeSchema): HclType {
  if (nested_type === undefined) return type ?? 'dynamic';
  return collected(nested_type.nesting_mode, typeOfBlock({ attributes: nested_type.attributes }));
}

function collected(nesting: NestedBlockSchema['nesting_mode'], of: HclType): HclType {
  return nesting === 'single' || nesting === 'group' ? of : [nesting, of];
}

/** The type of the elements of a collection. */
export function elementType(type: HclType | undefined): HclType {
  if (typeof type === 'string' || type === undefined) return 'dynamic';
  switch (type[0]) {
    case 'list':
    case 'set':
    case 'map':
      return type[1];
    case 'tuple':
    case 'object': {
      const [first = 'dynamic', ...others] = Object.values(type[1]);
      return others.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : 'dynamic';
    }
  }
}

/** The type of what one step leads to; undefined where that is not known. */
export function stepInto(type: HclType, step: string | number): HclType | undefined {
  if (typeof type === 'string') return undefined;
  if (type[0] === 'object') return type[1][String(step)];
  if (type[0] === 'map') return type[1];
  if (typeof step !== 'number') return undefined;
  if (type[0] === 'list') return type[1];
  return type[0] === 'tuple' ? type[1][step] : undefined;
}

/** The type as TypeScript writes it; undefined for anything but plain values and collections of them. */
export function typescriptOf(type: HclType): string | undefined {
  if (typeof type === 'string') return plainTypes[type];
  const [kind, of] = type;
  if (kind === 'map' && of === 'dynamic') return 'Record<string, unknown>';
  const item = typeof of === 'string' ? plainTypes[of] : undefined;
  if (item === undefined || kind === 'tuple' || kind === 'object') return undefined;
  return kind === 'map' ? `Record<string, ${item}>` : `readonly ${item}[]`;
}

const plainTypes = { string: 'string', number: 'number', bool: 'boolean', dynamic: undefined } as const;

/** The type that a constraint such as `list(string)` names; `dynamic` for all but plain values and collections of them. */
export function typeOfConstraint(constraint: string): HclType {
  const [, , collection, plain] =
    /^((list|set|map)\()?(string|number|bool)\)?$/.exec(constraint.trim()) ?? [];
  if (plain !== 'string' && plain !== 'number' && plain !== 'bool') return 'dynamic';
  return collection === 'list' || collection === 'set' || collection === 'map' ? [collection, plain] : plain;
}
