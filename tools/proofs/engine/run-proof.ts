import type { ParseArgsConfig } from 'node:util';
import {
  type Given,
  type Usage,
  fold,
  formatSeconds,
  openTerminal,
  runCommand,
  widthOf,
} from '@home/command';
import { inExampleHome } from './in-example-home';
import { type Report, choose } from './lanes';
import { type Outcome, formatOutcome, formatTally } from './outcome';
import { type Scene, skipped } from './scene';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that several proofs take: a selection of scenes. */
export const commonOptions = {
  short: { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
} as const;

/** What is proved, and how. */
export interface Proof<Values, Stage> {
  readonly scenes: readonly Scene<Stage>[];
  /** Why nothing can be proved here; then each scene that was chosen says so. */
  readonly whyNot?: (values: Values) => string | undefined | Promise<string | undefined>;
  /** Plays the scenes that were chosen. */
  readonly play: (chosen: readonly Scene<Stage>[], values: Values, report: Report) => void | Promise<void>;
  /** What to do instead of all that where the options ask for it, and with which exit code. */
  readonly instead?: (values: Values) => Promise<number> | undefined;
}

/** Runs a proof as a command: prints every scene as it ends and closes with one line, `12 passed, 0 failed`. */
export function runProof<const O extends Options, Stage>(
  usage: Usage<O>,
  { scenes, whyNot, play, instead }: Proof<Given<O>['values'], Stage>,
): void {
  runCommand(usage, async ({ values }) => {
    // Of those that take `homeOption`.
    const { home = '' }: { readonly home?: string } = values as object;
    const done = home === '' ? instead?.(values) : inExampleHome(home);
    if (done !== undefined) return done;
    const terminal = openTerminal();
    const outcomes: Outcome[] = [];
    const chosen = choose(scenes, values);
    let begun = 0;
    const running = new Set<string>();
    const report: Report = {
      begins({ title, seconds = 0 }) {
        const time = seconds > 0 ? `, about ${formatSeconds(seconds)}` : '';
        running.add(title);
        terminal.step(`${title}${time}`, (begun += 1), chosen.length);
      },
      ends({ lines, outcomes: its }, { title }) {
        running.delete(title);
        outcomes.push(...its);
        terminal.say(fold(lines.join('\n'), widthOf(process.stdout)));
        // Of those in other lanes.
        terminal.status([...running].at(-1) ?? '');
      },
    };
    const why = await whyNot?.(values);
    if (why === undefined) await play(chosen, values, report);
    else skipAll(chosen, why, report);
    // Once more where it is looked for: the end of a long log.
    const red = outcomes.filter(({ result }) => result === 'failed');
    if (chosen.length > 1)
      for (const outcome of red) terminal.say(fold(formatOutcome(outcome), widthOf(process.stdout)));
    terminal.say(`in ${terminal.elapsed()}`);
    terminal.say(formatTally(outcomes));
    return red.length > 0 ? 1 : 0;
  });
}

/** Says of every scene that it is not played, and why. */
export function skipAll(scenes: readonly { readonly title: string }[], why: string, report: Report): void {
  for (const scene of scenes) report.ends(skipped(scene, why), scene);
}
