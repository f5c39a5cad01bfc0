import type { ParseArgsConfig } from 'node:util';
import { type Given, type Usage, runCommand } from '@home/command';
import type { Report } from './lanes';
import { type Outcome, formatTally, hasFailed } from './outcome';
import { skipped } from './scene';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that several proofs take; `choose` understands the first two. */
export const commonOptions = {
  short: { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
} as const;

/**
 * Runs a proof as a command: prints every scene as it ends and closes with one line, `12 passed, 0 failed`.
 *
 * @param prove plays the scenes and reports them
 * @param otherwise what to do instead where the options ask for it, and with which exit code
 */
export function runProof<const O extends Options>(
  usage: Usage<O>,
  prove: (values: Given<O>['values'], report: Report) => void | Promise<void>,
  otherwise?: (values: Given<O>['values']) => Promise<number> | undefined,
): void {
  runCommand(usage, async ({ values }) => {
    const instead = otherwise?.(values);
    if (instead !== undefined) return instead;
    const begin = Date.now();
    const outcomes: Outcome[] = [];
    await prove(values, ({ lines, outcomes: its }) => {
      outcomes.push(...its);
      console.log(lines.join('\n'));
    });
    console.log(`in ${Math.round((Date.now() - begin) / 1000)} s`);
    console.log(formatTally(outcomes));
    return hasFailed(outcomes) ? 1 : 0;
  });
}

/** Says of every scene that it is not played, and why. */
export function skipAll(scenes: readonly { readonly title: string }[], why: string, report: Report): void {
  for (const scene of scenes) report(skipped(scene, why));
}
