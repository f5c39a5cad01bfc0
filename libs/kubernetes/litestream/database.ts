import type { Replica } from './replica';

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
