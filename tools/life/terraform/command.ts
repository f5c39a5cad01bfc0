import type { ParseArgsConfig } from 'node:util';
import {
  type Environment,
  type Given as CommandLine,
  type Terminal,
  type Usage,
  holdLines,
} from '@home/command';
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
 * Looks at stacks, at all of them at the same time, since looking changes nothing, and does not stop at one that fails. They
 * speak in their order. What was found is kept for the page of the home.
 *
 * @param look gives what it found, as lines; `earlier` ends when the stacks before it have been looked at
 * @returns 1 when one of them failed
 */
export async function forEachStack(
  session: Session,
  command: 'plan' | 'drift',
  stacks: readonly string[],
  look: (session: Session, stack: string, earlier: Promise<unknown>) => Promise<readonly string[]>,
): Promise<0 | 1> {
  const looks: { readonly found: Promise<Found>; release(): void }[] = [];
  for (const stack of stacks) {
    const { terminal, release } = holdLines(session.terminal);
    const earlier = Promise.all(looks.map(({ found }) => found));
    looks.push({
      found: find(() => look({ ...session, terminal }, stack, earlier), stack, terminal),
      release,
    });
  }
  const answers: Answer[] = [];
  let code: 0 | 1 = 0;
  for (const [index, { found, release }] of looks.entries()) {
    session.terminal.step(`${doing[command]} ${stacks[index]}`, index + 1, stacks.length);
    release();
    const one = await found;
    if ('bug' in one) throw one.bug;
    answers.push(one.answer);
    if (one.failed) code = 1;
  }
  keepAnswers(session.root, command, answers);
  return code;
}

/** What came of looking at a stack. */
type Found = { readonly answer: Answer; readonly failed: boolean } | { readonly bug: unknown };

async function find(
  look: () => Promise<readonly string[]>,
  about: string,
  terminal: Terminal,
): Promise<Found> {
  const answer = ([said = '', ...lines]: readonly string[]): Answer => ({ about, said, lines });
  try {
    return { answer: answer(await look()), failed: false };
  } catch (error) {
    if (!(error instanceof ProblemsError)) return { bug: error };
    terminal.note(error.message);
    return { answer: answer(error.message.split('\n')), failed: true };
  }
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
