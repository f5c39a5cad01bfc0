import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ProblemsError } from '@home/terraform';
import type { Environment } from './environment';

/** Everything that may follow a command; each takes some of it. */
export interface Given {
  /** Names of stacks, mostly. */
  readonly names: readonly string[];
  readonly all: boolean;
  readonly allowDestroy: readonly string[];
  readonly json: boolean;
  /** A file that gets a summary in Markdown; `-` is standard output. */
  readonly summary: string | undefined;
  readonly until: string | undefined;
  readonly upgrade: boolean;
  /** Seconds that a stack may take to get ready. */
  readonly wait: number;
  readonly yes: boolean;
}

export type OptionName = 'all' | 'allow-destroy' | 'json' | 'summary' | 'until' | 'upgrade' | 'wait' | 'yes';

const options = {
  all: { type: 'boolean' },
  'allow-destroy': { type: 'string', multiple: true },
  json: { type: 'boolean' },
  summary: { type: 'string' },
  until: { type: 'string' },
  upgrade: { type: 'boolean' },
  wait: { type: 'string' },
  yes: { type: 'boolean' },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

/** A new stack pulls its images first, over the home's own line. */
const defaultWait = 900;

/**
 * Reads what follows `npm run <command> --`.
 *
 * @param usage shown with every mistake
 * @throws ProblemsError when it is not what the command takes
 */
export function readCommandLine(
  command: string,
  usage: string,
  takes: readonly OptionName[],
  args: readonly string[],
  environment: Environment,
): Given {
  const refuse = (what: string): ProblemsError =>
    new ProblemsError([{ where: `npm run ${command}`, what, remedy: `Use it as: npm run ${usage}` }]);
  const { values, positionals } = parse(withSummaryFile(args, environment), refuse);
  for (const name of Object.keys(values)) {
    if (!takes.some((taken) => taken === name)) throw refuse(`does not take --${name}`);
  }
  const wait = Number(values.wait ?? defaultWait);
  if (!Number.isInteger(wait) || wait < 0)
    throw refuse(`wants a number of seconds after --wait, not "${values.wait}"`);
  return {
    names: positionals,
    all: values.all ?? false,
    allowDestroy: values['allow-destroy'] ?? [],
    json: values.json ?? false,
    summary: values.summary,
    until: values.until,
    upgrade: values.upgrade ?? false,
    wait,
    yes: values.yes ?? false,
  };
}

function parse(args: readonly string[], refuse: (what: string) => ProblemsError) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (cause) {
    const [said] = (cause instanceof Error ? cause.message : String(cause)).split(/[.\n] ?/);
    throw refuse(`does not understand it (${said})`);
  }
}

/** `--summary` alone means the summary of a GitHub job where there is one, and standard output elsewhere. */
function withSummaryFile(args: readonly string[], environment: Environment): string[] {
  return args.map((one) =>
    one === '--summary' ? `--summary=${environment['GITHUB_STEP_SUMMARY'] ?? '-'}` : one,
  );
}
