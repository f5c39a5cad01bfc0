import type { Home, NodeFacts } from '@home/home';
import type { NodeState, Probe } from '@life/machines';
import { refuse } from '@home/terraform';
import type { Shell } from './shell';

/** One run of a chore: where, on which home, with what. */
export interface Workplace {
  /** The root of the repository. */
  readonly root: string;
  readonly home: Home;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly shell: Shell;
  readonly probe: Probe;
  readonly dryRun: boolean;
  say(line: string): void;
  /** Asks at the terminal; undefined where nobody can answer. */
  ask(question: string): Promise<string | undefined>;
}

/** What followed the chore's name. */
export interface Given {
  readonly names: readonly string[];
  /** A version to go to, other than the one in the facts. */
  readonly to: string | undefined;
}

/** All is well, something is wrong, or something is due. */
export type ExitCode = 0 | 1 | 2;

/** One chore: `npm run talos -- NAME`. */
export interface Chore {
  /** What follows `npm run talos --`. */
  readonly usage: string;
  /** What it does, in one line. */
  readonly summary: string;
  run(workplace: Workplace, given: Given): Promise<ExitCode>;
}

/**
 * The machine that a chore is about.
 *
 * @throws ProblemsError when none is named, or one that the home does not have
 */
export function nodeNamed({ home }: Workplace, [name]: readonly string[], usage: string): NodeFacts {
  const { nodes } = home.network;
  const node = nodes.find((one) => one.name === name);
  if (node !== undefined) return node;
  const known = nodes.map((one) => one.name).join(', ');
  if (name === undefined)
    refuse(`npm run talos -- ${usage}`, 'needs the name of a node', `Name one of ${known}`);
  refuse(`node "${name}"`, 'must be a machine of libs/home/facts.ts', `Name one of ${known}`);
}

/** How a machine answers, in words. */
export const stateInWords: Readonly<Record<NodeState, string>> = {
  blank: 'waits for a configuration (maintenance mode)',
  configured: 'has a configuration',
  away: 'does not answer',
};
