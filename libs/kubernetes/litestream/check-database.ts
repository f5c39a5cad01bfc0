import { type Problem, ProblemsError } from '@home/terraform';
import { dirname, normalize } from 'node:path/posix';
import type { Database } from './database';

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const plainPath = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Checks what the compiler cannot: paths, names and times end up in scripts.
 *
 * @throws ProblemsError with everything that is wrong at once
 */
export function checkDatabase(name: string, { file, path, expects, restore }: Database): void {
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
