import { createInterface } from 'node:readline/promises';
import { refuse } from '@home/terraform';
import pc from 'picocolors';

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
  /** What is going on this moment: one line that the next one replaces; nothing where nobody looks on. */
  status(line: string): void;
  /** Asks and gives the answer, or undefined when there will be none. */
  ask(question: string): Promise<string | undefined>;
}

/** The terminal that this process was started at, or the pipes of a CI job. */
export function openTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  const live = stderr.isTTY === true;
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write('\r\x1b[K');
    shown = false;
  };
  return {
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    colors: pc.createColors(pc.isColorSupported && stdout.isTTY === true),
    say(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    note(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    status(line) {
      if (!live) return;
      clear();
      stderr.write(line.slice(0, (stderr.columns || 80) - 1));
      shown = true;
    },
    async ask(question) {
      clear();
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
