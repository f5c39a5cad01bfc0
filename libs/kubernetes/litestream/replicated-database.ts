import type { Kubernetes } from '@home/providers';
import { type Block, tf } from '@home/terraform';
import { configFiles, filesBeside } from '../app/config-files';
import { type Environment, environment, resources } from '../app/container';
import { ownKey } from '../app/labels';
import type { PodPart } from '../app/pods';
import { type Reporting, alertsOf } from './alerts';
import { gracePeriodSeconds, litestreamConfig, stopSecondsAnnotation } from './litestream-config';
import { type ReplicatedApp, type SettledDatabase, settleDatabase } from './settle-database';
import { authorityKey, trustStore } from './trust-store';
import { verifyReplica } from './verify-replica';

/** A database's own blocks, and what it brings into the pod of its app. */
export interface ReplicatedDatabase extends PodPart {
  readonly blocks: readonly Block[];
}

const scripts = filesBeside(__dirname, 'restore-database.sh', 'replicate-database.sh');

/**
 * A SQLite database on a pod's own volume whose only lasting copy is its replica: restored before the app starts,
 * replicated while it runs and after it has stopped, verified every week. Why it is built this way, and what was
 * measured: maintenance/README.md.
 *
 * @param name the app's name, and the replica's path unless the database names one
 */
export function replicatedDatabase(name: string, app: ReplicatedApp): ReplicatedDatabase {
  const database = settleDatabase(name, app);
  const { namespace, labels, replica, stopSeconds } = database;
  const config = configFiles(`${name}-litestream-config`, {
    namespace,
    labels,
    files: { ...configurations(database), ...scripts },
    mountedAt: '/etc',
    subPath: true,
    volume: 'litestream-config',
  });
  const trust = trustStore(replica, 'litestream-config');
  const given = {
    env: trust.env,
    mounts: [...config.mounts.filter(({ sub_path }) => sub_path !== authorityKey), ...trust.mounts],
  };
  const alerts = alertsOf(database);
  // Litestream reports every five minutes, as long as it could send whatever there was to send.
  const heartbeat = alerts.replication({
    desc: `Litestream sends the writes of ${name} to its replica.`,
    timeout: 900,
  });
  return {
    blocks: [
      config.block,
      ...alerts.blocks,
      ...heartbeat.blocks,
      ...verifyReplica(database, config.name, alerts),
    ],
    annotations: {
      ...config.annotations,
      [ownKey('litestream-credentials')]: tf`${replica.secretRevision}`,
      ...alerts.annotations,
      [stopSecondsAnnotation()]: String(stopSeconds),
    },
    volumes: [
      { name: database.mount.name, empty_dir: {} },
      { name: scratch.name, empty_dir: {} },
      ...config.volumes,
    ],
    mounts: [database.mount],
    spec: {
      termination_grace_period_seconds: gracePeriodSeconds,
      init_container: [restoreContainer(database, given), replicateContainer(database, given, heartbeat)],
    },
  };
}

/** For what Litestream, sqlite3 and the scripts put down for a moment: their root file system is read-only. */
const scratch = { name: 'litestream-scratch', mount_path: '/tmp' };

function configurations(database: SettledDatabase): Readonly<Record<string, string | undefined>> {
  const from = database.restore?.from;
  return {
    'litestream.yml': litestreamConfig(database),
    [authorityKey]: database.replica.ca,
    ...(from === undefined
      ? {}
      : { 'litestream-restore.yml': litestreamConfig({ ...database, path: from }) }),
  };
}

/** What both of Litestream's containers find in their pod. */
interface Given {
  readonly env: Environment;
  readonly mounts: readonly Kubernetes.VolumeMount[];
}

/** Brings the database before anything else starts, or stops the pod: `restore-database.sh`. */
function restoreContainer(database: SettledDatabase, given: Given): Kubernetes.Container {
  const { file, replicaUrl, first, expects, restore } = database;
  return {
    ...shared(database, given),
    name: 'litestream-restore-snapshot',
    command: ['/bin/sh', '/etc/restore-database.sh'],
    env: environment({
      ...given.env,
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
 * @param heartbeat what it reports with as long as replication works
 */
function replicateContainer(
  database: SettledDatabase,
  given: Given,
  heartbeat: Reporting,
): Kubernetes.Container {
  const common = shared(database, given);
  return {
    ...common,
    env_from: [...common.env_from, ...heartbeat.envFrom],
    name: 'litestream-sidecar',
    restart_policy: 'Always',
    command: ['/bin/sh', '/etc/replicate-database.sh'],
    args: ['litestream', 'replicate'],
    env: environment({
      ...given.env,
      DATABASE_FILE: database.file,
      ...heartbeat.env,
    }),
  };
}

function shared({ replica, memoryLimit, mount, security }: SettledDatabase, { mounts }: Given) {
  return {
    image: replica.images.litestream,
    env_from: [{ secret_ref: { name: replica.secretName } }],
    resources: resources(replica.memoryRequest, memoryLimit),
    security_context: security,
    volume_mount: [mount, scratch, ...mounts],
  };
}
