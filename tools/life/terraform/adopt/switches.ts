import type { ResourceChange } from '../plan/plan-json';
import { bodyOf } from '../root-module';
import type { KnownObject } from '../state/read-state';

/**
 * An app that runs as a Deployment and shall be a StatefulSet. In one apply both would have a pod for a while, and two
 * writers on one replica: docs/decisions/0003-statefulset-for-sqlite.md. So it takes two: the Deployment to no pods
 * first, and the StatefulSet once there are none.
 */
export interface Switch {
  readonly label: string;
  readonly name: string;
  readonly namespace: string;
  /** By which the app's pods are selected. */
  readonly labels: Readonly<Record<string, string>>;
  readonly step: 'stop' | 'start';
  /** Terraform has the Deployment in its state. */
  readonly known: boolean;
}

const statefulSet = 'kubernetes_stateful_set_v1';
const deployment = 'kubernetes_deployment_v1';

/** The address of the Deployment that an app has until it is switched. */
export const deploymentOf = ({ label }: Pick<Switch, 'label'>): string => `${deployment}.${label}`;

/** The address of the StatefulSet that takes its place. */
export const statefulSetOf = ({ label }: Pick<Switch, 'label'>): string => `${statefulSet}.${label}`;

/**
 * The apps that a plan would make as StatefulSets, each with the step that is next if a Deployment has its name.
 *
 * @param planned what the plan does without any adopt file
 * @param objects what the state knows
 */
export function possibleSwitches(
  planned: readonly ResourceChange[],
  objects: readonly KnownObject[],
): Switch[] {
  return planned
    .filter(
      ({ type, change }) =>
        type === statefulSet && change.actions.includes('create') && !change.actions.includes('delete'),
    )
    .flatMap(({ address, change }) => {
      const label = address.slice(statefulSet.length + 1);
      const { name, namespace } = first(change.after, 'metadata');
      const labels = first(first(change.after, 'spec'), 'selector')['match_labels'];
      if (typeof name !== 'string' || typeof namespace !== 'string') return [];
      const present = objects.find((object) => object.address === `${deployment}.${label}`);
      const stopped = present !== undefined && String(first(present.values, 'spec')['replicas']) === '0';
      return [
        {
          label,
          name,
          namespace,
          labels: bodyOf(labels) as Record<string, string>,
          step: stopped ? 'start' : 'stop',
          known: present !== undefined,
        },
      ];
    });
}

function first(values: unknown, block: string): Readonly<Record<string, unknown>> {
  const blocks = bodyOf(values)[block];
  return Array.isArray(blocks) ? bodyOf(blocks[0]) : {};
}
