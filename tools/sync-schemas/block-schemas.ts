import {
  type AcceptedValue,
  type AttributeSchema,
  type BlockSchema,
  type BlocksSchema,
  type CtyType,
  type ExpressionKind,
  type NestedBlockSchema,
  type NestedTypeSchema,
  type PartSchema,
  type ProvidedKind,
} from '@home/providers';
import {
  type Part,
  type PartNames,
  type Parts,
  type WantedBlock,
  fingerprint,
  isBlock,
  lastStep,
} from './parts';

/** Writes wanted blocks and their parts as JSON Schema, each part once under `$defs`. */
export function blockSchemas(
  provider: string,
  wanted: readonly WantedBlock[],
  parts: Parts,
  nameOf: PartNames,
): BlocksSchema {
  const definitions = new Map<string, PartSchema>();
  for (const { kind, name, schema } of wanted) {
    definitions.set(name, blockSchema(schema, nameOf, kind !== 'provider'));
  }
  for (const [fingerprinted, paths] of parts) {
    const part = JSON.parse(fingerprinted) as Part;
    const made = isBlock(part) ? blockSchema(part, nameOf) : objectSchema(part, nameOf);
    for (const path of paths) definitions.set(nameOf(fingerprinted, lastStep(path)), made);
  }
  const named = (kind: ProvidedKind): Record<string, string> =>
    Object.fromEntries(wanted.filter((block) => block.kind === kind).map(({ type, name }) => [type, name]));
  return {
    $id: provider,
    blocks: { resource: named('resource'), data: named('data'), ephemeral: named('ephemeral') },
    $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function blockSchema(block: BlockSchema, nameOf: PartNames, whole = false): PartSchema {
  const { attributes = {}, block_types = {}, deprecated } = block;
  const properties = {
    ...mapMembers(attributes, (schema, name) => attributeSchema(schema, name, nameOf, whole)),
    ...mapMembers(block_types, (schema, name) => nestedSchema(schema, name, nameOf)),
  };
  const required = [
    ...requiredNames(attributes),
    ...Object.keys(block_types).filter((name) => (block_types[name]?.min_items ?? 0) > 0),
  ];
  return { type: 'object', ...(deprecated && { deprecated }), ...closed(properties, required) };
}

/** An object made of attributes: in its place may stand an expression, and one for each of its members. */
function objectSchema(attributes: NestedTypeSchema['attributes'], nameOf: PartNames): PartSchema {
  const properties = mapMembers(attributes, (schema, name) => attributeSchema(schema, name, nameOf));
  return { ...orExpression('object', 'object'), ...closed(properties, requiredNames(attributes)) };
}

const closed = (properties: Record<string, PartSchema>, required: readonly string[]): PartSchema => ({
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

function requiredNames(attributes: Readonly<Record<string, AttributeSchema>>): string[] {
  return Object.keys(attributes).filter((name) => attributes[name]?.required === true);
}

function attributeSchema(
  schema: AttributeSchema,
  name: string,
  nameOf: PartNames,
  whole = false,
): PartSchema {
  const {
    type = 'dynamic',
    nested_type,
    optional,
    computed,
    sensitive,
    write_only,
    deprecated,
    accepts,
  } = schema;
  // The provider SDK gives every resource an `id` that it calls optional and yet refuses: "Invalid or unknown key".
  const readOnly = computed === true && (optional !== true || (whole && name === 'id'));
  return {
    ...(nested_type === undefined
      ? acceptedSchema(typeSchema(type), accepts)
      : nestedTypeSchema(nested_type, name, nameOf)),
    ...(readOnly ? { readOnly } : computed && { computed }),
    ...(write_only && { writeOnly: write_only }),
    ...(sensitive && { sensitive }),
    ...(deprecated && { deprecated }),
  };
}

/** What is accepted of a list's items stands with the items. */
function acceptedSchema(schema: PartSchema, accepted: AcceptedValue | undefined): PartSchema {
  if (accepted === undefined) return schema;
  const { format, choices } = accepted;
  const of = { ...(format && { accepts: format }), ...(choices && { choices }) };
  const { items } = schema;
  return items === undefined ? { ...schema, ...of } : { ...schema, items: { ...items, ...of } };
}

function nestedTypeSchema(
  { nesting_mode, attributes }: NestedTypeSchema,
  name: string,
  nameOf: PartNames,
): PartSchema {
  const part = { $ref: `#/$defs/${nameOf(fingerprint(attributes), name)}` };
  switch (nesting_mode) {
    case 'single':
    case 'group':
      return part;
    case 'list':
    case 'set':
      return { ...orExpression('array', nesting_mode), items: part };
    case 'map':
      return { ...orExpression('object', 'map'), additionalProperties: part };
  }
}

/** A block that occurs at most once is an object, any other is a list of objects. */
function nestedSchema(
  { nesting_mode: nesting, min_items, max_items, keys, block }: NestedBlockSchema,
  name: string,
  nameOf: PartNames,
): PartSchema {
  const part = { $ref: `#/$defs/${nameOf(fingerprint(block), name)}` };
  if (nesting === 'map') return { type: 'object', nesting, additionalProperties: part };
  if (nesting === 'single' || nesting === 'group' || max_items === 1) return { ...part, nesting };
  return {
    type: 'array',
    nesting,
    items: part,
    ...(min_items && { minItems: min_items }),
    ...(max_items && { maxItems: max_items }),
    ...(keys && { keys }),
  };
}

/** `["map", "number"]` → an object of numbers, or an expression that gives a map. */
function typeSchema(type: CtyType): PartSchema {
  if (type === 'string') return { type, expression: type };
  if (type === 'number') return orExpression('number', 'number');
  if (type === 'bool') return orExpression('boolean', 'bool');
  if (type === 'dynamic') return { expression: 'dynamic' };
  switch (type[0]) {
    case 'list':
    case 'set':
      return { ...orExpression('array', type[0]), items: typeSchema(type[1]) };
    case 'map':
      return { ...orExpression('object', 'map'), additionalProperties: typeSchema(type[1]) };
    case 'tuple': {
      const items = type[1].map(typeSchema);
      return { ...orExpression('array', 'tuple'), items, minItems: items.length, maxItems: items.length };
    }
    case 'object': {
      const optional = type[2] ?? [];
      const required = Object.keys(type[1]).filter((name) => !optional.includes(name));
      return { ...orExpression('object', 'object'), ...closed(mapMembers(type[1], typeSchema), required) };
    }
  }
}

const orExpression = (type: string, expression: ExpressionKind): PartSchema => ({
  type: [type, 'string'],
  expression,
});

function mapMembers<In, Out>(
  members: Readonly<Record<string, In>>,
  map: (member: In, name: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member, name)]));
}
