import type { MachineFacts } from '@home/home';
import type { Problem } from '@home/terraform';
import { type Probe, probeNode } from './probe-node';

/** What has to be made again for machines that lost their disks. */
export interface Rebuild {
  /** The machines that wait for a configuration though Terraform's state says that they have one. */
  readonly blank: readonly MachineFacts[];
  /** The machines that did not answer, so that nobody knows what they have. */
  readonly away: readonly MachineFacts[];
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
  nodes: readonly MachineFacts[],
  known: ReadonlySet<string>,
  probe: Probe = probeNode,
): Promise<Rebuild> {
  const applied = nodes.filter((node) => known.has(applyOf(node)));
  const states = await Promise.all(applied.map(probe));
  const [blank, configured, away] = (['blank', 'configured', 'away'] as const).map((state) =>
    applied.filter((_, index) => states[index] === state),
  ) as [MachineFacts[], MachineFacts[], MachineFacts[]];
  // A member that has its configuration keeps etcd; where all lost theirs it starts from scratch.
  const lostEtcd = blank.some(isControlPlane) && !configured.some(isControlPlane);
  const members = away.filter(isControlPlane).map(({ name }) => name);
  if (lostEtcd && members.length > 0) {
    const where = `node ${blank.map(({ name }) => name).join(', ')}`;
    const what = `is blank, and ${members.join(', ')} did not answer, so etcd may have another member or none`;
    const remedy =
      'Bring that machine up first, or take it out of libs/home/facts.ts when it will not come back';
    return { blank, away, replace: [], problems: [{ where, what, remedy }] };
  }
  const again = lostEtcd && known.has(bootstrap) ? [bootstrap] : [];
  return { blank, away, replace: [...blank.map(applyOf), ...again], problems: [] };
}

/** The address of the resource that gives a machine its configuration. */
export const applyOf = (node: MachineFacts): string => `talos_machine_configuration_apply.${node.name}`;

/** The address of the resource that starts etcd, once in a cluster's life. */
export const bootstrap = 'talos_machine_bootstrap.cluster';

const isControlPlane = (node: MachineFacts): boolean => node.role === 'controlplane';
