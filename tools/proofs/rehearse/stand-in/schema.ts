import type {
  AttributeSchema,
  BlockSchema,
  CtyType,
  Nesting,
  ProviderSchema,
  VersionedBlockSchema,
} from '@home/providers';

/** An attribute or a nested block, seen alike: what may stand under one name. */
export interface Member {
  readonly computed: boolean;
  readonly writeOnly: boolean;
  readonly block: boolean;
  /** Set for a plain attribute. */
  readonly type?: CtyType | undefined;
  /** Set for a nested block and for an attribute with members of its own. */
  readonly nested?: { readonly nesting: Nesting; readonly members: Members } | undefined;
}
export type Members = ReadonlyMap<string, Member>;

const known = new WeakMap<BlockSchema, Members>();

/** All members of a recorded block, attributes first. */
export function membersOf(block: BlockSchema): Members {
  const members =
    known.get(block) ?? new Map([...attributeMembers(block.attributes ?? {}), ...blockMembers(block)]);
  known.set(block, members);
  return members;
}

function blockMembers({ block_types: blocks = {} }: BlockSchema): [string, Member][] {
  return Object.entries(blocks).map(([name, { nesting_mode: nesting, block }]) => [
    name,
    { computed: false, writeOnly: false, block: true, nested: { nesting, members: membersOf(block) } },
  ]);
}

function attributeMembers(attributes: Readonly<Record<string, AttributeSchema>>): Members {
  const member = ({
    type,
    nested_type: nested,
    computed = false,
    write_only: writeOnly = false,
  }: AttributeSchema) => ({
    computed,
    writeOnly,
    block: false,
    type,
    nested: nested && { nesting: nested.nesting_mode, members: attributeMembers(nested.attributes) },
  });
  return new Map(Object.entries(attributes).map(([name, attribute]) => [name, member(attribute)]));
}

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
