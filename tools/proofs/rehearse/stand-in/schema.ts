import type { AttributeSchema, BlockSchema, CtyType, Nesting } from '@home/providers';

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
