import { type Kubernetes, data, resource } from '@home/providers';
import { type Block, type Value, tf } from '@home/terraform';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDatabase } from './check-database';
import { contentHash } from '../app/config-files';
import type { Database } from './database';
import { gracePeriodSeconds, litestreamConfig, stopSecondsAnnotation } from './litestream-config';
import { databaseMount, replicateContainer, restoreContainer } from './litestream-container';
import { type AlertChannel, verifyReplica } from './verify-replica';

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

const script = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const scripts = {
  'restore-database.sh': script('restore-database.sh'),
  'replicate-database.sh': script('replicate-database.sh'),
};

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
  const { replica, owner, path = name } = database;
  const files = configFiles(database, path);
  const config = resource('kubernetes_config_map_v1', `${name}-litestream-config`, {
    metadata: { name: `${name}-litestream-config`, namespace, labels },
    data: files,
  });
  const configMap = config.ref.metadata[0].name;
  const channel = data('healthchecksio_channel', `${name}-alerts`, { kind: replica.alerts.channel });
  const heartbeat = heartbeatCheck(name, channel, database);
  const container = { database, path, files: Object.keys(files) };

  return {
    blocks: [
      config,
      channel,
      heartbeat,
      ...verifyReplica(name, { namespace, labels, database, configMap, channel }),
    ],
    annotations: {
      'homeserver.lknuth.dev/litestream-config': contentHash(files),
      'homeserver.lknuth.dev/litestream-credentials': tf`${replica.secretRevision}`,
      [stopSecondsAnnotation]: String(stopSeconds),
    },
    initContainers: [restoreContainer(container), replicateContainer(container, heartbeat.ref.ping_url)],
    volumes: [
      { name: 'database', empty_dir: {} },
      { name: 'litestream-config', config_map: { name: configMap } },
    ],
    appMounts: [databaseMount(database)],
    podSecurity: owner === undefined ? {} : { fs_group: String(owner.gid) },
    gracePeriodSeconds: gracePeriodSeconds(stopSeconds),
  };
}

function configFiles(database: Database, path: string): Readonly<Record<string, string>> {
  const from = database.restore?.from;
  return {
    'litestream.yml': litestreamConfig(database, path),
    ...(from === undefined ? {} : { 'litestream-restore.yml': litestreamConfig(database, from) }),
    ...scripts,
  };
}

/** Litestream reports every five minutes, as long as it could send whatever there was to send. */
function heartbeatCheck(name: string, channel: AlertChannel, { replica: { alerts } }: Database) {
  const full = `${name}-litestream-replicate`;
  return resource('healthchecksio_check', full, {
    name: full,
    desc: `Litestream sends the writes of ${name} to its replica.`,
    timeout: 900,
    grace: alerts.graceSeconds,
    tags: alerts.tags,
    channels: [channel.ref.id],
  });
}
