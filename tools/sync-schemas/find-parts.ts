import {
  type AttributeSchema,
  type BlockSchema,
  type NestedTypeSchema,
  type ProviderSchema,
  type ProvidedKind,
} from '@home/providers';

/** A block that the manifest wants, and what its definition is called. */
export interface WantedBlock {
  readonly kind: ProvidedKind | 'provider';
  readonly type: string;
  /** `kubernetes_service_v1` → `ServiceV1`, a data source's → `DataServiceV1`. */
  readonly name: string;
  readonly schema: BlockSchema;
}

/** One place where a nested block or a nested object stands: the wanted block and the steps into it. */
export interface Place {
  readonly block: WantedBlock;
  readonly steps: readonly string[];
}

/** Equal parts and all places where they stand, by fingerprint. */
export type Parts = ReadonlyMap<string, readonly Place[]>;

/** Two parts with one fingerprint are alike in every name, type and mark. */
export function fingerprint(part: BlockSchema | NestedTypeSchema['attributes']): string {
  return JSON.stringify(part);
}

/**
 * All wanted blocks of a pruned schema, the provider's own configuration first.
 *
 * @param taken names that the manifest gives to parts; a block with such a name keeps its provider's: `KubernetesEnv`
 */
export function wantedBlocks(
  pruned: ProviderSchema,
  provider: string,
  taken: ReadonlySet<string> = new Set(),
): WantedBlock[] {
  const nameOf = (prefix: string, type: string): string => {
    const short =
      prefix + pascalCase(type.startsWith(`${provider}_`) ? type.slice(provider.length + 1) : type);
    return taken.has(short) ? prefix + pascalCase(type) : short;
  };
  const schemas = [
    ['resource', '', pruned.resource_schemas],
    ['data', 'Data', pruned.data_source_schemas],
    ['ephemeral', 'Ephemeral', pruned.ephemeral_resource_schemas],
  ] as const;
  const own: WantedBlock = {
    kind: 'provider',
    type: provider,
    name: 'Provider',
    schema: pruned.provider.block ?? {},
  };
  return schemas.reduce<WantedBlock[]>(
    (found, [kind, prefix, byType = {}]) => [
      ...found,
      ...Object.entries(byType).map(([type, { block = {} }]) => ({
        kind,
        type,
        name: nameOf(prefix, type),
        schema: block,
      })),
    ],
    [own],
  );
}

/** Finds every part of the wanted blocks, and which of them are alike. */
export function findParts(blocks: readonly WantedBlock[]): Parts {
  const found = new Map<string, Place[]>();
  for (const block of blocks) visitBlock(block.schema, { block, steps: [] });
  return found;

  function visitBlock({ attributes = {}, block_types = {} }: BlockSchema, place: Place): void {
    visitAttributes(attributes, place);
    for (const [name, nested] of Object.entries(block_types)) {
      visitBlock(nested.block, note(fingerprint(nested.block), place, name));
    }
  }

  function visitAttributes(attributes: Readonly<Record<string, AttributeSchema>>, place: Place): void {
    for (const [name, { nested_type }] of Object.entries(attributes)) {
      if (nested_type === undefined) continue;
      visitAttributes(nested_type.attributes, note(fingerprint(nested_type.attributes), place, name));
    }
  }

  function note(part: string, { block, steps }: Place, step: string): Place {
    const place = { block, steps: [...steps, step] };
    found.set(part, [...(found.get(part) ?? []), place]);
    return place;
  }
}

/** `image_pull_secret` → `ImagePullSecret`, and `k8s` → `K8S` as json-schema-to-typescript has it. */
export function pascalCase(name: string): string {
  return name
    .replaceAll(/(?:^|_|(?<=\d))([a-z])/g, (_, letter: string) => letter.toUpperCase())
    .replaceAll('_', '');
}
