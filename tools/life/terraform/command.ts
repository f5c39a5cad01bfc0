import type { ParseArgsConfig } from 'node:util';
import type { Environment, Given as CommandLine, Usage } from '@home/command';
import { ProblemsError } from '@home/terraform';
import { type Answer, keepAnswers } from '@life/answers';
import type { Stacks } from '@tools/nx-home/graph';
import type { Session } from './session';

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

/** Everything that may follow a command; each takes some of it. */
const options = {
  all: { type: 'boolean', default: false },
  /** The contract of Talos that a running cluster may be raised to. */
  'allow-contract': { type: 'string', multiple: true, default: [] as string[] },
  'allow-destroy': { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
  /** Writes the page of the home as well. */
  page: { type: 'boolean', default: false },
  /** A file that gets a summary in Markdown; `-` is standard output. */
  summary: { type: 'string' },
  until: { type: 'string' },
  upgrade: { type: 'boolean', default: false },
  /** Seconds that a stack may take to get ready; a new one pulls its images first, over the home's own line. */
  wait: { type: 'string', default: '900' },
  yes: { type: 'boolean', default: false },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

/** What followed a command; of the options those that it takes. */
export type Given = CommandLine<typeof options>['values'] & {
  /** Names of stacks, mostly. */
  readonly names: readonly string[];
};

type OptionName = keyof typeof options;

/** How a command is called. */
export function usageOf({ usage, help, options: taken, names }: Command): Usage<typeof options> {
  return {
    command: `npm run ${usage.split(' ', 1)[0]}`,
    help: `npm run ${usage}\n\n${help}`,
    // Whoever does not take an option does not read it either.
    options: Object.fromEntries(taken.map((name) => [name, options[name]])) as typeof options,
    positionals: names,
  };
}

/** `--summary` alone means the summary of a GitHub job where there is one, and standard output elsewhere. */
export function withSummaryFile(args: readonly string[], environment: Environment): string[] {
  return args.map((one) =>
    one === '--summary' ? `--summary=${environment['GITHUB_STEP_SUMMARY'] ?? '-'}` : one,
  );
}

/** What followed a command, as the commands take it. */
export const readGiven = ({ values, positionals }: CommandLine<typeof options>): Given => ({
  ...values,
  names: positionals,
});

const doing = { plan: 'planning', drift: 'looking at' } as const;

/**
 * Goes through stacks and does not stop at one that fails, since looking changes nothing. What was found is kept for the
 * page of the home.
 *
 * @param look gives what it found, as lines
 * @returns 1 when one of them failed
 */
export async function forEachStack(
  { root, terminal }: Pick<Session, 'root' | 'terminal'>,
  command: 'plan' | 'drift',
  stacks: readonly string[],
  look: (stack: string) => Promise<readonly string[]>,
): Promise<0 | 1> {
  const answers: Answer[] = [];
  const keep = (stack: string, [said = '', ...lines]: readonly string[]): void => {
    answers.push({ about: stack, said, lines });
  };
  let code: 0 | 1 = 0;
  for (const [index, stack] of stacks.entries()) {
    terminal.step(`${doing[command]} ${stack}`, index + 1, stacks.length);
    try {
      keep(stack, await look(stack));
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      keep(stack, error.message.split('\n'));
      terminal.note(error.message);
      code = 1;
    }
  }
  keepAnswers(root, command, answers);
  return code;
}

/**
 * The stacks that were asked for, in the order of the graph; all of them when none is named.
 *
 * @throws ProblemsError when there is no such stack
 */
export function selectStacks(stacks: Stacks, asked: readonly string[]): string[] {
  const unknown = asked.filter((name) => !stacks.names.includes(name));
  if (unknown.length > 0) {
    const known =
      stacks.names.length === 0 ? 'There are none yet' : `The stacks are ${stacks.names.join(', ')}`;
    throw new ProblemsError(
      unknown.map((name) => ({ where: name, what: 'must be the name of a stack', remedy: known })),
    );
  }
  if (asked.length === 0) return stacks.names.filter((name) => !stacks.orphans.has(name));
  return stacks.names.filter((name) => asked.includes(name));
}
