import type { GeneratedBlock, GeneratedReplica } from '@home/generated';
import { type Cluster, type Pod, readPod } from '../engine';

/** A database of the home: its replica, the pod that runs its app, and the job that verifies the replica. */
export interface Database extends GeneratedReplica {
  readonly pod: Pod;
  readonly verification: Pod;
}

/** Whether it has to be there when its pod starts, and can be told from another app's. */
export const isSettled = ({ pod }: Database): boolean =>
  pod.initContainers.some(({ env }) => env['REPLICA_FIRST'] === 'required' && env['EXPECTED_TABLES']);

/**
 * Reads a replica of generated files with the pods around it.
 *
 * @throws Error when its workload has no app or no verification
 */
export function readDatabase(
  replica: GeneratedReplica,
  blocks: readonly GeneratedBlock[],
  cluster: Cluster,
): Database {
  const podsOf = (what: string, ...types: readonly string[]): [Pod, ...Pod[]] => {
    const makers = blocks.filter(
      ({ type, workload }) => workload === replica.workload && types.includes(type),
    );
    const [first, ...others] = makers.map((maker) => readPod(maker, blocks, cluster));
    if (first === undefined) throw new Error(`No generated file ${what} ${replica.workload}.`);
    return [first, ...others];
  };
  const [pod] = podsOf('runs', 'kubernetes_stateful_set_v1', 'kubernetes_deployment_v1');
  const verifications = podsOf('verifies the replica of', 'kubernetes_cron_job_v1');
  const own = verifications.find(({ containers }) =>
    containers.some(({ env }) => env['APP_DB_PATH'] === replica.file),
  );
  return { ...replica, pod, verification: own ?? verifications[0] };
}
