import {
  type Block,
  type MetaArguments,
  dataBlock,
  ephemeralBlock,
  providerBlock,
  resourceBlock,
} from '@home/terraform';
import type { Configurations, DataSources, EphemeralResources, Resources } from './generated';

/** The arguments of a resource type. */
export type ResourceArguments<Type extends keyof Resources> = Resources[Type]['arguments'];

/** What a reference can read of a resource type. */
export type ResourceAttributes<Type extends keyof Resources> = Resources[Type]['attributes'];

/**
 * A resource of a provider of the manifest.
 *
 * @param type its type, under Terraform's own name
 * @param label its label; with the type it makes the address
 * @param given the provider's arguments and Terraform's meta-arguments
 */
export function resource<Type extends keyof Resources>(
  type: Type,
  label: string,
  given: ResourceArguments<Type> & MetaArguments,
): Block<ResourceAttributes<Type>> {
  return resourceBlock(type, label, given);
}

/** A data source of a provider of the manifest; parameters as those of `resource`. */
export function data<Type extends keyof DataSources>(
  type: Type,
  label: string,
  given: DataSources[Type]['arguments'] & MetaArguments,
): Block<DataSources[Type]['attributes']> {
  return dataBlock(type, label, given);
}

/** An ephemeral resource of a provider of the manifest; parameters as those of `resource`. */
export function ephemeral<Type extends keyof EphemeralResources>(
  type: Type,
  label: string,
  given: EphemeralResources[Type]['arguments'] & MetaArguments,
): Block<EphemeralResources[Type]['attributes']> {
  return ephemeralBlock(type, label, given);
}

/**
 * A provider's configuration.
 *
 * @param name the provider's local name
 * @param given its arguments; with `alias`, blocks use this configuration only when they name it
 */
export function provider<Name extends keyof Configurations>(
  name: Name,
  given: Configurations[Name] & { readonly alias?: string } = {} as Configurations[Name],
): Block {
  return providerBlock(name, given);
}
