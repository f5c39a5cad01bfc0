import {
  type BlockSchema,
  type ProvidedKind,
  type ProviderSchema,
  manifest,
  plain,
  providerOf,
  readRecordedSchema,
  resourceOfKind as nameOfResource,
  schemaOf,
} from '@home/providers';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A type that a provider of the home has. */
export interface KnownType {
  readonly name: string;
  readonly block: BlockSchema;
}

const generated = join(__dirname, '../../../libs/providers/generated');

/** All that the Kubernetes provider has, also what the home does not use: kept by `npm run sync-schemas`. */
export const wholeSchema = join(generated, 'kubernetes/whole.json.gz');

type Types = ReadonlyMap<string, KnownType>;

const loaded = new Map<string, Readonly<Record<ProvidedKind, Types>>>();

/**
 * The type of a resource, data source or ephemeral resource as a provider of the home has it now. A type that the
 * provider gave up for one with a version is found under its new name: `kubernetes_deployment` →
 * `kubernetes_deployment_v1`; so is `null_resource`, for which Terraform has a type of its own.
 *
 * @param given the arguments that it is given, where several versions are there to choose from
 * @returns undefined for what no provider of the home has
 */
export function findType(kind: ProvidedKind, type: string, given: readonly string[]): KnownType | undefined {
  if (type === 'null_resource') return findType(kind, 'terraform_data', given);
  const provider = providerOf(type);
  if (!(provider in manifest)) return undefined;
  const types = typesOf(provider);
  const current = types[kind].get(type);
  if (current !== undefined) return current;
  const versions = [...types[kind].values()].filter(({ name }) => isVersionOf(name, type));
  return versions.find(({ block }) => given.every((name) => takes(block, name))) ?? versions.at(-1);
}

const isVersionOf = (name: string, type: string): boolean => plain(name).replace(/v\d+$/, '') === plain(type);

const takes = ({ attributes = {}, block_types = {} }: BlockSchema, name: string): boolean => {
  const spec = block_types['spec']?.block;
  return name in attributes || name in block_types || (spec !== undefined && takes(spec, name));
};

/**
 * The resource for a kind of object: `autoscaling/v2 HorizontalPodAutoscaler` → `kubernetes_horizontal_pod_autoscaler_v2`.
 *
 * @returns undefined for a kind that the provider has no typed resource for
 */
export function resourceOfKind(apiVersion: string, kind: string): KnownType | undefined {
  const types = typesOf('kubernetes').resource;
  return types.get(nameOfResource(apiVersion, kind, types.keys()) ?? '');
}

function typesOf(provider: string): Readonly<Record<ProvidedKind, Types>> {
  const types = loaded.get(provider) ?? readTypes(provider);
  loaded.set(provider, types);
  return types;
}

/** Whether a stack may declare a provider of the home without any settings. */
export function needsNoSettings(provider: string): boolean {
  const { block } = schemaIn(provider)?.provider ?? {};
  const { attributes = {}, block_types: blocks = {} } = block ?? {};
  return (
    Object.values(attributes).every(({ required }) => required !== true) &&
    Object.values(blocks).every(({ min_items: least = 0 }) => least === 0)
  );
}

function readTypes(provider: string): Readonly<Record<ProvidedKind, Types>> {
  const schema = schemaIn(provider);
  const byName = (schemas: Readonly<Record<string, { block?: BlockSchema }>> = {}): Types =>
    new Map(Object.entries(schemas).map(([name, { block = {} }]) => [name, { name, block }]));
  return {
    resource: byName(schema?.resource_schemas),
    data: byName(schema?.data_source_schemas),
    ephemeral: byName(schema?.ephemeral_resource_schemas),
  };
}

function schemaIn(provider: string): ProviderSchema | undefined {
  const whole = join(generated, provider, 'whole.json.gz');
  const file = existsSync(whole) ? whole : join(generated, provider, 'schema.json');
  const { source } = manifest[provider as keyof typeof manifest];
  return schemaOf(readRecordedSchema(file), source);
}
