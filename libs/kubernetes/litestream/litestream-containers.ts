import type { Kubernetes } from '@home/providers';
import type { Value } from '@home/terraform';
import { environment } from '../app/container';
import type { SettledDatabase } from './settle-database';

/** Brings the database before anything else starts, or stops the pod: `restore-database.sh`. */
export function restoreContainer(
  database: SettledDatabase,
  config: readonly Kubernetes.VolumeMount[],
): Kubernetes.Container {
  const { file, replicaUrl, first, expects, restore } = database;
  return {
    ...shared(database, config),
    name: 'litestream-restore-snapshot',
    command: ['/bin/sh', '/etc/restore-database.sh'],
    env: environment({
      DATABASE_FILE: file,
      REPLICA: replicaUrl,
      REPLICA_FIRST: first,
      EXPECTED_TABLES: expects?.tables.join(' '),
      RESTORE_TIMESTAMP: restore?.timestamp,
      RESTORE_FROM: restore?.from,
    }),
  };
}

/**
 * Replicates as a native sidecar: it starts before the app, and has to stop only after the app has stopped.
 *
 * @param heartbeat the address that it reports to as long as replication works
 */
export function replicateContainer(
  database: SettledDatabase,
  config: readonly Kubernetes.VolumeMount[],
  heartbeat: Value<string>,
): Kubernetes.Container {
  return {
    ...shared(database, config),
    name: 'litestream-sidecar',
    restart_policy: 'Always',
    command: ['/bin/sh', '/etc/replicate-database.sh'],
    args: ['litestream', 'replicate'],
    env: environment({ DATABASE_FILE: database.file, LITESTREAM_HEARTBEAT_URL: heartbeat }),
  };
}

function shared({ replica, mount, security }: SettledDatabase, config: readonly Kubernetes.VolumeMount[]) {
  return {
    image: replica.images.litestream,
    env_from: [{ secret_ref: { name: replica.secretName } }],
    resources: { requests: { memory: replica.memoryRequest } },
    security_context: security,
    volume_mount: [mount, ...config],
  };
}
