import type { Kubernetes } from '@home/providers';
import type { Value } from '@home/terraform';
import { dirname } from 'node:path/posix';
import { type UserAndGroup, securityAs } from '../app/container';
import type { Labels } from '../app/labels';
import type { Database } from '../generated/web-app';

/** What of an app its database depends on. */
export interface ReplicatedApp {
  readonly namespace: Value<string>;
  readonly labels: Labels;
  /** Whom the database belongs to. */
  readonly user: UserAndGroup;
  readonly database: Database;
  /** How long the app may take from SIGTERM to its end. */
  readonly stopSeconds: number;
}

/** The database of an app, with everything settled that its props leave open. */
export interface SettledDatabase extends Database, Omit<ReplicatedApp, 'database'> {
  /** The app's name. */
  readonly name: string;
  readonly path: string;
  readonly first: 'required' | 'new';
  /** Where the replica lies, as people and messages name it. */
  readonly replicaUrl: string;
  /** What each of Litestream's containers may take at most. */
  readonly memoryLimit: string;
  /** The volume that the app and Litestream share. */
  readonly mount: Kubernetes.VolumeMount;
  /** What Litestream may do: what the app's user may, whose files it reads and writes. */
  readonly security: Kubernetes.SecurityContext;
}

/** With a database of 1 GB Litestream took 241 MB at most, and 319 MB with the pages of its files: maintenance/README.md. */
const memoryForGigabyte = '384Mi';

/**
 * Settles what a database's props leave open.
 *
 * @param name the app's name, and the replica's path unless the database names one
 */
export function settleDatabase(name: string, { database, ...app }: ReplicatedApp): SettledDatabase {
  const { file, replica, path = name, first = 'required' } = database;
  return {
    ...database,
    ...app,
    name,
    path,
    first: replica.firstDeploy ? 'new' : first,
    replicaUrl: `s3://${replica.bucket}/${path}`,
    memoryLimit: replica.memoryLimit ?? memoryForGigabyte,
    mount: { name: 'database', mount_path: dirname(file) },
    security: securityAs(app.user),
  };
}
