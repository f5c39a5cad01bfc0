import { type Replica } from '@home/kubernetes';
import { type Description, type Offer, namespaceOf, offersTo } from '@tools/nx-home/describe';
import { type Problem, type Value } from '@home/terraform';
import { type Wanted, wantedBy } from '@tools/recipes';
import { type Imported, type NewWorkload, type Recipe, isRecipe } from './workload-files';

type NamespaceOffer = Offer & { readonly value: Value<string> };

/** What a home has for its apps, and which workloads export it. */
export interface Provisions extends Readonly<Record<Wanted, Offer | undefined>> {
  /** Where apps live. */
  readonly apps: NamespaceOffer | undefined;
  /** Where databases are replicated to. */
  readonly replica: (Offer & { readonly value: Replica }) | undefined;
}

/**
 * Finds what the home has for the apps of a stack: its namespaces by their names, of which the only one is that of all apps,
 * and a replica.
 *
 * @param root the workspace
 * @param home the whole home
 */
export function provisionsFor(stack: string, root: string, home: Description): Provisions {
  const offers = offersTo(stack, root, home);
  const namespaces = offers.filter(isNamespace);
  const called = (name: string) => namespaces.find(({ value }) => namespaceOf(value) === name);
  return {
    apps: called('apps') ?? (namespaces.length === 1 ? namespaces[0] : undefined),
    appsAsRoot: called('apps-as-root'),
    infra: called('infra'),
    replica: offers.find(isReplica),
  };
}

/** What has to be there for what a workload wants: the flag that asks for it, what must hold, and what to do. */
const demands = {
  apps: {
    flag: 'stack',
    what: (stack: string) =>
      `must be a stack whose workloads can import a namespace for apps, but "${stack}" has none at hand`,
    remedy: exportOf('apps', 'apps'),
  },
  appsAsRoot: {
    flag: 'recipe',
    what: (stack: string) =>
      `must have a namespace for images that start as root, but no workload that "${stack}" can import exports one`,
    remedy: exportOf('apps-as-root', 'appsAsRoot'),
  },
  infra: {
    flag: 'recipe',
    what: (stack: string) =>
      `must have a namespace for what uses a node's network or devices, but no workload that "${stack}" can import exports one`,
    remedy: exportOf('infra', 'infra'),
  },
  replica: {
    flag: 'database',
    what: (stack: string) =>
      `must have a replica to come back from, but no workload that "${stack}" can import exports one`,
    remedy: 'Export where databases are replicated to: `export const replica: Replica = { … }`',
  },
} satisfies Readonly<Record<Wanted, object>>;

function exportOf(namespace: string, name: string): string {
  return `Export one that is called "${namespace}", in this stack or an earlier one: \`export const ${name} = for${name[0]?.toUpperCase()}${name.slice(1)}.ref.metadata[0].name\``;
}

/** Says what a workload needs and the home does not have. */
export function checkProvisions(workload: NewWorkload | Recipe, provisions: Provisions): Problem[] {
  return wantedOf(workload)
    .filter((wanted) => provisions[wanted] === undefined)
    .map((wanted) => {
      const { flag, what, remedy } = demands[wanted];
      const asked = isRecipe(workload) && flag === 'database' ? 'recipe' : flag;
      return { where: `--${asked}`, what: what(workload.stack), remedy };
    });
}

const wantedOf = (workload: NewWorkload | Recipe): Wanted[] =>
  isRecipe(workload)
    ? wantedBy(workload.recipe)
    : ['apps', ...(workload.database === undefined ? [] : (['replica'] as const))];

/** Where a workload imports from what the home has, without what is exported there. */
export const importsOf = (provisions: Provisions): Imported =>
  Object.fromEntries(
    Object.entries(provisions).flatMap(([wanted, offer]) =>
      offer === undefined ? [] : [[wanted, { from: offer.from, name: offer.name }]],
    ),
  );

const isNamespace = (offer: Offer): offer is NamespaceOffer => namespaceOf(offer.value) !== undefined;

const isReplica = (offer: Offer): offer is Offer & { readonly value: Replica } => {
  const { value } = offer;
  const parts: readonly (keyof Replica)[] = ['bucket', 'secretName', 'images'];
  return typeof value === 'object' && value !== null && parts.every((part) => part in value);
};
