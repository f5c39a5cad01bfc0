import { startProgram } from '../../engine';

/** How a command ended. */
export interface Ran {
  /** As one would type it. */
  readonly command: string;
  readonly code: number | null;
  /** What it wrote to its standard output, and what to both. */
  readonly output: string;
  readonly all: string;
  readonly seconds: number;
}

/** A command that is under way. */
export type Running = Promise<Ran> & { interrupt(): void };

/** Starts a program and gathers what it says. */
export function run(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Running {
  const start = Date.now();
  const output: string[] = [];
  const program = startProgram(command, options, (line, from) => {
    if (from === 'stdout') output.push(line);
  });
  const ran = program.exit.then(({ code }) => ({
    command: command.join(' '),
    code,
    output: output.join('\n'),
    all: program.lines.join('\n'),
    seconds: (Date.now() - start) / 1000,
  }));
  // As a shell does it: Ctrl-C goes to the whole group.
  return Object.assign(ran, { interrupt: () => program.signal('SIGINT') });
}
