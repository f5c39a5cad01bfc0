import type {
  AttributeSchema,
  BlockSchema,
  CtyType,
  NestedBlockSchema,
  ProviderSchema,
  VersionedBlockSchema,
  WantedProvider,
} from '@home/providers';
import { nearestName } from '@home/terraform';

/** What the manifest wants and the recorded schema lacks. */
export interface Missing {
  /** `resource kubernetes_pod_v9` */
  readonly what: string;
  /** What may be meant. */
  readonly nearest: string | undefined;
}

type SchemasByType = Readonly<Record<string, VersionedBlockSchema>>;

/**
 * Keeps of a recorded schema what the manifest wants: names, types and marks of wanted blocks, in alphabetical order.
 * Describing sentences go, so that a schema printed by Terraform and a recorded one come out equal.
 */
export function prune(
  recorded: ProviderSchema,
  wanted: WantedProvider,
): { pruned: ProviderSchema; missing: readonly Missing[] } {
  const missing: Missing[] = [];
  const pick = (kind: string, schemas: SchemasByType = {}, names: readonly string[]): SchemasByType => {
    const absent = names.filter((name) => schemas[name] === undefined);
    missing.push(
      ...absent.map((name) => ({
        what: `${kind} ${name}`,
        nearest: nearestName(name, Object.keys(schemas)),
      })),
    );
    return mapSorted(schemas, (schema, name) => (names.includes(name) ? pruneVersioned(schema) : undefined));
  };
  const pruned = {
    provider: withoutDemands(pruneVersioned(recorded.provider)),
    resource_schemas: pick('resource', recorded.resource_schemas, wanted.resources),
    data_source_schemas: pick('data', recorded.data_source_schemas, wanted.dataSources),
    ephemeral_resource_schemas: pick(
      'ephemeral',
      recorded.ephemeral_resource_schemas,
      wanted.ephemeralResources,
    ),
  };
  return { pruned, missing };
}

function pruneVersioned({ version, block = {} }: VersionedBlockSchema): VersionedBlockSchema {
  return { version, block: pruneBlock(block) };
}

/**
 * Makes every argument of a provider's configuration optional. Providers that also read the environment call an
 * argument required or optional depending on the environment in which they print their schema.
 */
function withoutDemands({ version, block = {} }: VersionedBlockSchema): VersionedBlockSchema {
  const attributes = mapSorted(block.attributes ?? {}, ({ required, ...schema }) =>
    pruneAttribute(required === true ? { ...schema, optional: true } : schema),
  );
  return { version, block: { ...block, attributes } };
}

function pruneBlock({ attributes = {}, block_types = {}, deprecated }: BlockSchema): BlockSchema {
  return {
    attributes: mapSorted(attributes, pruneAttribute),
    block_types: mapSorted(block_types, pruneNested),
    ...(deprecated === true && { deprecated }),
  };
}

function pruneNested({ nesting_mode, min_items, max_items, block }: NestedBlockSchema): NestedBlockSchema {
  return {
    nesting_mode,
    ...(min_items && { min_items }),
    ...(max_items && { max_items }),
    block: pruneBlock(block),
  };
}

const marks = ['required', 'optional', 'computed', 'sensitive', 'write_only', 'deprecated'] as const;

function pruneAttribute(schema: AttributeSchema): AttributeSchema {
  const { type, nested_type } = schema;
  return {
    ...(type !== undefined && { type: sortType(type) }),
    ...(nested_type !== undefined && {
      nested_type: {
        nesting_mode: nested_type.nesting_mode,
        attributes: mapSorted(nested_type.attributes, pruneAttribute),
      },
    }),
    ...Object.fromEntries(marks.filter((mark) => schema[mark] === true).map((mark) => [mark, true])),
  };
}

/** `["object", { b: …, a: … }]` → `["object", { a: …, b: … }]`, at any depth. */
function sortType(type: CtyType): CtyType {
  if (typeof type === 'string') return type;
  if (type[0] === 'object') {
    const members = mapSorted(type[1], sortType);
    return type[2] === undefined ? ['object', members] : ['object', members, [...type[2]].sort()];
  }
  if (type[0] === 'tuple') return ['tuple', type[1].map(sortType)];
  return [type[0], sortType(type[1])];
}

/** Maps the members in alphabetical order and leaves out those that become `undefined`. */
function mapSorted<In, Out>(
  members: Readonly<Record<string, In>>,
  map: (member: In, name: string) => Out | undefined,
): Record<string, Out> {
  const mapped: Record<string, Out> = {};
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    const made = member === undefined ? undefined : map(member, name);
    if (made !== undefined) mapped[name] = made;
  }
  return mapped;
}
