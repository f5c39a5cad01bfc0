import type { AttributeSchema, BlockSchema, ProviderSchema, VersionedBlockSchema } from '@home/providers';

/** The protocol's numbers for how often a block may stand. */
const nestings = { single: 1, list: 2, set: 3, map: 4, group: 5 };

function attribute([name, recorded]: [string, AttributeSchema]): object {
  const { type, nested_type: nested, ...flags } = recorded;
  return {
    ...flags,
    name,
    type: type && Buffer.from(JSON.stringify(type)),
    nested_type: nested && {
      attributes: Object.entries(nested.attributes).map(attribute),
      nesting: nestings[nested.nesting_mode],
    },
  };
}

function block({ attributes = {}, block_types: blocks = {}, deprecated }: BlockSchema): object {
  return {
    deprecated,
    attributes: Object.entries(attributes).map(attribute),
    block_types: Object.entries(blocks).map(([name, nested]) => ({
      type_name: name,
      block: block(nested.block),
      nesting: nestings[nested.nesting_mode],
      min_items: nested.min_items,
      max_items: nested.max_items,
    })),
  };
}

const schema = ({ version, block: recorded = {} }: VersionedBlockSchema) => ({
  version,
  block: block(recorded),
});

const all = (schemas: Readonly<Record<string, VersionedBlockSchema>> = {}) =>
  Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, schema(one)]));

/** A recorded provider as the answer to GetProviderSchema. */
export function schemaMessage(recorded: ProviderSchema): object {
  return {
    provider: schema(recorded.provider),
    resource_schemas: all(recorded.resource_schemas),
    data_source_schemas: all(recorded.data_source_schemas),
    ephemeral_resource_schemas: all(recorded.ephemeral_resource_schemas),
  };
}
