import { type ParseArgsConfig } from 'node:util';
import { ProblemsError } from '@home/terraform';
import { type Given, type Usage, readOptions } from './read-options';

/**
 * Runs a command of the project to its end. What people can fix is printed in lines, without a stack trace, and ends with
 * exit code 1; `--help` tells what the command takes.
 *
 * @param usage how it is called
 * @param main does the work with what was given, and gives the exit code
 * @param args what followed it
 */
export function runCommand<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: Usage<Options>,
  main: (given: Given<Options>) => number | Promise<number>,
  args: readonly string[] = process.argv.slice(2),
): void {
  // A reader that has seen enough, such as `head`, is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  run(usage, main, args).then(
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

async function run<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: Usage<Options>,
  main: (given: Given<Options>) => number | Promise<number>,
  args: readonly string[],
): Promise<number> {
  if (!args.includes('--help')) return main(readOptions(usage, args));
  console.log(usage.help);
  return 0;
}
