import { home } from '@home/home';
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
  readonly database?: Database | undefined;
  /** Further ones, by a name for each. */
  readonly databases?: Readonly<Record<string, Database>> | undefined;
  /** How long the app may take from SIGTERM to its end. */
  readonly stopSeconds: number;
}

/** The database of an app, with everything settled that its props leave open. */
export interface SettledDatabase extends Database, Omit<ReplicatedApp, 'database' | 'databases'> {
  /** The app's name; of a further database with its own behind it. */
  readonly name: string;
  /** What tells a further database's parts in the pod from the first one's: `-gravity`. */
  readonly suffix: string;
  readonly path: string;
  readonly first: 'required' | 'new';
  readonly verify: string;
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
 * Settles what the props of an app's databases leave open.
 *
 * @param app with at least one database
 * @param name the app's name, and its database's path unless that names one
 */
export function settleDatabases(
  name: string,
  { database, databases = {}, ...app }: ReplicatedApp,
): readonly [SettledDatabase, ...SettledDatabase[]] {
  const given = [...(database ? [['', database] as const] : []), ...Object.entries(databases)];
  const volumes = new Map<string, string>();
  const [first, ...others] = given.map(([key, one]): SettledDatabase => {
    const suffix = key === '' ? '' : `-${key}`;
    const { file, replica, path = `${name}${suffix}`, first: demand = 'required', verify } = one;
    const folder = dirname(file);
    const volume = volumes.get(folder) ?? `database${suffix}`;
    volumes.set(folder, volume);
    return {
      ...one,
      ...app,
      name: `${name}${suffix}`,
      suffix,
      path,
      first: replica.firstDeploy ? 'new' : demand,
      verify: verify ?? home.replication.verifySchedule,
      replicaUrl: `s3://${replica.bucket}/${path}`,
      memoryLimit: replica.memoryLimit ?? memoryForGigabyte,
      mount: { name: volume, mount_path: folder },
      security: securityAs(app.user),
    };
  });
  if (first === undefined) throw new Error(`${name} has no database.`);
  return [first, ...others];
}
