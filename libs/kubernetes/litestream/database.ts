import { type Members, type Problem, type Value, checkMembers } from '@home/terraform';

/** The SQLite database of an app. */
export interface Database {
  /** The file's path in the app's container. Its folder belongs to the database alone: a volume is mounted over it. */
  readonly file: string;
  readonly replica: Replica;
  /**
   * The replica's path in its bucket; the app's name, if left out. It stays when an app is renamed: at a new path there
   * is no replica, and so no data.
   */
  readonly path?: string;
  /** `required`: without a replica the pod stops instead of starting empty. `new`: it may start empty. */
  readonly first?: 'required' | 'new';
  /** When the replica is verified: a cron schedule, in UTC. */
  readonly verify: string;
  /** The user and group that the app writes as, when it is not root. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly expects?: Expectations;
  /** For one apply: how the new pod's database is made from something else than the newest state. */
  readonly restore?: RestorePoint;
}

/** What tells this app's database from another's, and a full one from an empty one. */
export interface Expectations {
  /** Tables that must be there. */
  readonly tables: readonly string[];
  /** Those among the tables that must have rows. */
  readonly rows?: readonly string[];
  /** `ignore` for an app that leaves rows behind whose parents it deleted. */
  readonly foreignKeys?: 'check' | 'ignore';
  /** For an app that is never quiet for so many days: its replica is stale when nothing was written for longer. */
  readonly writtenWithinDays?: number;
}

/**
 * Where to restore from. The new pod notes it in the restored database, so that a later pod, for which it was not
 * taken back yet, goes on from the newest state.
 */
export interface RestorePoint {
  /** The newest state before this time, such as `2026-11-20T08:00:00Z`; left out, the newest there is. */
  readonly timestamp?: string;
  /** Another path in the bucket. */
  readonly from?: string;
}

/**
 * What all replicated databases of a home have in common: the store on the NAS, the tools that read and write it, and
 * who hears of a failure. `@home/platform/replication` exports the home's.
 */
export interface Replica {
  /** `http(s)://host:port` of an S3 store; left out for AWS itself. */
  readonly endpoint?: string;
  readonly bucket: string;
  /** Left out, Litestream asks AWS, or takes `us-east-1` where there is an endpoint. */
  readonly region?: string;
  /** The Secret, in the app's namespace, with `LITESTREAM_ACCESS_KEY_ID` and `LITESTREAM_SECRET_ACCESS_KEY`. */
  readonly secretName: string;
  /** Changes with the credentials: containers read them when they start, so the pods start anew. */
  readonly secretRevision: Value<number>;
  /** True for the very first deploy of an empty home: every database then may start without a replica. */
  readonly firstDeploy: boolean;
  readonly images: {
    readonly litestream: string;
    readonly verify: string;
  };
  /** What each Litestream container asks for, such as `48Mi`. */
  readonly memoryRequest: string;
  /** The healthchecks.io checks of a database: one for its verification, one for replication itself. */
  readonly alerts: {
    readonly graceSeconds: number;
    /** The kind of the account's notification channel, such as `email`. */
    readonly channel: string;
    readonly tags: readonly string[];
    readonly timezone: string;
  };
}

const databaseProps: Members<Database> = {
  file: 'must',
  replica: 'must',
  path: 'may',
  first: 'may',
  verify: 'must',
  owner: 'may',
  expects: 'may',
  restore: 'may',
};

const ownerProps: Members<NonNullable<Database['owner']>> = { uid: 'must', gid: 'must' };

const expectationProps: Members<Expectations> = {
  tables: 'must',
  rows: 'may',
  foreignKeys: 'may',
  writtenWithinDays: 'may',
};

const restoreProps: Members<RestorePoint> = { timestamp: 'may', from: 'may' };

/** Finds the names of a database's props that are missing or misspelt. */
export const checkDatabaseMembers = (name: string, database: Database | undefined): Problem[] => [
  ...checkMembers(name, 'database', database, databaseProps),
  ...checkMembers(name, 'database.owner', database?.owner, ownerProps),
  ...checkMembers(name, 'database.expects', database?.expects, expectationProps),
  ...checkMembers(name, 'database.restore', database?.restore, restoreProps),
];
