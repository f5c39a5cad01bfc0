import { type Replica } from '@home/kubernetes';
import { type Description, type Offer, namespaceOf, offersTo } from '@tools/nx-home/describe';
import { type Problem, type Value } from '@home/terraform';
import { type NewWorkload } from './workload-files';

/** What a home has for its apps, and which workloads export it. */
export interface Provisions {
  /** Where apps live. */
  readonly namespace: (Offer & { readonly value: Value<string> }) | undefined;
  /** Where databases are replicated to. */
  readonly replica: (Offer & { readonly value: Replica }) | undefined;
}

/**
 * Finds what the home has for the apps of a stack: the namespace `apps`, or the only one, and a replica.
 *
 * @param root the workspace
 * @param home the whole home
 */
export function provisionsFor(stack: string, root: string, home: Description): Provisions {
  const offers = offersTo(stack, root, home);
  const namespaces = offers.filter(isNamespace);
  const apps = namespaces.find(({ value }) => namespaceOf(value) === 'apps');
  return {
    namespace: apps ?? (namespaces.length === 1 ? namespaces[0] : undefined),
    replica: offers.find(isReplica),
  };
}

/** Says what a workload needs and the home does not have. */
export function checkProvisions(
  { stack, database }: NewWorkload,
  { namespace, replica }: Provisions,
): Problem[] {
  const problems: Problem[] = [];
  if (namespace === undefined) {
    const what = `must be a stack whose workloads can import a namespace for apps, but "${stack}" has none at hand`;
    const remedy = `Export one that is called "apps", in this stack or an earlier one: \`export const apps = forApps.ref.metadata[0].name\``;
    problems.push({ where: '--stack', what, remedy });
  }
  if (database !== undefined && replica === undefined) {
    const what = `must have a replica to come back from, but no workload that "${stack}" can import exports one`;
    const remedy = 'Export where databases are replicated to: `export const replica: Replica = { … }`';
    problems.push({ where: '--database', what, remedy });
  }
  return problems;
}

const isNamespace = (offer: Offer): offer is Offer & { readonly value: Value<string> } =>
  namespaceOf(offer.value) !== undefined;

const isReplica = (offer: Offer): offer is Offer & { readonly value: Replica } => {
  const { value } = offer;
  const parts: readonly (keyof Replica)[] = ['bucket', 'secretName', 'images'];
  return typeof value === 'object' && value !== null && parts.every((part) => part in value);
};
