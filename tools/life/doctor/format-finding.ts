import colors from 'picocolors';
import type { Finding, State } from './finding';

const marks: Readonly<Record<State, string>> = {
  fine: colors.green('✓'),
  broken: colors.red('✗'),
  due: colors.yellow('!'),
  unseen: colors.dim('?'),
};

/** One finding as a line: a mark, what it is about, what was found, what to do. */
export function formatFinding({ what, state, detail, remedy }: Finding): string {
  const said = detail === undefined ? what : `${what}: ${detail}`;
  return `${marks[state]} ${said}${remedy === undefined ? '' : colors.dim(` → ${remedy}`)}`;
}

/** The last line: `31 fine, 1 broken, 3 due, 4 not seen`. */
export function formatSummary(findings: readonly Finding[]): string {
  const words: readonly [State, string][] = [
    ['fine', 'fine'],
    ['broken', 'broken'],
    ['due', 'due'],
    ['unseen', 'not seen'],
  ];
  return words
    .map(([state, word]) => `${findings.filter((finding) => finding.state === state).length} ${word}`)
    .join(', ');
}
