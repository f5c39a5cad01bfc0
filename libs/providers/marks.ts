import { type PartSchema, type ProvidedKind, followReference } from './block-schema';
import { type Part, type PathStep, follow, recordedBlock } from './part-at';

/** What the schema says of an argument or attribute besides its type. */
export interface Marks {
  /** It is sensitive, or stands in something that is. */
  readonly sensitive: boolean;
  /** Something inside it is sensitive. */
  readonly holdsSensitive: boolean;
  /** It is kept in no state, so a literal or an ephemeral value may stand here. */
  readonly writeOnly: boolean;
  /** Only the provider sets it. */
  readonly readOnly: boolean;
  readonly deprecated: boolean;
}

/**
 * The marks at a path, in the form of arguments (`["metadata", "name"]`) or of references (`["metadata", 0, "name"]`).
 *
 * @param kind the kind of block
 * @param type its type
 * @returns undefined when no such thing is recorded
 */
export function marksAt(kind: ProvidedKind, type: string, path: readonly PathStep[]): Marks | undefined {
  const block = recordedBlock(kind, type);
  if (block === undefined) return undefined;
  const on = path.map((_, index) => follow(block, path.slice(0, index + 1)));
  const last = on.at(-1) ?? { part: block, steps: 0 };
  if (last.steps < path.length) return undefined;
  const { readOnly, deprecated } = last.part.schema;
  return {
    sensitive: on.some(({ part }) => part.schema.sensitive),
    holdsSensitive: sensitivePathsIn(last.part).length > 0,
    writeOnly: on.some(({ part }) => part.schema.writeOnly),
    readOnly: readOnly === true,
    deprecated: deprecated === true,
  };
}

/** A path to something sensitive; `undefined` stands for any index or key. */
export type SensitivePath = readonly PathStep[];

/** All paths in a block's arguments and attributes that the schema marks sensitive or write-only. */
export function sensitivePaths(kind: ProvidedKind, type: string): readonly SensitivePath[] {
  const block = recordedBlock(kind, type);
  return block === undefined ? [] : sensitivePathsIn(block);
}

const found = new WeakMap<PartSchema, readonly SensitivePath[]>();

function sensitivePathsIn({ schema, root }: Part): readonly SensitivePath[] {
  const definition = followReference(schema, root);
  const known = found.get(definition);
  if (known !== undefined) return known;
  const paths: SensitivePath[] = Object.entries(definition.properties ?? {}).flatMap(([name, member]) =>
    member.sensitive || member.writeOnly
      ? [[name]]
      : sensitivePathsIn({ schema: member, root }).map((path) => [name, ...path]),
  );
  const { items = [], additionalProperties } = definition;
  const inside = [items, additionalProperties]
    .flat()
    .filter((one) => typeof one === 'object') as PartSchema[];
  for (const one of inside)
    paths.push(...sensitivePathsIn({ schema: one, root }).map((path) => [undefined, ...path]));
  found.set(definition, paths);
  return paths;
}
