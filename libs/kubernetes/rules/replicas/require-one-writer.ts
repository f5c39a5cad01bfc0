import { type Rule } from '@home/terraform';
import { isOpen, nestedBlock } from '../../read/known-body';
import { placeOf } from '../../read/objects';
import { type Replication, replicationsIn } from '../../litestream/replications';

/**
 * A replicated database never has two writers, nor a writer whose last rows nobody replicates: it belongs to a
 * StatefulSet of one pod, with Litestream as a native sidecar. What happens otherwise was measured: maintenance/README.md.
 */
export const requireOneWriter: Rule = {
  name: 'require-one-writer',
  check: (home) =>
    replicationsIn(home).flatMap((replication) =>
      demands
        .filter(({ holds }) => !holds(replication))
        .map(({ what, remedy }) => ({
          where: placeOf(replication.pod.owned),
          what: `a replicated database ${what(replication)}`,
          remedy,
        })),
    ),
};

interface Demand {
  readonly holds: (of: Replication) => boolean;
  readonly what: (of: Replication) => string;
  readonly remedy: string;
}

const demands: readonly Demand[] = [
  {
    holds: ({ pod }) => pod.maker.kind === 'statefulset',
    what: () =>
      'must belong to a StatefulSet: anything else starts the next pod while the last one still writes',
    remedy: 'Use kubernetes_stateful_set_v1',
  },
  {
    holds: ({ pod: { makerSpec } }) =>
      isOpen(makerSpec['replicas']) || ['0', '1'].includes(replicasOf(makerSpec)),
    what: ({ pod: { makerSpec } }) => `must have one pod, but replicas is "${replicasOf(makerSpec)}"`,
    remedy: 'Write replicas: "1"',
  },
  {
    holds: ({ container }) => container.role === 'sidecar',
    what: ({ container }) =>
      `must be replicated until its app has ended, but container "${container.name}" ends with it`,
    remedy: 'Make it an init_container with restart_policy: "Always"',
  },
  {
    holds: ({ pod: { makerSpec } }) => {
      const { type = 'RollingUpdate' } = nestedBlock(makerSpec['update_strategy']);
      return isOpen(makerSpec['update_strategy']) || type === 'RollingUpdate' || typeof type === 'object';
    },
    what: () => 'must be updated by RollingUpdate: any other strategy waits until somebody deletes the pod',
    remedy: 'Leave update_strategy out',
  },
];

const replicasOf = ({ replicas = '1' }: Replication['pod']['makerSpec']): string => String(replicas);
