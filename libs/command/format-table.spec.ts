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

test('in a narrow terminal a line stays one: what fits is shown, and the last of it cut', () => {
  const columns = [0, 1, 2].map((at) => ({
    head: 'ABC'.charAt(at),
    show: (cells: readonly string[]) => cells[at] ?? '',
  }));
  const rows = [
    ['one', 'short', '3'],
    ['another', 'one that does not fit into the line', '3'],
  ];
  expect(formatTable(columns, rows, (head) => head, 30)).toBe(
    ['A        B', 'one      short', 'another  one that does not fi…'].join('\n'),
  );
});
