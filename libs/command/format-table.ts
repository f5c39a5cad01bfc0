/** A column: what its head says, and what it shows of a row. */
export interface Column<Row> {
  readonly head: string;
  readonly show: (row: Row) => string;
}

/**
 * Lays rows out in columns that are as wide as what they hold.
 *
 * @param paintHead colours the line of heads
 */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paintHead: (line: string) => string,
): string {
  const widths = columns.map(({ head, show }) =>
    Math.max(head.length, ...rows.map((row) => show(row).length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  const body = rows.map((row) => line(columns.map(({ show }) => show(row))));
  return [paintHead(line(columns.map(({ head }) => head))), ...body].join('\n');
}
