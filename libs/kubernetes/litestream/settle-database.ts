import type { Kubernetes } from '@home/providers';
import { type Problem, ProblemsError, type Value } from '@home/terraform';
import { dirname, normalize } from 'node:path/posix';
import { containerSecurity, securityAs } from '../app/container';
import type { Labels } from '../app/labels';
import type { Database } from '../generated/web-app';

/** What of an app its database depends on. */
export interface ReplicatedApp {
  readonly namespace: Value<string>;
  readonly labels: Labels;
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
  /** The volume that the app and Litestream share. */
  readonly mount: Kubernetes.VolumeMount;
  /** What Litestream may do: what the owner may, or what root may, as the app whose files it reads and writes. */
  readonly security: Kubernetes.SecurityContext;
}

/**
 * Checks a database's props, and settles what they leave open.
 *
 * @param name the app's name, and the replica's path unless the database names one
 * @throws ProblemsError with everything that is wrong at once
 */
export function settleDatabase(name: string, { database, ...app }: ReplicatedApp): SettledDatabase {
  checkDatabase(name, database);
  const { file, replica, owner, path = name, first = 'required' } = database;
  return {
    ...database,
    ...app,
    name,
    path,
    first: replica.firstDeploy ? 'new' : first,
    replicaUrl: `s3://${replica.bucket}/${path}`,
    mount: { name: 'database', mount_path: dirname(file) },
    security: owner === undefined ? containerSecurity : securityAs(owner),
  };
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const plainPath = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Checks what the compiler cannot: paths, names and times end up in scripts. */
function checkDatabase(name: string, { file, path, expects, restore }: Database): void {
  const problems: Problem[] = [];
  const demand = (holds: boolean, at: string, value: unknown, must: string, remedy: string): void => {
    if (!holds)
      problems.push({ where: name, what: `database.${at} "${String(value)}" must ${must}`, remedy });
  };

  demand(
    file.startsWith('/') && normalize(file) === file && /^[\w./-]+$/.test(file),
    'file',
    file,
    'be an absolute path of letters, digits, dots, dashes and slashes',
    'Write it like "/var/lib/app/app.db"',
  );
  demand(
    !file.endsWith('/'),
    'file',
    file,
    'name a file, not its folder',
    'Write it like "/var/lib/app/app.db"',
  );
  demand(
    file.endsWith('/') || dirname(file) !== '/',
    'file',
    file,
    'lie in a folder of its own',
    'A volume is mounted over its folder',
  );
  for (const [at, given] of [['path', path] as const, ['restore.from', restore?.from] as const]) {
    if (given !== undefined) {
      demand(plainPath.test(given), at, given, 'be a path in the bucket', 'Write it like "memos-notes"');
    }
  }
  for (const [at, tables] of Object.entries({ tables: expects?.tables, rows: expects?.rows })) {
    for (const table of tables ?? []) {
      demand(plainName.test(table), `expects.${at}`, table, 'be a table’s name', 'Use letters, digits and _');
    }
  }
  const timestamp = restore?.timestamp;
  if (timestamp !== undefined) {
    demand(
      moment.test(timestamp) && !Number.isNaN(Date.parse(timestamp)),
      'restore.timestamp',
      timestamp,
      'be a time with its zone',
      'Write it like "2026-11-20T08:00:00Z"',
    );
  }
  if (restore !== undefined && timestamp === undefined && restore.from === undefined) {
    demand(false, 'restore', '{}', 'name a timestamp or another path', 'Add one, or take it out');
  }
  if (problems.length > 0) throw new ProblemsError(problems);
}
