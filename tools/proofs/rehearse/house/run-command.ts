import { spawn } from 'node:child_process';

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
export interface Running extends PromiseLike<Ran> {
  interrupt(): void;
}

/** Starts a program and gathers what it says. */
export function run(
  [program = '', ...args]: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Running {
  const start = Date.now();
  // A group of its own, as a shell gives it: Ctrl-C goes to all of it.
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let [output, all] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
  const ran = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        command: [program, ...args].join(' '),
        code,
        output,
        all,
        seconds: (Date.now() - start) / 1000,
      });
    });
  });
  const interrupt = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  };
  return { then: ran.then.bind(ran), interrupt };
}
