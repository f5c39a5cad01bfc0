import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Column, formatTable, readProgram } from '@home/command';
import { type GeneratedBlock, type GeneratedReplica, evaluate, one } from '@home/generated';
import { home } from '@home/home';
import { type RestoreTools, formatAge, lastWrite, restoreReplica } from './restore-replica';

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

/** Asks the database of a running pod, through the sqlite3 of its Litestream container. */
function liveQuery(replica: GeneratedReplica, blocks: readonly GeneratedBlock[], kubeconfig?: string): Query {
  const set = blocks.find(
    ({ type, workload }) => type === 'kubernetes_stateful_set_v1' && workload === replica.workload,
  );
  const metadata = one(set?.body['metadata']);
  const [name, namespace] = ['name', 'namespace'].map((key) => evaluate(metadata[key], blocks));
  const cluster = ['--context', home.cluster.kubeconfigContext, '--request-timeout=10s'];
  if (kubeconfig !== undefined) cluster.push('--kubeconfig', kubeconfig);
  const pod = [
    'exec',
    '--namespace',
    namespace ?? '',
    `${name}-0`,
    '--container',
    'litestream-sidecar',
    '--',
  ];
  const ask = ['sqlite3', '-batch', '-bail', '-readonly', replica.file];
  return async (statement) =>
    lines(await readProgram('kubectl', [...cluster, ...pod, ...ask, statement], { timeout: 60_000 }));
}

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
  readonly workload: string;
  readonly good: boolean;
  readonly cells: readonly string[];
}

/** A database that could not be restored has a message in the place of all that follows its name. */
const columns: readonly Column<Drilled>[] = [
  { head: 'database', show: ({ workload }) => workload },
  ...['restored', 'size', 'rows', 'last written', 'living database'].map((head, index) => ({
    head,
    show: ({ cells }: Drilled) => cells[index] ?? '',
  })),
];

/**
 * Restores every database of the home into a folder that is then removed, and prints one table.
 *
 * @param kubeconfig where to ask for the live ones; kubectl's own choice, if left out
 */
export async function drill(
  tools: RestoreTools,
  replicas: readonly GeneratedReplica[],
  blocks: readonly GeneratedBlock[],
  kubeconfig?: string,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'drill-'));
  const results: Drilled[] = [];
  try {
    for (const replica of replicas)
      results.push(await drillOne(tools, replica, liveQuery(replica, blocks, kubeconfig), folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(formatTable(columns, results, (line) => line));
  return results.every(({ good }) => good) ? 0 : 1;
}

async function drillOne(
  tools: RestoreTools,
  replica: GeneratedReplica,
  live: Query,
  folder: string,
): Promise<Drilled> {
  const { workload } = replica;
  const file = join(folder, `${workload}.db`);
  try {
    const before = await unlessUnreachable(live);
    await restoreReplica(tools, replica, { file });
    const { integrity, rows } = await inspectDatabase(localQuery(tools.sqlite3, file));
    const after = before === undefined ? undefined : await unlessUnreachable(live);
    const different = before && after ? differences(rows, { before, after }) : undefined;
    const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
    return {
      workload,
      good: integrity === 'ok' && (different ?? []).length === 0,
      cells: [
        integrity,
        `${(statSync(file).size / 1e6).toFixed(1)} MB`,
        `${total} in ${rows.size} tables`,
        formatAge(await lastWrite(tools, replica)),
        different === undefined ? 'not reached' : different.join('; ') || 'the same',
      ],
    };
  } catch (cause) {
    return { workload, good: false, cells: [cause instanceof Error ? cause.message : String(cause)] };
  }
}

/** A cluster that does not answer is no failure of a replica. */
async function unlessUnreachable(query: Query): Promise<Map<string, number> | undefined> {
  try {
    return await countRows(query);
  } catch {
    return undefined;
  }
}
