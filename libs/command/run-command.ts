import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ProblemsError, formatProblem, refuse } from '@home/terraform';
import { diskProblem } from './disk-problem';
import { openTerminal } from './terminal';

/** How a command of the project is called. */
export interface Usage<Options> {
  /** What people type: `npm run home`. */
  readonly command: string;
  /** What may follow it, such as `[-- --check]`, and what it does. */
  readonly help: string;
  readonly options: Options;
  /** How much it takes besides options, at most; nothing when left out. */
  readonly positionals?: number;
}

/** What followed a command. */
export type Given<Options extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: boolean }>
>;

/**
 * Reads what follows a command.
 *
 * @throws ProblemsError when it is not what the command takes
 */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  { command, options, positionals = 0 }: Usage<Options>,
  args: readonly string[],
): Given<Options> {
  const given = parse();
  const surplus = given.positionals[positionals];
  if (surplus !== undefined) misunderstood(command, `Unexpected argument '${surplus}'`);
  return given;

  function parse(): Given<Options> {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true });
    } catch (cause) {
      misunderstood(command, (cause instanceof Error ? cause.message : String(cause)).split(/[.\n] ?/)[0]);
    }
  }
}

function misunderstood(command: string, said: string | undefined): never {
  refuse(command, `does not understand its arguments (${said})`, `${command} -- --help lists what it takes`);
}

/**
 * Runs a command of the project to its end. What people can fix is printed in lines, without a stack trace, and ends with
 * exit code 1; `--help` tells what the command takes. Whatever else ends the process, it ends with 0 only when the command
 * said so.
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
  let outcome: number | undefined;
  const end = (code: number): void => {
    // The line about what is going on must not stand before what comes now.
    openTerminal().status('');
    process.exitCode = outcome = code;
  };
  process.on('exit', (code) => {
    if (code !== 0 || outcome === 0) return;
    process.exitCode = outcome ?? 1;
    if (outcome === undefined) console.error(formatProblem({ where: usage.command, ...endedBefore }));
  });
  const run = async (): Promise<number> => {
    if (!args.includes('--help')) return main(readOptions(usage, args));
    console.log(usage.help);
    return 0;
  };
  run().then(end, (error: unknown) => {
    end(1);
    const disk = diskProblem(error);
    if (disk === undefined && !(error instanceof ProblemsError)) throw error;
    openTerminal().note(disk === undefined ? (error as Error).message : formatProblem(disk));
  });
}

const endedBefore = {
  what: 'must run to its end, but something ended it before',
  remedy: 'Take process.exit out of what the home loads, and run it again',
};
