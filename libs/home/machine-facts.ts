import type { NodeFacts } from './generated/facts';

/** What of a node has to be known to set it up. */
export const machineFacts = ['role', 'hardware', 'interface', 'installDisk'] as const;

/** A node that this home sets up. */
export type MachineFacts = NodeFacts & Required<Pick<NodeFacts, (typeof machineFacts)[number]>>;

/** Whether this home sets a node up; of one in a Kubernetes of somebody else's less is known. */
export const isMachine = (node: NodeFacts): node is MachineFacts =>
  machineFacts.every((fact) => node[fact] !== undefined);
