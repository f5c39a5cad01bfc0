import { stripVTControlCharacters } from 'node:util';

/** What a line is written to. */
export interface Sheet {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How wide a line may be there: a terminal that does not know is as wide as most, a file or a pipe has no end. */
export const widthOf = ({ isTTY = false, columns }: Sheet): number => (isTTY ? columns || 80 : Infinity);

/** Shortens a line that is longer than there is room. */
export const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

/**
 * Breaks lines that are longer than there is room between words, and indents what follows. A command in backticks stays
 * whole, since people copy it, and so does whatever else is longer than a line.
 */
export const fold = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => foldLine(line, width))
    .join('\n');

function foldLine(line: string, width: number): string {
  if (lengthOf(line) <= width) return line;
  const [indent = ''] = /^ */.exec(line) ?? [];
  const [first = '', ...words] = line.trimStart().match(/(?:`[^`]*`|[^\s`]|`)+/g) ?? [];
  return words
    .reduce(
      ([done = '', ...lines], word) =>
        lengthOf(`${done} ${word}`) <= width
          ? [`${done} ${word}`, ...lines]
          : [`${indent}  ${word}`, done, ...lines],
      [indent + first],
    )
    .toReversed()
    .join('\n');
}

/** Without what colours it. */
const lengthOf = (text: string): number => stripVTControlCharacters(text).length;
