import type { Given, OptionName } from '../command-line';
import type { Session } from '../session';

/** The meaning of an exit code: all is well, something is wrong, there are changes. */
export type ExitCode = 0 | 1 | 2;

/** One `npm run` command. */
export interface Command {
  /** What follows `npm run`. */
  readonly usage: string;
  readonly options: readonly OptionName[];
  run(session: Session, given: Given): Promise<ExitCode>;
}
