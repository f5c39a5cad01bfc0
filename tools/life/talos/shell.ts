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
    run: async (command) => void (await execute(root, command, 'inherit')),
    read: async (command) => execute(root, command, 'pipe'),
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

async function execute(
  cwd: string,
  [program, ...args]: CommandLine,
  stdout: 'inherit' | 'pipe',
): Promise<string> {
  // A dynamic import, since execa is an ES module only and this file runs as CommonJS.
  const { execa } = await import('execa');
  const stderr = stdout === 'pipe' ? 'pipe' : 'inherit';
  const result = await execa(program, args, { cwd, stdin: 'inherit', stdout, stderr, reject: false });
  if (result.exitCode === 0) return String(result.stdout ?? '');
  const missing = result.code === 'ENOENT';
  refuse(
    program,
    missing
      ? 'must be installed'
      : `${quote([program, ...args])} ended with ${result.exitCode ?? result.signal}${lastLine(result.stderr)}`,
    missing ? (sources[program] ?? 'Install it') : 'Mend what it says and run the command again',
  );
}

const lastLine = (text: unknown): string => {
  const line = typeof text === 'string' ? text.trim().split('\n').at(-1) : undefined;
  return line ? `: ${line}` : '';
};

/** A command as one could type it. */
export function quote(command: readonly string[]): string {
  return command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
