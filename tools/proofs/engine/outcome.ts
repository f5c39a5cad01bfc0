import colors from 'picocolors';

/** How one expectation went. */
export interface Outcome {
  readonly what: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** What was measured, or why it failed or was skipped. */
  readonly detail?: string | undefined;
}

const marks = { passed: colors.green('✓'), failed: colors.red('✗'), skipped: colors.yellow('-') };

/** One outcome as a line. */
export function formatOutcome({ what, result, detail }: Outcome): string {
  const tail = detail === undefined || detail === '' ? '' : colors.dim(` · ${detail}`);
  return `${marks[result]} ${what}${result === 'skipped' ? colors.yellow(' SKIPPED') : ''}${tail}`;
}

/** The last line of a proof: `12 passed, 0 failed`, and what was skipped. */
export function formatTally(outcomes: readonly Outcome[]): string {
  const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
  const skipped = count('skipped');
  return `${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

export const hasFailed = (outcomes: readonly Outcome[]): boolean =>
  outcomes.some(({ result }) => result === 'failed');
