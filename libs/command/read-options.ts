import { type ParseArgsConfig, parseArgs } from 'node:util';
import { refuse } from '@home/terraform';

/** How a command of the project is called. */
export interface Usage<Options> {
  /** What people type: `npm run map`. */
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
