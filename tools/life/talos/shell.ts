import { runProgram } from '@home/command';
import { refuse } from '@home/terraform';

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
    run: async (command) => say(`would run: ${quote(command)}`),
    async read(command) {
      say(`would ask: ${quote(command)}`);
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
    `${quote(command)} ended with ${exitCode ?? 'a signal'}${watched || complaint === '' ? '' : `: ${complaint}`}`,
    'Fix what it reports and run the command again',
  );
}

/** A command as one could type it. */
export function quote(command: readonly string[]): string {
  return command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
