import { type OwnedBlock, type Problem, type Rule, isExpression, isPlainObject } from '@home/terraform';
import { posix } from 'node:path';
import { usualStop } from '../app/app-pod';
import { stopSecondsAnnotation } from '../litestream/litestream-config';
import {
  type LitestreamReplica,
  type Replication,
  formatReplica,
  replicationsIn,
} from '../litestream/replications';
import { isOpen, nestedBlock, nestedBlocks } from '../read/known-body';
import { type Pod, writtenCopies } from '../read/pods';
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
    // Of what is no number of pods at all, others tell.
    holds: ({ pod }) => !(writtenCopies(pod)[1] > 1),
    what: ({ pod }) => `must have one pod, but replicas is "${writtenCopies(pod)[1]}"`,
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

/** A replicated pod has the time for its app to stop, and then for Litestream to send what is left. */
export const requireTimeForLastSync: Rule = (home) =>
  replicationsIn(home).flatMap((replication) => [...checkGrace(replication), ...checkSync(replication)]);

function checkGrace({ pod, settings }: Replication): Problem[] {
  const grace = pod.spec['termination_grace_period_seconds'] ?? kubernetesDefault;
  const said = stopSecondsOf(pod);
  if (settings === undefined || isExpression(said)) return [];
  const stop = /^\d+(\.\d+)?$/.test(String(said)) ? Number(said) : undefined;
  if (stop === undefined) {
    const what = `annotation "${stopSecondsAnnotation()}" must be a number of seconds, but is ${JSON.stringify(said)}`;
    return [mistake(pod.owned, what, 'Write how long its app takes to stop, such as "10"')];
  }
  const needed = stop + settings.shutdownSeconds;
  // Of what is no number, the schema tells.
  if (isExpression(grace) || !(Number(grace) <= needed)) return [];
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

/** As written; what an app is taken to need that says nothing. */
const stopSecondsOf = ({ annotations }: Pod): unknown =>
  isPlainObject(annotations) ? (annotations[stopSecondsAnnotation()] ?? usualStop.app) : usualStop.app;

/**
 * No two databases are replicated to one path, or to one inside the other: neither of them could be restored. Some stores keep
 * files, and make no difference between what differs in capitals or in a slash or a dot at its end.
 */
export const uniqueReplicaPaths: Rule = (home) => {
  const [exactly, inside] = [new Map<string, string>(), new Map<string, string>()];
  return replicasOf(home).flatMap(({ where, title, folders }) => {
    const [own = '', ...outer] = folders;
    const same = exactly.get(own);
    const other = same ?? [inside.get(own), ...outer.map((folder) => exactly.get(folder))].find(Boolean);
    exactly.set(own, same ?? where);
    for (const folder of outer) if (!inside.has(folder)) inside.set(folder, where);
    if (other === undefined) return [];
    const remedy = 'Give each database a path of its own';
    if (same !== undefined) return [notUnique(same, where, `replica "${title}"`, remedy)];
    const what = `replica "${title}" must neither lie in the other's nor hold it`;
    return [{ where: `${other} and ${where}`, what, remedy }];
  });
};

/** All replicas of a home, each with its folder and those around it in one way of writing that compares equal to itself. */
const replicasOf = (home: readonly OwnedBlock[]) =>
  replicationsIn(home).flatMap(({ pod, settings }) =>
    (settings?.replicas ?? []).map((replica) => ({
      where: placeOf(pod.owned),
      title: formatReplica(replica),
      folders: foldersOf(replica),
    })),
  );

function foldersOf({ endpoint, url }: LitestreamReplica): string[] {
  const [scheme = '', path = ''] = url.toLowerCase().split('://');
  const steps = posix
    .normalize(path)
    .split('/')
    .map((step) => step.replace(/(?<=[^.])\.+$/, ''))
    .filter((step) => step !== '');
  const store = `${endpoint.toLowerCase().replace(/\/+$/, '')} ${scheme}:`;
  return steps.map((_, index) => [store, ...steps.slice(0, steps.length - index)].join('/'));
}
