import { ProblemsError } from '@home/terraform';
import { families, familyOf, inUrl } from './addresses';
import { checkFacts, factNames } from './check-facts';
import { ipv6Ranges } from './check-ranges';
import type { HomeFacts, NodeFacts } from './generated/facts';
import { type MachineFacts, isMachine } from './machine-facts';
import { readFacts } from './read-facts';

/** Where the home is entered: by every name that it has, and for those names. */
export interface Entry {
  /** The nodes that carry ingress and DNS. */
  readonly nodes: readonly NodeFacts[];
  /** What every name of the home leads to, IPv4 first: the shared address where there is one, else those of each node. */
  readonly addresses: readonly string[];
  /** All that one of the nodes may answer at: their own addresses, and the shared one. */
  readonly listensAt: readonly string[];
  /** The home by its address, because that works before anyone uses its DNS. With HTTPS its certificate is of names alone. */
  readonly url: string;
}

/** The facts of the home, and what follows from them. */
export interface Home extends HomeFacts {
  /** The nodes that this home sets up: all of them, or none where the Kubernetes is somebody else's. */
  readonly machines: readonly MachineFacts[];
  /** Those of Talos are empty where there are no such machines. */
  readonly versions: Required<HomeFacts['versions']>;
  /** The domain in the keys of the home's own labels and annotations. */
  readonly labelDomain: string;
  readonly cluster: HomeFacts['cluster'] & {
    readonly endpoint: string;
    /** The context's name in the kubeconfig: the one that Talos makes, unless the facts name another. */
    readonly kubeconfigContext: string;
  };
  /** The address of Talos on the control plane that etcd begins on, and that is asked for the kubeconfig. */
  readonly firstControlPlane: string;
  readonly entry: Entry;
}

/** What follows from facts that have been checked. */
export function settle(checked: HomeFacts): Home {
  const controlPlane = checked.network.nodes.find((node) => node.role === 'controlplane');
  const firstControlPlane = controlPlane === undefined ? '' : addressOf(controlPlane);
  const { virtualAddress = firstControlPlane } = checked.cluster;
  return {
    ...checked,
    labelDomain: checked.labelDomain ?? checked.domain,
    cluster: {
      // Talos itself gives pods and services IPv4, whatever its machines have.
      ...(checked.network.subnets.v4 === undefined && ipv6Ranges),
      ...checked.cluster,
      endpoint: checked.cluster.endpoint ?? `https://${inUrl(virtualAddress)}:6443`,
      kubeconfigContext: checked.cluster.context ?? `admin@${checked.cluster.name}`,
    },
    versions: { talosContract: '', talosInstaller: '', ...checked.versions },
    machines: checked.network.nodes.filter(isMachine),
    firstControlPlane,
    entry: entryOf(checked),
  };
}

function entryOf({ cluster: { virtualAddress }, network, https }: HomeFacts): Entry {
  const nodes = network.nodes.filter(({ name }) => network.entryNodes.includes(name));
  // Only control planes have it.
  const shared = nodes.some(({ role }) => role === 'controlplane') ? virtualAddress : undefined;
  const own = (family: 'v4' | 'v6') => nodes.flatMap(({ addresses }) => addresses[family] ?? []);
  const addresses = families.flatMap((family) =>
    shared !== undefined && familyOf(shared) === family ? [shared] : own(family),
  );
  return {
    nodes,
    addresses,
    listensAt: [...new Set([...addresses, ...families.flatMap(own)])],
    url: `${schemeOf(https)}://${inUrl(addresses[0] ?? '')}`,
  };
}

const schemeOf = (https: HomeFacts['https']): string => (https === undefined ? 'http' : 'https');

/** The address at which a machine is reached, of those that it has. */
export const addressOf = ({ addresses }: Pick<NodeFacts, 'addresses'>): string =>
  addresses.v4 ?? addresses.v6 ?? '';

let settled: Home | undefined;

function checkedHome(): Home {
  if (settled !== undefined) return settled;
  const facts = readFacts();
  const problems = checkFacts(facts);
  if (problems.length > 0) throw new ProblemsError(problems);
  return (settled = settle(facts));
}

/**
 * The facts of this home, checked. They are loaded and checked at the first look into them and not on import, so that a tool
 * can import this library and report what is wrong in its own way.
 *
 * Every access throws a `ProblemsError` with all mistakes at once when the facts cannot be loaded or do not hold.
 */
export const home = Object.defineProperties(
  {},
  Object.fromEntries(
    [...factNames, 'machines', 'firstControlPlane', 'entry'].map((key) => [
      key,
      { enumerable: true, get: () => Reflect.get(checkedHome(), key) },
    ]),
  ),
) as Home;

/** The name under which an app is reached in the home's network: `<name>.<domain>`. */
export const host = (name: string): string => `${name}.${home.domain}`;

/** The address of an app in the home's network; plain HTTP, unless the facts say otherwise. */
export const url = (name: string): string => urlOf(host(name));

/** The address of what is reached under a whole name, such as `gotify.rpi`. */
export const urlOf = (hostname: string): string => `${schemeOf(home.https)}://${hostname}`;

/** How a deploy asks for a host of the home: by the home's address, because that works before anyone uses its DNS. */
export const askedByAddress = (name: string, path: string) => ({
  url: `${home.entry.url}${path}`,
  host: host(name),
  // The machine that deploys may not trust the home's own authority yet.
  ...(home.https?.kind === 'authority' && { isBelieved: true }),
});
