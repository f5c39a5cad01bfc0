import type { Given, OptionName } from '../command-line';
import type { Session } from '../session';

/** The meaning of an exit code: all is well, something is wrong, there are changes. */
export type ExitCode = 0 | 1 | 2;

/** One `npm run` command. */
export interface Command {
  /** What follows `npm run`. */
  readonly usage: string;
  /** What it does, and what its options mean where that is not plain. */
  readonly help: string;
  readonly options: readonly OptionName[];
  /** How many names it takes, at most. */
  readonly names: number;
  run(session: Session, given: Given): Promise<ExitCode>;
}
