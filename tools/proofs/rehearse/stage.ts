import { isDeepStrictEqual } from 'node:util';
import { type Outcome, formatOutcome } from '../engine';
import pc from 'picocolors';
import { type House, lastWords } from './house/house';
import type { Ran, Running } from './house/run-command';
import type { Scene, Stage } from './scene';

/** The story cannot go on. */
class Stumble extends Error {}

/** A scene as it was played. */
export interface Played {
  /** What happened, to be read. */
  readonly story: readonly string[];
  readonly outcomes: readonly Outcome[];
}

/** Plays one scene in a house that is ready for it. */
export async function playScene(scene: Scene, house: House): Promise<Played> {
  const start = Date.now();
  const told: string[] = [];
  const outcomes: Outcome[] = [];
  const note = (outcome: Outcome) => {
    outcomes.push(outcome);
    told.push(`  ${formatOutcome(outcome)}`);
  };
  const stage: Stage = {
    house,
    tell: (line) => void told.push(`  ${line}`),
    async runs(command: Running, code = 0): Promise<Ran> {
      const ran = await command;
      told.push(pc.dim(`  $ ${typed(ran)} → ${ran.code} (${ran.seconds.toFixed(1)} s)`));
      if (ran.code !== code)
        throw new Stumble(`${typed(ran)} ended with ${ran.code}, not ${code}:\n${lastWords(ran)}`);
      return ran;
    },
    async strikes(trouble, during) {
      const ended = await Promise.race([trouble.struck.then(() => undefined), during]);
      if (ended) throw new Stumble(`${typed(ended)} ended before the trouble struck:\n${lastWords(ended)}`);
    },
    holds: (what, does, otherwise) =>
      note({ what, result: does ? 'passed' : 'failed', detail: does ? undefined : otherwise }),
    equals(what, actual, expected) {
      const same = isDeepStrictEqual(actual, expected);
      note({
        what,
        result: same ? 'passed' : 'failed',
        detail: same ? undefined : difference(actual, expected),
      });
    },
  };
  try {
    await scene.play(stage);
  } catch (cause) {
    const detail =
      cause instanceof Stumble ? cause.message : String(cause instanceof Error ? cause.stack : cause);
    note({ what: 'the story goes on to its end', result: 'failed', detail });
  }
  const seconds = Math.round((Date.now() - start) / 1000);
  return { story: [`${pc.bold(scene.title)} ${pc.dim(`${seconds} s`)}`, ...told, ''], outcomes };
}

/** `npm run --silent deploy -- --yes` → `npm run deploy -- --yes`. */
const typed = ({ command }: Ran): string => command.replace(' --silent', '');

function difference(actual: unknown, expected: unknown): string {
  if (Array.isArray(actual) && Array.isArray(expected) && actual.length + expected.length > 10) {
    const [has, wants] = [actual, expected].map((list: unknown[]) => list.map((one) => JSON.stringify(one)));
    const [lacks, also] = [
      wants?.filter((one) => !has?.includes(one)),
      has?.filter((one) => !wants?.includes(one)),
    ];
    return `lacks [${lacks?.join(', ')}] and has also [${also?.join(', ')}]`;
  }
  return `is ${JSON.stringify(actual)} and should be ${JSON.stringify(expected)}`;
}
