import { ProblemsError } from '@home/terraform';

/**
 * Runs a command of the project to its end: what people can mend is told in lines, without a stack trace, and ends with
 * exit code 1.
 *
 * @param main does the work and gives the exit code
 */
export function runCommand(main: () => number | Promise<number>): void {
  // A reader that has seen enough, such as `head`, is no mistake.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  // Async, so that what `main` throws at once is caught as well.
  (async () => main())().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.exitCode = 1;
      if (!(error instanceof ProblemsError)) throw error;
      console.error(error.message);
    },
  );
}
