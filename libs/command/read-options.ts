import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ProblemsError } from '@home/terraform';

/** How a command of the project is called. */
export interface Usage<Options> {
  /** What people type: `npm run map`. */
  readonly command: string;
  /** What may follow it, such as `[-- --check]`, and what it does. */
  readonly help: string;
  readonly options: Options;
  /** Whether it takes anything besides options. */
  readonly positionals?: boolean;
}

/**
 * Reads what follows a command.
 *
 * @returns options and other arguments; undefined when `--help` was asked for, and told
 * @throws ProblemsError when it is not what the command takes
 */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  { command, help, options, positionals = false }: Usage<Options>,
  args: readonly string[] = process.argv.slice(2),
) {
  if (args.includes('--help')) {
    console.log(help);
    return undefined;
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: positionals });
  } catch (cause) {
    const [said] = (cause instanceof Error ? cause.message : String(cause)).split(/[.\n] ?/);
    throw new ProblemsError([
      {
        where: command,
        what: `does not understand it (${said})`,
        remedy: `${command} -- --help tells what it takes`,
      },
    ]);
  }
}
