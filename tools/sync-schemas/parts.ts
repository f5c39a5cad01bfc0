import {
  type AttributeSchema,
  type BlockSchema,
  type NestedTypeSchema,
  type ProvidedKind,
  type ProviderSchema,
  configurationPart,
} from '@home/providers';

/** A block that the manifest wants, and what its definition is called. */
export interface WantedBlock {
  readonly kind: ProvidedKind | 'provider';
  readonly type: string;
  /** `kubernetes_service_v1` → `ServiceV1`, a data source's → `DataServiceV1`. */
  readonly name: string;
  readonly schema: BlockSchema;
}

/** A nested block, or the attributes of a nested object. */
export type Part = BlockSchema | NestedTypeSchema['attributes'];

/** Equal parts by their fingerprint, and the paths of all places where they stand: `kubernetes_service_v1.spec.port`. */
export type Parts = ReadonlyMap<string, readonly string[]>;

/** Two parts with one fingerprint are alike in every name, type and mark. */
export const fingerprint = (part: Part): string => JSON.stringify(part);

/** A pruned block always has both members, and no attribute is called `block_types`. */
export const isBlock = (part: Part): part is BlockSchema => 'block_types' in part && 'attributes' in part;

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
    const short = type.startsWith(`${provider}_`) ? type.slice(provider.length + 1) : type;
    return prefix + pascalCase(taken.has(prefix + pascalCase(short)) ? type : short);
  };
  const schemas = [
    ['resource', '', pruned.resource_schemas],
    ['data', 'Data', pruned.data_source_schemas],
    ['ephemeral', 'Ephemeral', pruned.ephemeral_resource_schemas],
  ] as const;
  return [
    { kind: 'provider', type: provider, name: configurationPart, schema: pruned.provider.block ?? {} },
    ...schemas.flatMap(([kind, prefix, byType = {}]) =>
      Object.entries(byType).map(([type, { block = {} }]) => ({
        kind,
        type,
        name: nameOf(prefix, type),
        schema: block,
      })),
    ),
  ];
}

/** The path of a block, with `data.`, `ephemeral.` or `provider.` in front where it is one. */
const pathOf = ({ kind, type }: WantedBlock): string => (kind === 'resource' ? type : `${kind}.${type}`);

/** Finds every part of the wanted blocks, and which of them are alike. */
export function findParts(blocks: readonly WantedBlock[]): Parts {
  const found = new Map<string, string[]>();
  for (const block of blocks) visit(block.schema, pathOf(block));
  return found;

  function visit(outer: BlockSchema | Part, path: string): void {
    for (const [step, part] of partsIn(outer)) {
      const key = fingerprint(part);
      found.set(key, [...(found.get(key) ?? []), `${path}.${step}`]);
      visit(part, `${path}.${step}`);
    }
  }
}

function partsIn(outer: Part): [string, Part][] {
  const { attributes = {}, block_types = {} } = isBlock(outer) ? outer : { attributes: outer };
  return [
    ...Object.entries(attributes as Readonly<Record<string, AttributeSchema>>).flatMap(
      ([step, { nested_type }]): [string, Part][] => (nested_type ? [[step, nested_type.attributes]] : []),
    ),
    ...Object.entries(block_types).map(([step, { block }]): [string, Part] => [step, block]),
  ];
}

/** What the part at a step is called. */
export type PartNames = (part: string, step: string) => string;

/** Parts that share one name: a part, or where its places have nothing in common, those with one block name. */
interface Group {
  readonly part: string;
  readonly paths: readonly string[];
  /** What the name ends in. */
  readonly base: string;
  readonly given: boolean;
}

/** Names that generated types import or that TypeScript knows already. */
const taken = 'Dynamic Many Single Value Array Date Error Function Map Object Set'.split(' ');

/**
 * Names the parts by what they are: a name given in the manifest; else their block's name (`container` and
 * `init_container` that are alike → `Container`); where that means several parts, with the name of the part around
 * them in front (`ServiceV1SpecPort`, `ContainerPort`).
 *
 * @param blocks the wanted blocks, whose names no part may have
 * @param given the manifest's names → one place of the part
 * @returns the naming, and names whose place does not exist
 * @throws Error when two parts would have one name
 */
export function nameParts(
  parts: Parts,
  blocks: readonly WantedBlock[],
  given: Readonly<Record<string, string>> = {},
): { nameOf: PartNames; unplaced: readonly string[] } {
  const groups = [...parts].flatMap(([part, paths]) => {
    const [chosen] = Object.entries(given).find(([, path]) => paths.includes(path)) ?? [];
    return chosen === undefined ? group(part, paths) : [{ part, paths, base: chosen, given: true }];
  });
  const claimed = [...groups.map(({ base }) => base), ...blocks.map(({ name }) => name), ...taken];
  const byPath = new Map(groups.flatMap((each) => each.paths.map((path) => [path, each] as const)));
  const blockNames = new Map(blocks.map((block) => [pathOf(block), block.name]));

  const nameOfGroup = ({ base, given: isGiven, paths }: Group): string => {
    if (isGiven || claimed.filter((one) => one === base).length === 1) return base;
    const [nearest = ''] = [...paths].sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1));
    const outer = nearest.slice(0, nearest.lastIndexOf('.'));
    const around = byPath.get(outer);
    return (around === undefined ? blockNames.get(outer) : nameOfGroup(around)) + base;
  };

  const names = groups.map(nameOfGroup);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined)
    throw new Error(`two different parts would both be called ${double}; name one in the manifest`);
  const bySteps = new Map(
    groups.flatMap(({ part, paths }, index) =>
      paths.map((path) => [`${lastStep(path)} ${part}`, names[index]] as const),
    ),
  );
  return {
    nameOf: (part, step) => bySteps.get(`${step} ${part}`) ?? step,
    unplaced: Object.keys(given).filter((name) => !names.includes(name)),
  };
}

function group(part: string, paths: readonly string[]): Group[] {
  const steps = [...new Set(paths.map(lastStep))];
  const shared = sharedEnding(steps);
  if (shared !== '') return [{ part, paths, base: pascalCase(shared), given: false }];
  return steps.map((step) => ({
    part,
    paths: paths.filter((path) => lastStep(path) === step),
    base: pascalCase(step),
    given: false,
  }));
}

/** How far inside its block something stands, whatever kind of block it is. */
const depthOf = (path: string): number => path.replace(/^(data|ephemeral|provider)\./, '').split('.').length;

export const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** `["liveness_probe", "startup_probe"]` → `probe`; nothing when the last words differ. */
function sharedEnding(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split('_'));
  let count = 0;
  while (count < first.length && others.every((words) => words.at(-1 - count) === first.at(-1 - count)))
    count += 1;
  return count === 0 ? '' : first.slice(-count).join('_');
}

/** `image_pull_secret` → `ImagePullSecret`, and `k8s` → `K8S`. */
export function pascalCase(name: string): string {
  return name
    .replaceAll(/(?:^|_|(?<=\d))([a-z])/g, (_, letter: string) => letter.toUpperCase())
    .replaceAll('_', '');
}
