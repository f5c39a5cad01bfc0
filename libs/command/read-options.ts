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
  { command, options, positionals = false }: Usage<Options>,
  args: readonly string[],
): Given<Options> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: positionals });
  } catch (cause) {
    const [said] = (cause instanceof Error ? cause.message : String(cause)).split(/[.\n] ?/);
    const what = `does not understand it (${said})`;
    throw new ProblemsError([{ where: command, what, remedy: `${command} -- --help tells what it takes` }]);
  }
}
