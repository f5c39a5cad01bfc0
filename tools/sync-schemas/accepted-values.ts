import {
  type AcceptedValue,
  type AttributeSchema,
  type BlockSchema,
  type CtyType,
  type FieldType,
  type KubernetesApi,
  type Match,
  type NestedBlockSchema,
  type ObjectType,
  type ProviderSchema,
  type ValueFormat,
  kindOfResource,
  matchFields,
  typeOfKind,
} from '@home/providers';

/**
 * Adds to the resources of the Kubernetes provider what Kubernetes' API says of their arguments, and Terraform does not:
 * which texts and numbers it takes, what must be there, and by what the items of a list are told apart.
 */
export function withAcceptedValues(provider: ProviderSchema, api: KubernetesApi): ProviderSchema {
  const resources = Object.entries(provider.resource_schemas ?? {}).map(([type, schema]) => {
    const kind = kindOfResource(type, api);
    const object = kind && typeOfKind(kind.apiVersion, kind.kind, api);
    if (object === undefined || schema.block === undefined) return [type, schema] as const;
    return [type, { ...schema, block: describeBlock(object, schema.block) }] as const;
  });
  return { ...provider, resource_schemas: Object.fromEntries(resources) };
}

/** A field of Kubernetes, and where the provider takes it. */
interface Matched {
  readonly field: FieldType;
  readonly isRequired: boolean;
  readonly match: Match;
}

function describeBlock(type: ObjectType, block: BlockSchema): BlockSchema {
  const matched = [...matchFields(type, block)].flatMap(([name, match]): Matched[] => {
    const field = type.fields.get(name);
    const isRequired = type.required.includes(name) && !settled.has(`${type.name}.${name}`);
    return field === undefined ? [] : [{ field, isRequired, match }];
  });
  return describeMatched(block, matched);
}

/** What the API requires and the provider gives a value where none is written, or which may be empty. */
const settled: ReadonlySet<string> = new Set([
  'HTTPHeader.value',
  'HTTPIngressPath.pathType',
  'ISCSIPersistentVolumeSource.lun',
  'ISCSIVolumeSource.lun',
  'SeccompProfile.type',
  'TopologySpreadConstraint.maxSkew',
  'TopologySpreadConstraint.whenUnsatisfiable',
]);

function describeMatched(block: BlockSchema, matched: readonly Matched[]): BlockSchema {
  const own = new Map(matched.filter(({ match }) => match.within === undefined).map(byArgument));
  const deeper = (name: string): Matched[] =>
    matched
      .filter(({ match }) => match.within === name)
      .map((one) => ({ ...one, match: { ...one.match, within: undefined } }));
  return {
    ...block,
    attributes: mapMembers(block.attributes ?? {}, (schema, name) =>
      describeAttribute(schema, own.get(name)),
    ),
    block_types: mapMembers(block.block_types ?? {}, (schema, name) => {
      const inside = deeper(name);
      return inside.length === 0
        ? describeNested(schema, own.get(name))
        : { ...schema, block: describeMatched(schema.block, inside) };
    }),
  };
}

const byArgument = (one: Matched): [string, Matched] => [one.match.name, one];

function describeAttribute(schema: AttributeSchema, matched: Matched | undefined): AttributeSchema {
  if (matched === undefined) return schema;
  const accepts = acceptedValue(matched, schema.type);
  return {
    ...schema,
    ...(matched.isRequired && schema.computed !== true && { required: true }),
    ...(accepts && { accepts }),
  };
}

function describeNested(schema: NestedBlockSchema, matched: Matched | undefined): NestedBlockSchema {
  if (matched === undefined) return schema;
  const { field, isRequired } = matched;
  const item = field.kind === 'list' ? field.of : field;
  if (item.kind !== 'object') return schema;
  const arguments_ = matchFields(item.of, schema.block);
  const isTold = ruled.has(item.of.name) || harmless.has(item.of.name) || schema.max_items === 1;
  const keys = field.kind === 'list' && !isTold ? field.keys : undefined;
  const named = keys?.map((key) => arguments_.get(key)?.name).filter((name) => name !== undefined);
  return {
    ...schema,
    ...(isRequired && !schema.min_items && { min_items: 1 }),
    ...(named && named.length === keys?.length && { keys: named }),
    block: describeBlock(item.of, schema.block),
  };
}

/** Items of which a double does no harm, and the API server takes it. */
const harmless: ReadonlySet<string> = new Set(['HostAlias', 'LocalObjectReference', 'ObjectReference']);

/** Items whose doubles a rule tells, by what a person calls them. */
const ruled: ReadonlySet<string> = new Set(['Container', 'Volume', 'VolumeMount']);

function acceptedValue({ field, match }: Matched, type: CtyType | undefined): AcceptedValue | undefined {
  const item = field.kind === 'list' ? field.of : field;
  if (item.kind !== 'plain' || (typeof type === 'object' && type[0] === 'map')) return undefined;
  const inner = typeof type === 'object' && typeof type[1] === 'string' ? type[1] : type;
  const format = formatOf(item.format, inner as CtyType | undefined, match.name);
  if (format === undefined && item.choices === undefined) return undefined;
  return { ...(format && { format }), ...(item.choices && { choices: item.choices }) };
}

function formatOf(
  format: string | undefined,
  type: CtyType | undefined,
  name: string,
): ValueFormat | undefined {
  // A rule tells the numbers that ports have; and the provider takes permissions in octal, as chmod does.
  if (/(^|_)port$/.test(name)) return undefined;
  const isMode = /(^|_)mode$/.test(name);
  if (format === 'int32' || format === 'int64')
    return type === 'number' ? format : isMode ? undefined : `${format}-text`;
  return format === 'quantity' || format === 'date-time' ? format : undefined;
}

function mapMembers<Member>(
  members: Readonly<Record<string, Member>>,
  map: (member: Member, name: string) => Member,
): Record<string, Member> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member, name)]));
}
