import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from '@home/files';
import { demand } from './scene';

/** How a program ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that runs beside this process, in a process group of its own. */
export interface Program {
  readonly pid: number | undefined;
  /** What it wrote so far. */
  readonly lines: readonly string[];
  readonly exit: Promise<Exit>;
  readonly ended: () => Exit | undefined;
  /** Sends a signal to all its processes, or to the first one alone. */
  readonly signal: (signal: NodeJS.Signals, to?: 'all' | 'first') => void;
  /** Tells it to end, and waits until it has. */
  readonly stop: () => Promise<void>;
}

/** How a program is started. */
interface Start {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The end of its first process ends all of them, as in a container. */
  readonly endsTogether?: boolean;
}

/**
 * Starts a program. One that cannot be started ends with 127, as in a shell, and its one line says why.
 *
 * @param onLine called with every line it writes, as it comes
 */
export function startProgram(
  [program = '', ...args]: readonly string[],
  { endsTogether = false, ...options }: Start = {},
  onLine: (line: string, from: 'stdout' | 'stderr') => void = () => undefined,
): Program {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lines: string[] = [];
  let ended: Exit | undefined;
  for (const from of ['stdout', 'stderr'] as const) {
    createInterface({ input: child[from] }).on('line', (line) => {
      lines.push(line);
      onLine(line, from);
    });
  }
  const signal: Program['signal'] = (which, to = 'all') => {
    if (ended !== undefined || child.pid === undefined) return;
    try {
      process.kill(to === 'all' ? -child.pid : child.pid, which);
    } catch (cause) {
      // It ended a moment ago.
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
    }
  };
  if (endsTogether) child.on('exit', () => signal('SIGKILL'));
  // Its group is its own, and Ctrl-C does not reach it.
  const forget = atExit(() => signal('SIGKILL'));
  const exit = new Promise<Exit>((resolve) => {
    const end = (how: Exit): void => {
      forget();
      resolve((ended ??= how));
    };
    child.on('close', (code, signal) => end({ code, signal }));
    child.on('error', (cause) => {
      lines.push(cause.message);
      end({ code: 127, signal: null });
    });
  });
  return {
    pid: child.pid,
    lines,
    exit,
    ended: () => ended,
    signal,
    stop: async () => {
      signal('SIGTERM');
      await exit;
    },
  };
}

/**
 * Waits until a program says by HTTP that it is ready.
 *
 * @param name what people call it
 * @param url where it says so
 * @throws Disproved with its last words, when it ends before or takes longer
 */
export async function untilReady(
  name: string,
  running: Program,
  url: string,
  seconds: number,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await isWell(url))) {
    const waits = running.ended() === undefined && Date.now() < end;
    demand(waits, `${name} does not become ready: ${running.lines.at(-1) ?? ''}`);
    await sleep(100);
  }
}

const isWell = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
