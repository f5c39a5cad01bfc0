import type { ParseArgsConfig } from 'node:util';
import { type Given, type Usage, runCommand } from '@home/command';
import { inExampleHome } from './in-example-home';
import { type Report, choose } from './lanes';
import { type Outcome, formatTally, hasFailed } from './outcome';
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
    const begin = Date.now();
    const outcomes: Outcome[] = [];
    const report: Report = ({ lines, outcomes: its }) => {
      outcomes.push(...its);
      console.log(lines.join('\n'));
    };
    const chosen = choose(scenes, values);
    const why = await whyNot?.(values);
    if (why === undefined) await play(chosen, values, report);
    else skipAll(chosen, why, report);
    console.log(`in ${Math.round((Date.now() - begin) / 1000)} s`);
    console.log(formatTally(outcomes));
    return hasFailed(outcomes) ? 1 : 0;
  });
}

/** Says of every scene that it is not played, and why. */
export function skipAll(scenes: readonly { readonly title: string }[], why: string, report: Report): void {
  for (const scene of scenes) report(skipped(scene, why));
}
