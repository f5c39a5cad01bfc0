import {
  type Definitions,
  type PartSchema,
  type ProvidedKind,
  blocksSchema,
  configurationPart,
  followReference,
} from './block-schema';
import { providerOf, providers } from './manifest';

/** A step into a block: a name, a list's index, or `undefined` for a key or index that only Terraform knows. */
export type PathStep = string | number | undefined;

/** A part of a recorded block, and the schema in which its references lead on. */
export interface Part {
  readonly schema: PartSchema;
  readonly root: Definitions;
}

/** A recorded block, and what its definition is called. */
export interface RecordedBlock extends Part {
  readonly definition: string;
}

const found = new Map<string, RecordedBlock | undefined>();

/**
 * What is recorded of a block type; undefined when the manifest does not want it.
 *
 * @param type the type; of a provider's own configuration the provider's name
 */
export function recordedBlock(kind: ProvidedKind | 'provider', type: string): RecordedBlock | undefined {
  const key = `${kind} ${type}`;
  if (!found.has(key)) found.set(key, findBlock(kind, type));
  return found.get(key);
}

function findBlock(kind: ProvidedKind | 'provider', type: string): RecordedBlock | undefined {
  const provider = kind === 'provider' ? type : providerOf(type);
  if (!Object.hasOwn(providers, provider)) return undefined;
  const root = blocksSchema(provider);
  if (kind === 'provider')
    return { schema: root.$defs[configurationPart] ?? {}, root, definition: configurationPart };
  const definition = Object.hasOwn(root.blocks[kind], type) ? root.blocks[kind][type] : undefined;
  return definition === undefined ? undefined : { schema: root.$defs[definition] ?? {}, root, definition };
}

/** A way into a block: how far its steps lead, and what is there. */
export interface Way {
  readonly part: Part;
  /** How many steps lead somewhere; fewer than were given when a name is unknown. */
  readonly steps: number;
}

/**
 * Follows a path into a block. Both forms work: that of arguments (`metadata.name`), and that of references
 * (`metadata[0].name`), where a block that occurs once still is a list.
 */
export function follow(from: Part, path: readonly PathStep[]): Way {
  let part = from;
  for (const [steps, step] of path.entries()) {
    const next = takeStep(part, step);
    if (next === undefined) return { part, steps };
    part = { ...part, schema: next };
  }
  return { part, steps: path.length };
}

function takeStep({ schema, root }: Part, step: PathStep): PartSchema | undefined {
  if (schema.expression === 'dynamic') return schema;
  // A block that occurs at most once is an object when written and a list when read.
  if (
    schema.$ref !== undefined &&
    (schema.nesting === 'list' || schema.nesting === 'set') &&
    typeof step !== 'string'
  ) {
    return { $ref: schema.$ref };
  }
  const { properties, items, additionalProperties } = followReference(schema, root);
  if (properties !== undefined) {
    if (step === undefined) return { expression: 'dynamic' };
    return Object.hasOwn(properties, step) ? properties[step] : undefined;
  }
  if (typeof additionalProperties === 'object')
    return typeof step === 'number' ? undefined : additionalProperties;
  if (typeof step === 'string') return undefined;
  return Array.isArray(items) ? items[step ?? 0] : (items as PartSchema | undefined);
}

/** The names that a part has. */
export function namesIn({ schema, root }: Part): string[] {
  return Object.keys(followReference(schema, root).properties ?? {});
}
