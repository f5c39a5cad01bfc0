import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Column, formatTable } from '@home/command';
import type { GeneratedBlock, GeneratedReplica } from '@home/generated';
import { type Query, countRows, differences, inspectDatabase, liveQuery, localQuery } from './databases';
import { type RestoreTools, formatAge, lastWrite, restoreReplica } from './restore-replica';

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
