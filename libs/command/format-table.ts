/** A column: what its head says, and what it shows of a row. */
export interface Column<Row> {
  readonly head: string;
  readonly show: (row: Row) => string;
}

/**
 * Lays rows out in columns that are as wide as what they hold. What a line ends with may be as long as it likes.
 *
 * @param paintHead colours the line of heads
 */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paintHead: (line: string) => string,
): string {
  const lines = rows.map((row) => columns.map(({ show }) => show(row)));
  const widths = columns.map(({ head }, index) => {
    const followed = lines.filter((cells) => cells.slice(index + 1).some((cell) => cell !== ''));
    return Math.max(head.length, ...followed.map((cells) => cells[index]?.length ?? 0));
  });
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [paintHead(line(columns.map(({ head }) => head))), ...lines.map(line)].join('\n');
}
