import type { Kubernetes } from '@home/providers';
import type { Value } from '@home/terraform';
import { dirname } from 'node:path/posix';
import type { Database } from './database';
import { environment } from '../app/environment';
import { replicaUrl } from './litestream-config';
import { containerSecurity, unprivilegedSecurity } from '../app/security';

/** A container of Litestream in the pod of an app. */
interface LitestreamContainer {
  readonly database: Database;
  /** The replica's path in its bucket. */
  readonly path: string;
  /** The files of the volume `litestream-config` that it reads. */
  readonly files: readonly string[];
}

/** The volume that the app and Litestream share. */
export const databaseMount = ({ file }: Database): Kubernetes.VolumeMount => ({
  name: 'database',
  mount_path: dirname(file),
});

/** Brings the database before anything else starts, or stops the pod: `restore-database.sh`. */
export function restoreContainer(given: LitestreamContainer): Kubernetes.Container {
  return {
    ...shared(given),
    name: 'litestream-restore-snapshot',
    command: ['/bin/sh', '/etc/restore-database.sh'],
    env: restoreSettings(given),
  };
}

/**
 * Replicates as a native sidecar: it starts before the app, and is told to stop only after the app has stopped.
 *
 * @param heartbeat the address that it reports to as long as replication works
 */
export function replicateContainer(
  given: LitestreamContainer,
  heartbeat: Value<string>,
): Kubernetes.Container {
  return {
    ...shared(given),
    name: 'litestream-sidecar',
    restart_policy: 'Always',
    command: ['/bin/sh', '/etc/replicate-database.sh'],
    args: ['litestream', 'replicate'],
    env: [
      { name: 'DATABASE_FILE', value: given.database.file },
      { name: 'LITESTREAM_HEARTBEAT_URL', value: heartbeat },
    ],
  };
}

function shared({ database, files }: LitestreamContainer) {
  const { images, memoryRequest, secretName } = database.replica;
  return {
    image: images.litestream,
    env_from: [{ secret_ref: { name: secretName } }],
    resources: { requests: { memory: memoryRequest } },
    security_context: litestreamSecurity(database.owner),
    volume_mount: [
      databaseMount(database),
      ...files.map((file) => ({
        name: 'litestream-config',
        mount_path: `/etc/${file}`,
        sub_path: file,
        read_only: true,
      })),
    ],
  };
}

/**
 * What a container of ours may do. With an owner it is that user and nothing more; without one it has to be root, as
 * the app is whose files it reads and writes.
 */
export function litestreamSecurity(owner: Database['owner']): Kubernetes.SecurityContext {
  if (owner === undefined) return containerSecurity;
  return { ...unprivilegedSecurity, run_as_user: String(owner.uid), run_as_group: String(owner.gid) };
}

function restoreSettings({ database, path }: LitestreamContainer) {
  const { file, replica, first, expects, restore } = database;
  return environment({
    DATABASE_FILE: file,
    REPLICA: replicaUrl(replica, path),
    REPLICA_FIRST: replica.firstDeploy ? 'new' : (first ?? 'required'),
    EXPECTED_TABLES: expects?.tables.join(' '),
    RESTORE_TIMESTAMP: restore?.timestamp,
    RESTORE_FROM: restore?.from,
  });
}
