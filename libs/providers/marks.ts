import { remember } from '@home/terraform';
import { type Definitions, type PartSchema, type ProvidedKind, followReference } from './block-schema';
import { type Part, type PathStep, follow, recordedBlock } from './part-at';

/** What the schema says of an argument or attribute besides its type. */
export interface Marks {
  /** It is sensitive, or stands in something that is. */
  readonly sensitive: boolean;
  /** It is kept in no state, so a literal or an ephemeral value may stand here. */
  readonly writeOnly: boolean;
}

/**
 * The marks at a path, in the form of arguments (`["metadata", "name"]`) or of references (`["metadata", 0, "name"]`).
 *
 * @param type the block's type; of a provider's own configuration the provider's name
 * @returns undefined when no such thing is recorded
 */
export function marksAt(
  kind: ProvidedKind | 'provider',
  type: string,
  path: readonly PathStep[],
): Marks | undefined {
  const block = recordedBlock(kind, type);
  if (block === undefined || follow(block, path).steps < path.length) return undefined;
  const on = path.map((_, index) => follow(block, path.slice(0, index + 1)).part.schema);
  return {
    sensitive: on.some(({ sensitive }) => sensitive),
    writeOnly: on.some(({ writeOnly }) => writeOnly),
  };
}

/** A path to something sensitive; `undefined` stands for any index or key. */
export type SensitivePath = readonly PathStep[];

/** All paths in a block's arguments and attributes that the schema marks sensitive or write-only. */
export function sensitivePaths(kind: ProvidedKind, type: string): readonly SensitivePath[] {
  const block = recordedBlock(kind, type);
  return block === undefined ? [] : sensitivePathsIn(block);
}

const sensitivePathsIn = ({ schema, root }: Part): readonly SensitivePath[] =>
  pathsIn(root)(followReference(schema, root));

/** The paths in the definitions of a schema, each of which many parts share. */
const pathsIn = remember((root: Definitions) =>
  remember(({ properties = {}, items = [], additionalProperties }: PartSchema): readonly SensitivePath[] => {
    const named = Object.entries(properties).flatMap(([name, member]): SensitivePath[] =>
      member.sensitive || member.writeOnly
        ? [[name]]
        : sensitivePathsIn({ schema: member, root }).map((path) => [name, ...path]),
    );
    const inside = [items, additionalProperties].flat().filter((one) => typeof one === 'object');
    const unnamed = (inside as PartSchema[]).flatMap((schema) => sensitivePathsIn({ schema, root }));
    return [...named, ...unnamed.map((path) => [undefined, ...path])];
  }),
);
