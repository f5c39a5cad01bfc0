import { bytes } from '@home/home';
import type { Kubernetes } from '@home/providers';
import { type Block, type Value, tf } from '@home/terraform';
import { type ConfigFiles, configFiles, filesBeside } from '../app/config-files';
import { type Environment, environment, resources } from '../app/container';
import { ownKey } from '../app/labels';
import { type PodPart, merged } from '../app/pods';
import { type Reporting, alertsOf } from './alerts';
import { gracePeriodSeconds, litestreamConfig, stopSecondsAnnotation } from './litestream-config';
import { formatMemory } from '../read/pods';
import { type ReplicatedApp, type SettledDatabase, settleDatabases } from './settle-database';
import { authorityKey, trustStore } from './trust-store';
import { verifyReplica } from './verify-replica';

/** The databases' own blocks, and what they bring into the pod of their app. */
export interface ReplicatedDatabases extends PodPart {
  readonly blocks: readonly Block[];
}

const scripts = filesBeside(__dirname, 'restore-database.sh', 'replicate-database.sh');
const scriptOfSeveral = filesBeside(__dirname, 'replicate-databases.sh');

/**
 * SQLite databases on a pod's own volumes whose only lasting copies are their replicas: each restored before the app
 * starts, replicated while it runs and after it has stopped, verified every week. Why it is built this way, and what was
 * measured: maintenance/README.md. Several have one sidecar, and in it a Litestream of their own:
 * docs/decisions/0030-apps-as-people-run-them.md.
 *
 * @param name the app's name, and its database's path unless that names one
 */
export function replicatedDatabases(name: string, app: ReplicatedApp): ReplicatedDatabases {
  const [first, ...others] = settleDatabases(name, app);
  const databases: readonly [Replicated, ...Replicated[]] = [
    replicated(first, others.length > 0 ? { ...scripts, ...scriptOfSeveral } : scripts),
    ...others.map((database) => replicated(database, scripts)),
  ];
  const folders = new Map(databases.map(({ database: { mount } }) => [mount.name, mount]));
  return {
    blocks: databases.flatMap(({ blocks }) => blocks),
    annotations: merged(databases.map(({ annotations }) => annotations)),
    volumes: [
      ...[...folders.keys()].map((volume) => ({ name: volume, empty_dir: {} })),
      { name: scratch.name, empty_dir: {} },
      ...databases.flatMap(({ config }) => config.volumes),
    ],
    mounts: [...folders.values()],
    spec: { termination_grace_period_seconds: gracePeriodSeconds },
    initContainers: [
      ...databases.map(restoreContainer),
      replicateContainer(databases, [...folders.values()]),
    ],
  };
}

/** One of an app's databases, with what it brings. */
interface Replicated {
  readonly database: SettledDatabase;
  readonly config: ConfigFiles;
  readonly given: Given;
  readonly heartbeat: Reporting;
  readonly blocks: readonly Block[];
  readonly annotations: Readonly<Record<string, Value<string>>>;
}

/** @param run the scripts of its pod */
function replicated(database: SettledDatabase, run: Readonly<Record<string, string>>): Replicated {
  const { name, namespace, labels, replica, stopSeconds, suffix } = database;
  const volume = `litestream-config${suffix}`;
  const config = configFiles(`${name}-litestream-config`, {
    namespace,
    labels,
    files: { ...configurations(database), ...run },
    mountedAt: '/etc',
    subPath: true,
    volume,
  });
  const trust = trustStore(replica, volume);
  const alerts = alertsOf(database);
  // Litestream reports every five minutes, as long as it could send whatever there was to send.
  const heartbeat = alerts.replication({
    desc: `Litestream sends the writes of ${name} to its replica.`,
    timeout: 900,
  });
  return {
    database,
    config,
    given: {
      env: trust.env,
      mounts: [...config.mounts.filter(({ sub_path }) => sub_path !== authorityKey), ...trust.mounts],
    },
    heartbeat,
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
function restoreContainer({ database, given }: Replicated): Kubernetes.Container {
  const { file, replicaUrl, first, expects, restore, suffix, mount, memoryLimit } = database;
  return {
    ...shared(database, memoryLimit, [mount, scratch, ...given.mounts]),
    name: `litestream-restore-snapshot${suffix}`,
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
 * @param folders those of all databases
 */
function replicateContainer(
  databases: readonly [Replicated, ...Replicated[]],
  folders: readonly Kubernetes.VolumeMount[],
): Kubernetes.Container {
  const [first, ...others] = databases;
  const { database, given, heartbeat } = first;
  const mounts = [...folders, scratch, ...given.mounts, ...others.map(configMount)];
  const common = shared(database, times(database.memoryLimit, databases.length), mounts, databases.length);
  return {
    ...common,
    env_from: [...common.env_from, ...heartbeat.envFrom],
    name: 'litestream-sidecar',
    restart_policy: 'Always',
    ...(others.length === 0
      ? {
          command: ['/bin/sh', '/etc/replicate-database.sh'],
          args: ['litestream', 'replicate'],
          env: environment({ ...given.env, DATABASE_FILE: database.file, ...heartbeat.env }),
        }
      : {
          command: ['/bin/sh', '/etc/replicate-databases.sh'],
          args: ['litestream replicate', ...databases.flatMap(settingsOf)],
          env: environment({ ...given.env, ...Object.fromEntries(databases.flatMap(numbered)) }),
        }),
  };
}

/** Where the sidecar of several databases has each one's configuration. */
const configPath = ({ suffix }: SettledDatabase): string => `/etc/litestream${suffix}.yml`;

const configMount = ({ database, config }: Replicated): Kubernetes.VolumeMount => ({
  name: config.volumes[0]?.name ?? '',
  mount_path: configPath(database),
  sub_path: 'litestream.yml',
  read_only: true,
});

/** What tells one of several Litestreams its database. */
const settingsOf = ({ database }: Replicated): string[] => [
  `DATABASE_FILE=${database.file}`,
  `LITESTREAM_CONFIG=${configPath(database)}`,
];

/** What each of several reports by, with its number. */
const numbered = ({ heartbeat }: Replicated, index: number) =>
  Object.entries(heartbeat.env).map(([name, value]) => [`${name}_${index + 1}`, value] as const);

/** An amount of memory for each of several. */
const times = (memory: string, count: number): string =>
  count === 1 ? memory : formatMemory(bytes(memory) * count);

function shared(
  { replica, security }: SettledDatabase,
  memoryLimit: string,
  volume_mount: readonly Kubernetes.VolumeMount[],
  count = 1,
) {
  return {
    image: replica.images.litestream,
    env_from: [{ secret_ref: { name: replica.secretName } }],
    resources: resources({ memory: times(replica.memoryRequest, count), memoryLimit }),
    security_context: security,
    volume_mount,
  };
}
