import { type Block, type Value, resourceBlock, tf } from '@home/terraform';
import type { Kubernetes } from '@home/providers';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import { checkDatabase } from './check-database';
import type { Database } from './database';
import { gracePeriodSeconds, litestreamConfig, replicaUrl } from './litestream-config';
import { litestreamSecurity } from './litestream-container';
import { alertChannel, verifyReplica } from './verify-replica';

/** What of an app the parts of its database depend on. */
export interface ReplicatedApp {
  readonly namespace: Value<string>;
  /** On all that is made here: `app.kubernetes.io/…`, but not what a Service selects pods by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly database: Database;
  /** How long the app may take from SIGTERM to its end. */
  readonly stopSeconds: number;
}

/** A database's own blocks, and what the pod of its app needs. */
export interface ReplicatedDatabase {
  readonly blocks: readonly Block[];
  /** For the pod template's metadata: they change when the pod has to start anew. */
  readonly annotations: Readonly<Record<string, Value<string>>>;
  /** `template.spec.init_container`: the restore, then Litestream as a native sidecar. */
  readonly initContainers: readonly Kubernetes.Container[];
  /** `template.spec.volume`. */
  readonly volumes: readonly Kubernetes.Volume[];
  /** The app container's `volume_mount`. */
  readonly appMounts: readonly Kubernetes.VolumeMount[];
  /** `template.spec.security_context`: the group that owns the volume. */
  readonly podSecurity: { readonly fs_group?: string };
  /** `template.spec.termination_grace_period_seconds`: the app's own stop, then the last upload. */
  readonly gracePeriodSeconds: number;
}

const restoreScript = readFileSync(join(__dirname, 'restore-database.sh'), 'utf8');

/**
 * A SQLite database on a pod's own volume whose only lasting copy is its replica: restored before the app starts,
 * replicated while it runs and after it has stopped, verified every week. Why it is built this way, and what was
 * measured: maintenance/README.md.
 *
 * @param name the app's name, and the replica's path unless the database names one
 * @throws ProblemsError when a path, a table's name or a time is none
 */
export function replicatedDatabase(
  name: string,
  { namespace, labels, database, stopSeconds }: ReplicatedApp,
): ReplicatedDatabase {
  checkDatabase(name, database);
  const { replica, owner } = database;
  const data = configFiles(database, database.path ?? name);
  const config = resourceBlock('kubernetes_config_map_v1', `${name}-litestream-config`, {
    metadata: { name: `${name}-litestream-config`, namespace, labels },
    data,
  });
  const configName = `${name}-litestream-config`;
  const channel = alertChannel(name, replica.alerts);
  const heartbeat: Block<{ ping_url: string }> = resourceBlock(
    'healthchecksio_check',
    `${name}-litestream-replicate`,
    {
      name: `${name}-litestream-replicate`,
      desc: `Litestream sends the writes of ${name} to the NAS.`,
      // Litestream reports every five minutes.
      timeout: 900,
      grace: replica.alerts.graceSeconds,
      tags: replica.alerts.tags,
      channels: [channel.ref.id],
    },
  );

  const volume = { name: 'database', mount_path: dirname(database.file) };
  const shared = {
    image: replica.images.litestream,
    env_from: [{ secret_ref: { name: replica.secretName } }],
    resources: { requests: { memory: replica.memoryRequest } },
    security_context: litestreamSecurity(owner),
  };
  const mounts = (...files: readonly string[]): Kubernetes.VolumeMount[] => [
    volume,
    ...files.map((file) => ({
      name: 'litestream-config',
      mount_path: `/etc/${file}`,
      sub_path: file,
      read_only: true,
    })),
  ];

  return {
    blocks: [
      config,
      channel,
      heartbeat,
      ...verifyReplica(name, channel, {
        namespace,
        labels,
        database,
        configMap: `${name}-litestream-config`,
      }),
    ],
    annotations: {
      'homeserver.lknuth.dev/litestream-config': hash(data),
      'homeserver.lknuth.dev/litestream-credentials': tf`${replica.secretRevision}`,
    },
    initContainers: [
      {
        ...shared,
        name: 'litestream-restore-snapshot',
        command: ['/bin/sh', '/etc/restore-database.sh'],
        env: restoreSettings(database, database.path ?? name),
        volume_mount: mounts(...Object.keys(data)),
      },
      {
        ...shared,
        name: 'litestream-sidecar',
        // A container that starts before the app and is told to stop only after the app has stopped.
        restart_policy: 'Always',
        args: ['replicate'],
        env: [{ name: 'LITESTREAM_HEARTBEAT_URL', value: heartbeat.ref.ping_url }],
        volume_mount: mounts('litestream.yml'),
      },
    ],
    volumes: [
      { name: 'database', empty_dir: {} },
      { name: 'litestream-config', config_map: { name: configName } },
    ],
    appMounts: [volume],
    podSecurity: owner === undefined ? {} : { fs_group: String(owner.gid) },
    gracePeriodSeconds: gracePeriodSeconds(stopSeconds),
  };
}

function configFiles(database: Database, path: string): Readonly<Record<string, string>> {
  const from = database.restore?.from;
  return {
    'litestream.yml': litestreamConfig(database, path),
    'restore-database.sh': restoreScript,
    ...(from === undefined ? {} : { 'litestream-restore.yml': litestreamConfig(database, from) }),
  };
}

function restoreSettings({ file, replica, first, expects, restore }: Database, path: string): Kubernetes.Env[] {
  const settings = {
    DATABASE_FILE: file,
    REPLICA: replicaUrl(replica, path),
    REPLICA_FIRST: replica.firstDeploy ? 'new' : (first ?? 'required'),
    EXPECTED_TABLES: expects?.tables.join(' '),
    RESTORE_TIMESTAMP: restore?.timestamp,
    RESTORE_FROM: restore?.from,
  };
  return Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
