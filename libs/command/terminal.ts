import { createInterface } from 'node:readline/promises';
import { refuse } from '@home/terraform';
import pc from 'picocolors';
import { type Sheet, cut, fold, widthOf } from './width';

export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command speaks: results go to standard output, everything else to standard error. */
export interface Terminal {
  /** Somebody is there to answer a question. */
  readonly interactive: boolean;
  readonly colors: Colors;
  /** A line of the result. */
  say(line: string): void;
  /** A line about what is going on. */
  note(line: string): void;
  /**
   * A step of something long begins: `2 of 7: restoring memos`. At a terminal that is the one line that moves, with the
   * time since the command began at its end; elsewhere it is a line of its own.
   */
  step(what: string, at: number, of: number): void;
  /** What the step is about this moment; nothing where nobody looks on. */
  status(line: string): void;
  /** Asks and gives the answer, or undefined when there will be none. */
  ask(question: string): Promise<string | undefined>;
  /** The time since the command began, `3 min 20 s`. */
  elapsed(): string;
}

/** A time for people: `8 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return `${whole} s`;
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What of this process a terminal is. */
interface Streams {
  readonly stdin: NodeJS.ReadableStream & Sheet;
  readonly stdout: NodeJS.WritableStream & Sheet;
  readonly stderr: NodeJS.WritableStream & Sheet;
}

let own: Terminal | undefined;

/** The terminal that this process was started at, or the pipes of a CI job: the same one for all who ask. */
export const openTerminal = (): Terminal => (own ??= terminalOn(process));

/** A terminal on streams: tests bring their own. */
export function terminalOn({ stdin, stdout, stderr }: Streams): Terminal {
  const live = stderr.isTTY === true && process.env['TERM'] !== 'dumb';
  const begin = Date.now();
  const elapsed = (): string => formatSeconds((Date.now() - begin) / 1000);
  let place = '';
  let moving = '';
  let shown = false;
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    if (shown) stderr.write('\r\x1b[K');
    shown = false;
  };
  const draw = (): void => {
    const time = ` · ${elapsed()}`;
    clear();
    stderr.write(`${cut(moving, widthOf(stderr) - 1 - time.length)}${time}`);
    shown = true;
  };
  const move = (line: string): void => {
    if (!live) return;
    clear();
    clearInterval(timer);
    moving = line;
    if (line === '') return;
    draw();
    // A program that takes its time says nothing; it must not keep this one from ending, either.
    timer = setInterval(draw, 1000).unref();
  };
  return {
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    colors: pc.createColors(pc.isColorSupported && stdout.isTTY === true && stderr.isTTY === true),
    elapsed,
    say(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    note(line) {
      clear();
      stderr.write(`${fold(line, widthOf(stderr))}\n`);
    },
    step(what, at, of) {
      place = of > 1 ? `${at} of ${of}: ` : '';
      if (live) move(`${place}${what}`);
      else stderr.write(`${place}${what}\n`);
    },
    status(line) {
      move(line === '' ? '' : `${place}${line}`);
    },
    async ask(question) {
      move('');
      const lines = createInterface({ input: stdin, output: stderr });
      // Without a listener Ctrl-C would end the process as if all were well.
      const cancelled = new Promise<undefined>((resolve) => {
        lines.once('SIGINT', () => resolve(undefined));
        lines.once('close', () => resolve(undefined));
      });
      try {
        return await Promise.race([lines.question(question), cancelled]);
      } finally {
        lines.close();
      }
    },
  };
}

/**
 * Lets something speak that goes on beside something else: its lines wait until they are released, and only from then on
 * it shows what is going on this moment.
 */
export function holdLines(terminal: Terminal): { readonly terminal: Terminal; release(): void } {
  let waiting: (() => void)[] | undefined = [];
  const inTurn = (speak: (line: string) => void) => (line: string) => {
    if (waiting === undefined) speak(line);
    else waiting.push(() => speak(line));
  };
  return {
    terminal: {
      ...terminal,
      say: inTurn(terminal.say),
      note: inTurn(terminal.note),
      status(line) {
        if (waiting === undefined) terminal.status(line);
      },
    },
    release() {
      for (const speak of waiting ?? []) speak();
      waiting = undefined;
    },
  };
}

/**
 * Asks before something is done that was shown.
 *
 * @param yes what `--yes` says
 * @returns false when the answer is no
 * @throws ProblemsError when nobody is there to answer and nobody said yes beforehand
 */
export async function approve(
  terminal: Terminal,
  where: string,
  question: string,
  yes: boolean,
): Promise<boolean> {
  if (yes) return true;
  if (!terminal.interactive) {
    refuse(
      where,
      'asks a question, but there is no terminal to answer it at',
      'Run it with --yes to agree beforehand; nothing was changed',
    );
  }
  const answer = await terminal.ask(`${question} [y/N] `);
  return /^(y|yes)$/i.test(answer?.trim() ?? '');
}
