import { isPlainObject } from '@home/terraform';
import { type Arguments, type Loss, convertObject } from './convert-object';
import { typeOfKind } from '@home/providers';
import type { RelatedObject } from './object-relations';
import type { Manifest } from './read-manifests';
import { type KnownType, resourceOfKind } from '../terraform/provider-schemas';
import { type SecretVariable, type SecretVariables, secretArguments } from './secret-values';

/** An object that has a resource: what of it arrived, and what did not. */
export interface ImportedObject extends RelatedObject {
  readonly manifest: Manifest;
  readonly resource: KnownType;
  /** Stand in for the values of a Secret. */
  readonly variables: readonly SecretVariable[];
  readonly losses: readonly Loss[];
}

/**
 * Finds the resource for an object and its arguments.
 *
 * @param secrets gives variables for the values of Secrets
 * @returns undefined for a kind that the provider has no resource for
 */
export function importObject(manifest: Manifest, secrets: SecretVariables): ImportedObject | undefined {
  const { apiVersion, kind } = manifest;
  const type = typeOfKind(apiVersion, kind);
  const resource = resourceOfKind(apiVersion, kind);
  if (type === undefined || resource === undefined) return undefined;
  const losses: Loss[] = [];
  const { plainFields, given, variables } = secretArguments(manifest, secrets);
  const converted = convertObject(type, resource.block, plainFields, (loss) => losses.push(loss));
  const { name, namespace } = manifest;
  return {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    manifest,
    resource,
    given: { ...converted, ...given, ...waiting(resource, manifest) },
    variables,
    losses,
  };
}

/**
 * The provider waits for what it made, kubectl does not: a stack of the home waits once, for everything, when it is
 * applied. What by itself waits for nothing is left as it is.
 */
function waiting({ block }: KnownType, { value }: Manifest): Arguments {
  const isBalanced = isPlainObject(value['spec']) && value['spec']['type'] === 'LoadBalancer';
  const isToken = value['type'] === 'kubernetes.io/service-account-token';
  const waits = [
    'wait_for_rollout',
    'wait_until_bound',
    'wait_for_completion',
    ...(isToken ? ['wait_for_service_account_token'] : []),
    ...(isBalanced ? ['wait_for_load_balancer'] : []),
  ];
  const own = waits.filter((wait) => block.attributes?.[wait] !== undefined);
  return Object.fromEntries(own.map((wait) => [wait, false]));
}
