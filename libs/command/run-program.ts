import { type Environment, withoutMeddling } from './read-environment';

/** How a program is run. */
export interface ProgramOptions {
  /** Where; in this process' own folder, if left out. */
  readonly cwd?: string;
  /** With what; with this process' own environment, if left out. */
  readonly env?: Environment;
  /** People watch it and may answer it: it reads from and writes to this process' own terminal. */
  readonly watched?: boolean;
  /** Milliseconds after which it is ended. */
  readonly timeout?: number;
}

/** What a program left. */
export interface Ended {
  /** Undefined when it did not start, or a signal ended it. */
  readonly exitCode: number | undefined;
  /** There is no such program. */
  readonly isMissing: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it failed, on one line: the last that it said, or what the system says. */
  readonly complaint: string;
}

/**
 * Runs a program to its end, without a shell. Terraform's variables that would change what it does reach none.
 *
 * @param program its name or path
 * @param args no secrets: everybody on the machine can read them
 * @returns what it left, also when it failed
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env = process.env, watched = false, timeout }: ProgramOptions = {},
): Promise<Ended> {
  // A dynamic import, since execa is an ES module only and this file runs as CommonJS.
  const { execa } = await import('execa');
  const output = watched ? 'inherit' : 'pipe';
  // With execa's own type of a result, which follows its options, this one line took the compiler seconds.
  const running: Promise<{
    readonly exitCode?: number;
    readonly code?: string;
    readonly stdout?: unknown;
    readonly stderr?: unknown;
    readonly shortMessage?: string;
  }> = execa(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(timeout === undefined ? {} : { timeout }),
    env: withoutMeddling(env),
    extendEnv: false,
    stdin: watched ? 'inherit' : 'ignore',
    stdout: output,
    stderr: output,
    maxBuffer: 256 << 20,
    reject: false,
  });
  const { exitCode, code, stdout, stderr, shortMessage } = await running;
  const said = String(stderr ?? '').trim();
  return {
    exitCode,
    isMissing: code === 'ENOENT',
    stdout: String(stdout ?? ''),
    stderr: String(stderr ?? ''),
    complaint: (said || (shortMessage ?? '')).split('\n').at(-1) ?? '',
  };
}

/**
 * Runs a program for what it prints.
 *
 * @returns its standard output
 * @throws Error with the last line of its complaint, when it fails
 */
export async function readProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { exitCode, stdout, complaint } = await runProgram(program, args, options);
  if (exitCode !== 0) throw new Error(complaint);
  return stdout;
}
