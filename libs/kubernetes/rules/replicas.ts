import { type Problem, type Rule, isExpression, isPlainObject } from '@home/terraform';
import { stopSecondsAnnotation } from '../litestream/litestream-config';
import { type Replication, formatReplica, replicationsIn } from '../litestream/replications';
import { isOpen, nestedBlock, nestedBlocks } from '../read/known-body';
import { type Pod } from '../read/pods';
import { mistake, notUnique, placeOf, quoteNames } from './mistake';

/**
 * A replicated database never has two writers, nor a writer whose last rows nobody replicates: it belongs to a
 * StatefulSet of one pod, with Litestream as a native sidecar. What happens otherwise was measured: maintenance/README.md.
 */
export const requireOneWriter: Rule = (home) =>
  replicationsIn(home).flatMap((replication) =>
    demands
      .filter(({ holds }) => !holds(replication))
      .map(({ what, remedy }) =>
        mistake(replication.pod.owned, `a replicated database ${what(replication)}`, remedy),
      ),
  );

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
  {
    // NocoDB's image removes the database then, and restores what its own Litestream finds: docker/start-litestream.sh.
    holds: (replication) => settingsForAnother(replication).length === 0,
    what: (replication) =>
      `must have one Litestream, but its app is given ${quoteNames(settingsForAnother(replication), '')}, which makes one of its image start`,
    remedy: 'Take that out of its env',
  },
];

/** The settings of Litestream in the containers beside it. */
const settingsForAnother = ({ pod, container }: Replication): unknown[] =>
  pod.containers
    .filter((other) => other.role === 'main' && other !== container)
    .flatMap(({ body }) => nestedBlocks(body['env']).map(({ name }) => name))
    .filter((name) => typeof name === 'string' && name.startsWith('LITESTREAM_'));

const replicasOf = ({ replicas = '1' }: Replication['pod']['makerSpec']): string => String(replicas);

/** A replicated pod has the time for its app to stop, and then for Litestream to send what is left. */
export const requireTimeForLastSync: Rule = (home) =>
  replicationsIn(home).flatMap((replication) => [...checkGrace(replication), ...checkSync(replication)]);

function checkGrace({ pod, settings }: Replication): Problem[] {
  const grace = pod.spec['termination_grace_period_seconds'] ?? kubernetesDefault;
  const stop = stopSecondsOf(pod);
  if (settings === undefined || stop === undefined || isExpression(grace)) return [];
  const needed = stop + settings.shutdownSeconds;
  if (Number(grace) > needed) return [];
  const what =
    `termination_grace_period_seconds ${Number(grace)} must be more than the ${stop} s in which its app stops ` +
    `and the ${settings.shutdownSeconds} s of Litestream's shutdown-timeout`;
  return [mistake(pod.owned, what, `Make it ${needed + 2} or more`)];
}

function checkSync({ pod, settings }: Replication): Problem[] {
  if (settings === undefined || settings.shutdownSyncSeconds <= settings.shutdownSeconds) return [];
  const { shutdownSyncSeconds, shutdownSeconds } = settings;
  const what = `Litestream's shutdown-timeout of ${shutdownSeconds} s must not be shorter than its shutdown-sync-timeout of ${shutdownSyncSeconds} s`;
  return [mistake(pod.owned, what, 'Make shutdown-timeout longer')];
}

/** What Kubernetes grants a pod that asks for nothing. */
const kubernetesDefault = 30;

/** What an app is taken to need that says nothing. */
const usualStop = 10;

function stopSecondsOf({ annotations }: Pod): number | undefined {
  const said = isPlainObject(annotations) ? (annotations[stopSecondsAnnotation] ?? usualStop) : usualStop;
  return isExpression(said) ? undefined : Number(said);
}

/** No two databases are replicated to one path: neither of them could be restored. */
export const uniqueReplicaPaths: Rule = (home) => {
  const first = new Map<string, string>();
  return replicationsIn(home).flatMap(({ pod, settings }) =>
    (settings?.replicas ?? []).map(formatReplica).flatMap((replica) => {
      const other = first.get(replica);
      const where = placeOf(pod.owned);
      first.set(replica, other ?? where);
      return other === undefined
        ? []
        : [notUnique(other, where, `replica "${replica}"`, 'Give each database a path of its own')];
    }),
  );
};
