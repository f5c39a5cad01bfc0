import { rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Column, formatTable, openTerminal, readProgram } from '@home/command';
import { withTemporaryFolder } from '@home/files';
import { type GeneratedBlock, type GeneratedReplica, evaluate, one } from '@home/generated';
import { home } from '@home/home';
import { keepAnswers } from '@life/answers';
import {
  type RestoreTools,
  formatAge,
  lastTransaction,
  lastWrite,
  newest,
  restoreReplica,
} from './restore-replica';

/** What is in a database. */
interface Inspection {
  /** `ok`, or what is wrong. */
  readonly integrity: string;
  /** How many rows each table has; Litestream's own and SQLite's are left out. */
  readonly rows: ReadonlyMap<string, number>;
}

/** Runs one statement somewhere, and gives its answer as lines. */
type Query = (statement: string) => Promise<string[]>;

/** Asks a local file. */
export const localQuery =
  (sqlite3: string, file: string): Query =>
  async (statement) =>
    lines(await readProgram(sqlite3, ['-batch', '-bail', '-readonly', file, statement]));

/** Splits what a program wrote. */
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Checks a database. sqlite3 ends with 0 on a corrupt one, so what it says counts. */
export async function inspectDatabase(query: Query): Promise<Inspection> {
  const integrity = (await query('PRAGMA integrity_check')).join('; ');
  return { integrity, rows: await countRows(query) };
}

/** Counts the rows of all tables of an app. */
async function countRows(query: Query): Promise<Map<string, number>> {
  const tables = await query(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_litestream\\_%' ESCAPE '\\' ORDER BY name",
  );
  if (tables.length === 0) return new Map();
  const counts = await query(
    tables.map((table) => `SELECT count(*) FROM "${table.replaceAll('"', '""')}"`).join(' UNION ALL '),
  );
  return new Map(tables.map((table, index) => [table, Number(counts[index])]));
}

/** A running pod's database. */
interface LiveDatabase {
  readonly query: Query;
  /** The last transaction that Litestream has read. */
  readonly position: () => Promise<string>;
}

/** Asks the database of a running pod, through its Litestream container. */
function liveDatabase(
  { workload, file }: GeneratedReplica,
  blocks: readonly GeneratedBlock[],
  kubeconfig?: string,
): LiveDatabase {
  const set = blocks.find(
    ({ type, workload: of }) => type === 'kubernetes_stateful_set_v1' && of === workload,
  );
  const metadata = one(set?.body['metadata']);
  const [name, namespace = ''] = ['name', 'namespace'].map((key) => evaluate(metadata[key], blocks));
  const cluster = ['--context', home.cluster.kubeconfigContext, '--request-timeout=10s'];
  if (kubeconfig !== undefined) cluster.push('--kubeconfig', kubeconfig);
  const pod = ['exec', '--namespace', namespace, `${name}-0`, '--container', 'litestream-sidecar', '--'];
  const run = async (...command: readonly string[]): Promise<string[]> =>
    lines(await readProgram('kubectl', [...cluster, ...pod, ...command], { timeout: 60_000 }));
  return {
    query: (statement) => run('sqlite3', '-batch', '-bail', '-readonly', file, statement),
    position: async () =>
      newestTransaction(await run('ls', `${dirname(file)}/.${basename(file)}-litestream/ltx/0`)),
  };
}

/** The last transaction in files of Litestream, by their names: `FIRST-LAST.ltx`. */
const newestTransaction = (names: readonly string[]): string =>
  newest(names.map((name) => /-([0-9a-f]{16})\.ltx$/.exec(name)?.[1] ?? ''));

/** How many rows each table had before and after a restore: what is written meanwhile is no difference. */
interface LiveRows {
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/** The tables in which a restored database has another number of rows than the live one had. */
export function differences(restored: ReadonlyMap<string, number>, { before, after }: LiveRows): string[] {
  return [...new Set([...restored.keys(), ...before.keys()])].flatMap((table) => {
    const has = restored.get(table) ?? 0;
    const bounds = [before.get(table) ?? 0, after.get(table) ?? 0];
    const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
    return has >= least && has <= most ? [] : [`${table} has ${has} rows, the live one ${most}`];
  });
}

/** How the drill of one database went. */
interface Drilled {
  readonly name: string;
  readonly good: boolean;
  readonly cells: readonly string[];
}

/** A database that could not be restored has a message in the place of all that follows its name. */
const columns: readonly Column<Drilled>[] = [
  { head: 'database', show: ({ name }) => name },
  ...['restored', 'size', 'rows', 'last written', 'living database'].map((head, index) => ({
    head,
    show: ({ cells }: Drilled) => cells[index] ?? '',
  })),
];

/** What a drill asks for the living databases. */
export interface Living {
  readonly blocks: readonly GeneratedBlock[];
  /** Where the cluster is; kubectl's own choice, if left out. */
  readonly kubeconfig: string | undefined;
}

/**
 * Restores every database of the home into a folder that is then removed, and prints one table.
 *
 * @param root the workspace, where the answer is kept for the page of the home
 * @param living what they are compared with; nothing for a copy of the replicas, which is older
 */
export async function drill(
  root: string,
  tools: RestoreTools,
  replicas: readonly GeneratedReplica[],
  living?: Living,
): Promise<number> {
  const terminal = openTerminal();
  const results: Drilled[] = [];
  await withTemporaryFolder(async (folder) => {
    for (const [index, replica] of replicas.entries()) {
      terminal.step(`restoring ${replica.name}`, index + 1, replicas.length);
      const live = living && liveDatabase(replica, living.blocks, living.kubeconfig);
      results.push(await drillOne(tools, replica, live, folder));
    }
  });
  terminal.say(formatTable(columns, results, (line) => line));
  terminal.note(`in ${terminal.elapsed()}`);
  const answers = results.map(({ name, cells }) => ({
    about: `replica of ${name}`,
    said: cells.filter((cell) => cell !== '').join(', '),
  }));
  if (living !== undefined) keepAnswers(root, 'drill', answers);
  return results.every(({ good }) => good) ? 0 : 1;
}

async function drillOne(
  tools: RestoreTools,
  replica: GeneratedReplica,
  live: LiveDatabase | undefined,
  folder: string,
): Promise<Drilled> {
  const { name } = replica;
  // A path may have several steps.
  const file = join(folder, `${name.replaceAll('/', '_')}.db`);
  try {
    const { integrity, rows, comparison } = await restoreBeside(tools, replica, live, file);
    const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
    return {
      name,
      good: integrity === 'ok' && comparison.differences.length === 0,
      cells: [
        integrity,
        `${(statSync(file).size / 1e6).toFixed(1)} MB`,
        `${total} in ${rows.size} tables`,
        formatAge(await lastWrite(tools, replica)),
        comparison.differences.join('; ') || comparison.otherwise,
      ],
    };
  } catch (cause) {
    return { name, good: false, cells: [cause instanceof Error ? cause.message : String(cause)] };
  }
}

/** What a restored database lacks of the living one; and what else there is to say. */
interface Comparison {
  readonly differences: readonly string[];
  readonly otherwise: string;
}

/** How often a restore is compared with the living database before a difference counts. */
const attempts = 3;

/** An app may write all the time, and what it deletes meanwhile looks like a difference once; a true one stays. */
async function restoreBeside(
  tools: RestoreTools,
  replica: GeneratedReplica,
  live: LiveDatabase | undefined,
  file: string,
): Promise<Inspection & { readonly comparison: Comparison }> {
  for (let attempt = 1; ; attempt++) {
    const before = live && (await unlessUnreachable(() => countRows(live.query)));
    const late = before && live && (await unlessUnreachable(() => untilReplicated(tools, replica, live)));
    rmSync(file, { force: true });
    await restoreReplica(tools, replica, { file });
    const restored = await inspectDatabase(localQuery(tools.sqlite3, file));
    const after = before && live && (await unlessUnreachable(() => countRows(live.query)));
    if (before === undefined || late === undefined || after === undefined) {
      const otherwise = live === undefined ? 'not compared' : 'not reached';
      return { ...restored, comparison: { differences: [], otherwise } };
    }
    const different = [...late, ...differences(restored.rows, { before, after })];
    // A replica that is late was waited for already.
    if (different.length === 0 || late.length > 0 || attempt === attempts)
      return { ...restored, comparison: { differences: different, otherwise: 'the same' } };
  }
}

/** Litestream looks at a database twice a second. */
const readMilliseconds = 2000;
const longestUpload = 30_000;

/**
 * Waits until the replica has all that was committed so far: what a restore lacks after that is missing.
 *
 * @returns what is missing, in words, when that takes too long
 */
async function untilReplicated(
  tools: RestoreTools,
  replica: GeneratedReplica,
  live: LiveDatabase,
): Promise<string[]> {
  await sleep(readMilliseconds);
  const wanted = await live.position();
  const begin = Date.now();
  for (;;) {
    const reached = await lastTransaction(tools, replica);
    if (reached >= wanted) return [];
    if (Date.now() - begin > longestUpload)
      return [`the replica ends at transaction ${reached || 'none'}, the live one at ${wanted}`];
    await sleep(1000);
  }
}

/** A cluster that does not answer is no failure of a replica. */
async function unlessUnreachable<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
