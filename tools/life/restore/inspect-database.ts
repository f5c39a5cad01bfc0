import { readProgram } from '@home/command';

/** What is in a database. */
export interface Inspection {
  /** `ok`, or what is wrong. */
  readonly integrity: string;
  /** How many rows each table has; Litestream's own and SQLite's are left out. */
  readonly rows: ReadonlyMap<string, number>;
}

/** Runs one statement somewhere, and gives its answer as lines. */
export type Query = (statement: string) => Promise<string[]>;

/** Asks a local file. */
export const localQuery =
  (sqlite3: string, file: string): Query =>
  async (statement) =>
    lines(await readProgram(sqlite3, ['-batch', '-bail', '-readonly', file, statement]));

/** Splits what a program wrote. */
export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Checks a database. sqlite3 ends with 0 on a corrupt one, so what it says counts. */
export async function inspectDatabase(query: Query): Promise<Inspection> {
  const integrity = (await query('PRAGMA integrity_check')).join('; ');
  return { integrity, rows: await countRows(query) };
}

/** Counts the rows of all tables of an app. */
export async function countRows(query: Query): Promise<Map<string, number>> {
  const tables = await query(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_litestream\\_%' ESCAPE '\\' ORDER BY name",
  );
  if (tables.length === 0) return new Map();
  const counts = await query(
    tables.map((table) => `SELECT count(*) FROM "${table.replaceAll('"', '""')}"`).join(' UNION ALL '),
  );
  return new Map(tables.map((table, index) => [table, Number(counts[index])]));
}
