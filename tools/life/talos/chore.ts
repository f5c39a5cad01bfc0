import { existsSync } from 'node:fs';
import { quoteCommand, runProgram } from '@home/command';
import { type Home, type MachineFacts, addressOf } from '@home/home';
import { refuse } from '@home/terraform';
import { type NodeState, type Probe, accessFile } from '@life/machines';

/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** What the chores do to the world. */
export interface Shell {
  /** Runs a command that people watch. */
  run(command: CommandLine): Promise<void>;
  /** Runs a command for what it prints; undefined on a dry run, which asks nobody. */
  read(command: CommandLine): Promise<string | undefined>;
}

/** Where a program comes from when it is missing. */
const sources: Readonly<Record<string, string>> = {
  talosctl: 'Install it with `mise install`, or from https://github.com/siderolabs/talos/releases',
  kubectl: 'Install it with `mise install`, or from https://kubernetes.io/docs/tasks/tools/',
};

/** Runs commands for real. */
export function realShell(root: string): Shell {
  return {
    run: async (command) => void (await execute(root, command, true)),
    read: async (command) => execute(root, command, false),
  };
}

/** Says what would be run, and runs nothing. */
export function dryShell(say: (line: string) => void): Shell {
  return {
    run: async (command) => say(`would run: ${quoteCommand(command)}`),
    async read(command) {
      say(`would ask: ${quoteCommand(command)}`);
      return undefined;
    },
  };
}

async function execute(cwd: string, command: CommandLine, watched: boolean): Promise<string> {
  const [program, ...args] = command;
  const { exitCode, isMissing, stdout, complaint } = await runProgram(program, args, { cwd, watched });
  if (isMissing) refuse(program, 'must be installed', sources[program] ?? 'Install it');
  if (exitCode === 0) return stdout;
  refuse(
    program,
    `${quoteCommand(command)} ended with ${exitCode ?? 'a signal'}${watched || complaint === '' ? '' : `: ${complaint}`}`,
    'Fix what it reports and run the command again',
  );
}

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
export function nodeNamed({ home }: Workplace, [name]: readonly string[], usage: string): MachineFacts {
  const { machines: nodes } = home;
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

/**
 * A call of talosctl on some machines.
 *
 * @throws ProblemsError when there is no talosconfig yet
 */
export function talosctl(
  workplace: Workplace,
  nodes: readonly MachineFacts[],
  ...args: string[]
): CommandLine {
  const file = accessFile(workplace, 'talosconfig');
  if (!workplace.dryRun && !existsSync(file)) {
    refuse(file, 'must exist', 'Run `npm run talos -- talosconfig`, or name the file in TALOSCONFIG');
  }
  const addresses = nodes.map(addressOf);
  const [first] = addresses;
  // Each machine is asked itself, so that one that is away says nothing about another.
  const endpoints =
    addresses.length === 1 && first !== undefined ? first : controlPlanes(workplace).map(addressOf).join(',');
  const nodesGiven = ['--endpoints', endpoints, '--nodes', addresses.join(',')];
  return ['talosctl', ...args, '--talosconfig', file, ...nodesGiven];
}

/** The machines that run the control plane, the one that began it first. */
export function controlPlanes({ home }: Pick<Workplace, 'home'>): MachineFacts[] {
  return home.machines.filter(({ role }) => role === 'controlplane');
}

/** The machines that run pods only. */
export function workers({ home }: Pick<Workplace, 'home'>): MachineFacts[] {
  return home.machines.filter(({ role }) => role === 'worker');
}

/** The Talos that runs on a machine: `v1.13.9`; undefined on a dry run. */
export async function runningVersion(workplace: Workplace, node: MachineFacts): Promise<string | undefined> {
  const output = await workplace.shell.read(talosctl(workplace, [node], 'version'));
  if (output === undefined) return undefined;
  const version = /Server:[\s\S]*?Tag:\s+(v\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version !== undefined) return version;
  refuse(
    node.name,
    'must say which Talos it runs, but talosctl version does not',
    'Look at `npm run talos -- health`',
  );
}
