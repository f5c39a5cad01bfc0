import { cut } from './width';

/** A column: what its head says, and what it shows of a row. */
export interface Column<Row> {
  readonly head: string;
  readonly show: (row: Row) => string;
}

/** With less than that of a column, its cells say nothing. */
const readable = 20;

/**
 * Lays rows out in columns that are as wide as what they hold. What a line ends with may be as long as it likes.
 *
 * @param paintHead colours the line of heads
 * @param width of the terminal: what begins too far to the right is left out, and what ends beyond is cut
 */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paintHead: (line: string) => string,
  width = Infinity,
): string {
  const lines = rows.map((row) => columns.map(({ show }) => show(row)));
  const widths = columns.map(({ head }, index) => {
    const followed = lines.filter((cells) => cells.slice(index + 1).some((cell) => cell !== ''));
    return Math.max(head.length, ...followed.map((cells) => cells[index]?.length ?? 0));
  });
  const starts = widths.map((_, index) => widths.slice(0, index).reduce((sum, one) => sum + one + 2, 0));
  const shown = starts.filter((start) => start + readable <= width).length;
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).slice(0, shown);
    const text = padded.join('  ').trimEnd();
    return cut(text, width);
  };
  return [paintHead(line(columns.map(({ head }) => head))), ...lines.map(line)].join('\n');
}
