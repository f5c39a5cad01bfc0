import { assert, array, nat, property, stringMatching } from 'fast-check';
import { fold, widthOf } from './width';

test.each([
  ['is as wide as it says', { isTTY: true, columns: 120 }, 120],
  ['is as wide as most, where it says nothing', { isTTY: true, columns: 0 }, 80],
  ['has no end, where it is a pipe', {}, Infinity],
])('a terminal %s', (_, sheet, width) => {
  expect(widthOf(sheet)).toBe(width);
});

test.each([
  ['a line that fits', 'a line that fits'],
  ['  a line that is too long by some', '  a line that is too\n    long by some'],
  [
    'Run `npm run plan -- platform --json` or `npm test` now',
    'Run\n  `npm run plan -- platform --json`\n  or `npm test` now',
  ],
  ["it's `half a command", "it's `half a command"],
  [
    '\x1b[31mred\x1b[39m \x1b[32mgreen\x1b[39m and blue',
    '\x1b[31mred\x1b[39m \x1b[32mgreen\x1b[39m and blue',
  ],
  ['one\nand a line that is too long', 'one\nand a line that is too\n  long'],
])('%j is folded between words', (line, folded) => {
  expect(fold(line, 22)).toBe(folded);
});

test('nothing of a line is lost, and no word but a long one stands out', () => {
  assert(
    property(array(stringMatching(/^[a-z`]{1,12}$/)), nat(30), (words, width) => {
      const lines = fold(words.join(' '), width).split('\n');
      expect(lines.map((line) => line.trim()).join(' ')).toBe(words.join(' '));
      for (const line of lines) if (line.length > width) expect(line.trim()).toMatch(/^(`[^`]*`|[^\s`]|`)*$/);
    }),
  );
});
