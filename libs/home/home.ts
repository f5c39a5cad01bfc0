import { ProblemsError } from '@home/terraform';
import { checkFacts, factNames } from './check-facts';
import type { HomeFacts } from './generated/facts';
import { readFacts } from './read-facts';

/** The facts of the home, and what follows from them. */
export interface Home extends HomeFacts {
  readonly cluster: HomeFacts['cluster'] & {
    readonly endpoint: string;
    /** The context's name in the kubeconfig that Talos makes. */
    readonly kubeconfigContext: string;
  };
  /** The address of Talos on the control plane that etcd begins on, and that is asked for the kubeconfig. */
  readonly firstControlPlane: string;
  /** The node at whose addresses the whole home answers: the first one. Ingress and DNS run there. */
  readonly entryNode: string;
  /** The addresses of that node, without their prefix; empty where it has none. */
  readonly staticIp: { readonly v4: string; readonly v6: string };
}

/** What follows from facts that have been checked. */
export function settle(checked: HomeFacts): Home {
  const [first] = checked.network.nodes;
  const controlPlane = checked.network.nodes.find((node) => node.role === 'controlplane');
  const firstControlPlane = controlPlane?.addresses.v4 ?? controlPlane?.addresses.v6 ?? '';
  const endpoint = checked.cluster.endpoint ?? `https://${endpointAddress(checked, firstControlPlane)}:6443`;
  return {
    ...checked,
    cluster: { ...checked.cluster, endpoint, kubeconfigContext: `admin@${checked.cluster.name}` },
    firstControlPlane,
    entryNode: first?.name ?? '',
    staticIp: { v4: first?.addresses.v4 ?? '', v6: first?.addresses.v6 ?? '' },
  };
}

/** The address that all nodes reach the Kubernetes API at: the shared one, or the one control plane's own. */
function endpointAddress({ cluster }: HomeFacts, controlPlane: string): string {
  const address = cluster.virtualAddress ?? controlPlane;
  return address.includes(':') ? `[${address}]` : address;
}

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
    [...factNames, 'firstControlPlane', 'entryNode', 'staticIp'].map((key) => [
      key,
      { enumerable: true, get: () => Reflect.get(checkedHome(), key) },
    ]),
  ),
) as Home;

/** The name under which an app is reached in the home's network: `<name>.<domain>`. */
export const host = (name: string): string => `${name}.${home.domain}`;

/** The address of an app in the home's network; plain HTTP, as everything inside it. */
export const url = (name: string): string => `http://${host(name)}`;
