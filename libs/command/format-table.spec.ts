import { formatTable } from './format-table';

test('what a line ends with does not widen its column', () => {
  const columns = [0, 1, 2].map((at) => ({
    head: 'ABC'.charAt(at),
    show: (cells: readonly string[]) => cells[at] ?? '',
  }));
  const rows = [
    ['one', '2', '3'],
    ['another', 'cannot be read, for a long reason'],
  ];
  expect(formatTable(columns, rows, (head) => head)).toBe(
    ['A        B  C', 'one      2  3', 'another  cannot be read, for a long reason'].join('\n'),
  );
});
