import type { NodeFacts } from '@home/home';
import type { Problem } from '@home/terraform';
import { type NodeState, type Probe, probeNode } from './probe-node';

/** What has to be made again for machines that lost their disks. */
export interface Rebuild {
  /** The machines that wait for a configuration though Terraform's state says that they have one. */
  readonly blank: readonly NodeFacts[];
  /** Addresses for `-replace`: the provider reads nothing back, so a plan alone would show nothing to do. */
  readonly replace: readonly string[];
  /** Why nobody can say what to do; empty when it can. */
  readonly problems: readonly Problem[];
}

/**
 * Finds machines that lost what Terraform once gave them, and says which resources bring it back.
 *
 * @param nodes the machines of the home
 * @param known the addresses in the state of the stack `cluster`; a machine that does not exist yet is new, not lost
 * @param probe how to ask a machine
 */
export async function findBlankNodes(
  nodes: readonly NodeFacts[],
  known: ReadonlySet<string>,
  probe: Probe = probeNode,
): Promise<Rebuild> {
  const applied = nodes.filter((node) => known.has(applyOf(node)));
  const states = new Map<NodeFacts, NodeState>();
  await Promise.all(applied.map(async (node) => states.set(node, await probe(node))));
  const blank = applied.filter((node) => states.get(node) === 'blank');
  const etcd = etcdAfter(applied, blank, states);
  const replace = [...blank.map(applyOf), ...(etcd === 'lost' && known.has(bootstrap) ? [bootstrap] : [])];
  return etcd === 'unknown'
    ? { blank, replace: [], problems: unknownEtcd(applied, blank, states) }
    : { blank, replace, problems: [] };
}

/** The address of the resource that gives a machine its configuration. */
export const applyOf = (node: NodeFacts): string => `talos_machine_configuration_apply.${node.name}`;

/** The address of the resource that starts etcd, once in a cluster's life. */
export const bootstrap = 'talos_machine_bootstrap.cluster';

const isControlPlane = (node: NodeFacts): boolean => node.role === 'controlplane';

/** Whether etcd lives on: a member that has its configuration keeps it; where all lost theirs it starts from scratch. */
function etcdAfter(
  applied: readonly NodeFacts[],
  blank: readonly NodeFacts[],
  states: ReadonlyMap<NodeFacts, NodeState>,
): 'kept' | 'lost' | 'unknown' {
  const members = applied.filter(isControlPlane);
  if (!blank.some(isControlPlane) || members.some((node) => states.get(node) === 'configured')) return 'kept';
  return members.every((node) => states.get(node) === 'blank') ? 'lost' : 'unknown';
}

function unknownEtcd(
  applied: readonly NodeFacts[],
  blank: readonly NodeFacts[],
  states: ReadonlyMap<NodeFacts, NodeState>,
): Problem[] {
  const away = applied
    .filter((node) => isControlPlane(node) && states.get(node) === 'away')
    .map(({ name }) => name);
  return [
    {
      where: `node ${blank.map(({ name }) => name).join(', ')}`,
      what: `is blank, and ${away.join(', ')} did not answer, so etcd may have another member or none`,
      remedy: 'Bring that machine up first, or take it out of libs/home/facts.ts when it will not come back',
    },
  ];
}
