import { once } from 'node:events';
import { type WriteStream, createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment, Terminal } from '@home/command';
import { hidden, parseObject } from '../root-module';
import type { Binary } from '../session';

/** What running Terraform takes of a session. */
export interface Runner {
  readonly binary: Binary;
  readonly environment: Environment;
  readonly terminal: Terminal;
}

/** What one run of Terraform left. */
export interface Outcome {
  readonly exitCode: number;
  /** Errors and warnings that it reported as events. */
  readonly diagnostics: readonly Diagnostic[];
  /** What it printed besides events. */
  readonly output: string;
  /** What it wrote to standard error: its whole complaint, where it reported no events. */
  readonly complaint: string;
  readonly interrupted: boolean;
}

/**
 * Runs Terraform in a folder, and waits.
 *
 * It gets a process group of its own, so that Ctrl-C reaches it once, through us, and neither twice nor not at all. An
 * apply writes into a file instead of a pipe: a pipe breaks when we are killed, and Terraform would die of that with
 * objects that no state knows. So it ends its apply, and the next command hears it out (`leftApplies`).
 *
 * @param folder the root module
 * @param commands the command and its options; no secrets, everybody on the machine can read them
 * @param listen gets each event of `-json` as Terraform reports it
 */
export async function runTerraform(
  { binary, environment, terminal }: Runner,
  folder: string,
  commands: readonly string[],
  listen: Listen = () => {},
): Promise<Outcome> {
  const { execa } = await import('execa');
  const file = commands[0] === 'apply' ? await openLog(folder) : undefined;
  const traced = environment['TF_LOG'] && !environment['TF_LOG_PATH'];
  const child = execa(binary.name, [`-chdir=${folder}`, ...commands], {
    env: environment,
    extendEnv: false,
    detached: true,
    reject: false,
    buffer: { stdout: false, stderr: true },
    stdin: 'ignore',
    stdout: file ?? 'pipe',
    stderr: traced ? ['pipe', 'inherit'] : (file ?? 'pipe'),
  });
  const log = file === undefined ? undefined : hidden.applyLog(folder, process.pid, child.pid);
  if (log !== undefined) renameSync(hidden.applyLog(folder, process.pid), log);
  const input = log === undefined ? child.stdout : Readable.from(follow(log, child));
  const heard = await hear(input ?? Readable.from([]), (signal) => child.kill(signal), terminal, listen);
  const { exitCode, stderr, signal } = await child;
  // Killed, Terraform leaves its providers behind, which would go on by themselves. They are of its process group.
  if (signal !== undefined) endGroup(child.pid);
  file?.destroy();
  if (log !== undefined) rmSync(log, { force: true });
  return { exitCode: exitCode ?? 1, complaint: stderr ?? '', ...heard };
}

/** Gets each event as Terraform reports it. */
export type Listen = (event: Event) => void;

/** Takes in all that a Terraform says, and passes interrupts on to it meanwhile. */
export async function hear(
  input: Readable,
  kill: (signal: 'SIGINT' | 'SIGKILL') => void,
  terminal: Terminal,
  listen: Listen,
): Promise<Pick<Outcome, 'diagnostics' | 'output' | 'interrupted'>> {
  const watch = passInterruptsTo(kill, terminal);
  const diagnostics: Diagnostic[] = [];
  const output: string[] = [];
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      const event = readEvent(line);
      if (event === undefined) output.push(line);
      else {
        if (event.diagnostic !== undefined) diagnostics.push(event.diagnostic);
        listen(event);
      }
    }
    return { diagnostics, output: output.join('\n'), interrupted: watch.interrupted };
  } finally {
    watch.end();
  }
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/** A file for what an apply says, open: the system hands it to Terraform as it is. */
async function openLog(folder: string): Promise<WriteStream> {
  const file = hidden.applyLog(folder, process.pid);
  mkdirSync(dirname(file), { recursive: true });
  // Events name values, and only their owner may read those: a file that is there keeps its mode.
  rmSync(file, { force: true });
  const log = createWriteStream(file, { mode: 0o600, flags: 'wx' });
  await once(log, 'open');
  return log;
}

/** Everything that is written into a file until its writer has ended. */
export async function* follow(file: string, ended: Promise<unknown>): AsyncGenerator<Buffer> {
  let over = false;
  void ended.finally(() => (over = true));
  const handle = await open(file);
  try {
    for (;;) {
      const isLast = over;
      const { bytesRead, buffer } = await handle.read();
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      else if (isLast) return;
      else await sleep(50);
    }
  } finally {
    await handle.close();
  }
}

/** An error or a warning: https://developer.hashicorp.com/terraform/internals/machine-readable-ui#diagnostic */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** The resource it is about. */
  readonly address?: string;
  readonly range?: { readonly filename: string };
  /** The block that the range lies in: `resource.terraform_data.a.lifecycle.precondition[0]`. */
  readonly snippet?: { readonly context?: string };
}

/** One line of what Terraform tells with `-json`, as far as these commands listen. */
export interface Event {
  readonly type: string;
  readonly '@message': string;
  readonly diagnostic?: Diagnostic;
  readonly hook?: {
    readonly resource: { readonly addr: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  /** The whole state, when Terraform cannot write it anywhere else. */
  readonly state?: unknown;
}

/** The event that a line holds; undefined for lines that Terraform prints beside them. */
function readEvent(line: string): Event | undefined {
  const event = line.startsWith('{"@level"') ? parseObject(line) : undefined;
  return typeof event?.['@message'] === 'string' ? (event as unknown as Event) : undefined;
}

/** What is left of an interrupt of a running Terraform. */
interface Watch {
  readonly interrupted: boolean;
  /** Back to the signals' own meaning. */
  end(): void;
}

/** Two signals within this time are one Ctrl-C: the terminal sends it to npm and to us, and npm sends it on. */
const sameKeystroke = 1_000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Passes an interrupt on to a Terraform that runs in a process group of its own: once, whatever way it came, so that
 * Terraform finishes what it has begun, writes its state and gives back the lock. Asked a second time, Terraform stops
 * at once and may forget what it was about to write down.
 *
 * @param kill sends a signal to Terraform
 */
function passInterruptsTo(kill: (signal: 'SIGINT' | 'SIGKILL') => void, terminal: Terminal): Watch {
  let last = 0;
  let count = 0;
  const listen = (): void => {
    const now = Date.now();
    if (now - last < sameKeystroke) return;
    last = now;
    count += 1;
    if (count > 2) return;
    terminal.note(
      count === 1
        ? 'Interrupted: Terraform finishes what it has begun and gives back its lock. Please wait.'
        : 'Interrupted again: Terraform stops at once and may forget what it has just made.',
    );
    kill('SIGINT');
  };
  // A signal that only npm gets ends the shell between npm and us, and we hear nothing of it.
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid !== parent && count === 0) listen();
  }, 500);
  // Our own sudden end must not leave a Terraform behind that nobody watches.
  const leave = (): void => kill('SIGINT');
  for (const signal of signals) process.on(signal, listen);
  process.on('exit', leave);
  return {
    get interrupted() {
      return count > 0;
    },
    end() {
      clearInterval(orphaned);
      process.off('exit', leave);
      const release = (): void => signals.forEach((signal) => process.off(signal, listen));
      // The rest of a keystroke may come when Terraform has ended already, and must not end us instead.
      if (count === 0) release();
      else setTimeout(release, sameKeystroke).unref();
    },
  };
}
