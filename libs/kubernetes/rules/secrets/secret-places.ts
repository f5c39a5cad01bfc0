import {
  type PartSchema,
  type PathStep,
  blocksSchema,
  configurationPart,
  followReference,
  marksAt,
  providers,
} from '@home/providers';
import { type Block } from '@home/terraform';

/** What may be put in an argument. */
export interface SecretPlace {
  /** Terraform hides it. */
  readonly sensitive: boolean;
  /** Terraform does not keep it. */
  readonly writeOnly: boolean;
}

/**
 * What the schema says of an argument, or of what it is a part of.
 *
 * @returns undefined when the block is none of a provider, or nothing is recorded of it
 */
export function secretPlace(
  { kind, type, label }: Block,
  path: readonly PathStep[],
): SecretPlace | undefined {
  if (kind === 'provider') return inConfiguration(label, path);
  return kind === 'resource' || kind === 'data' || kind === 'ephemeral'
    ? marksAt(kind, type, path)
    : undefined;
}

function inConfiguration(provider: string, path: readonly PathStep[]): SecretPlace | undefined {
  if (!Object.hasOwn(providers, provider)) return undefined;
  const root = blocksSchema(provider);
  let part: PartSchema | undefined = root.$defs[configurationPart];
  let sensitive = false;
  for (const step of path) {
    if (part === undefined || typeof step !== 'string') continue;
    const { properties, additionalProperties } = followReference(part, root);
    part =
      properties?.[step] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    sensitive ||= part?.sensitive === true;
  }
  return { sensitive, writeOnly: false };
}
