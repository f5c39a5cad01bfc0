import { isDeepStrictEqual } from 'node:util';
import pc from 'picocolors';
import { Disproved, type Notes, type Scene } from '../engine';
import { type House, lastWords } from './house/house';
import type { Ran, Running } from './house/run-command';
import type { Made } from './stand-in/trouble';

/** What a scene of the rehearsal is played with: a house, and ways to tell what happens in it. */
export interface Story {
  readonly house: House;
  /** A line of the story. */
  tell(line: string): void;
  /** Waits for a command, which has to end with the given exit code for the story to go on. */
  runs(command: Running, code?: number): Promise<Ran>;
  /** Waits for trouble to strike while a command runs, which must not end before. */
  strikes(trouble: Made, during: Running): Promise<void>;
  /** Notes whether something holds; the story goes on. */
  holds(what: string, does: boolean, otherwise?: string): void;
  /** Notes whether two values are alike. */
  equals(what: string, actual: unknown, expected: unknown): void;
}

interface Setting {
  /** In the selection that `npm run check` plays. */
  readonly short?: boolean;
  /** What the house is when the curtain rises; deployed, if left out. */
  readonly from?: 'empty' | 'deployed';
  /** With which providers it can be played: most scenes look behind them, or make them misbehave. */
  readonly providers?: 'stand-ins' | 'real' | 'any';
  /** About how long it takes. */
  readonly seconds?: number;
}

/** One part of the life of a home; unless told otherwise it starts with a home where everything is in place. */
export function scene(
  title: string,
  { short = false, from = 'deployed', providers = 'stand-ins', seconds = 30 }: Setting,
  play: (story: Story) => Promise<void>,
): Scene<House> {
  return {
    title,
    short,
    seconds,
    impossible: (house) => whyNot(house, providers),
    play(house, notes) {
      // What was done to real systems cannot be taken back: there each scene goes on where the last one ended.
      if (!house.isReal) house.load(from);
      return play(storyIn(house, notes));
    },
  };
}

function whyNot({ isReal, realProviders }: House, wanted: 'stand-ins' | 'real' | 'any'): string | undefined {
  if (!isReal) return wanted === 'real' ? 'stand-ins cannot show it; see REHEARSE_PROVIDERS=real' : undefined;
  if (wanted === 'stand-ins')
    return 'it looks behind the providers or makes them misbehave, which real ones do not allow';
  return wanted === 'any' && realProviders.length === 0 ? 'no real system was named' : undefined;
}

function storyIn(house: House, { tell, note }: Notes): Story {
  return {
    house,
    tell,
    async runs(command, code = 0) {
      const ran = await command;
      tell(pc.dim(`$ ${typed(ran)} → ${ran.code} (${ran.seconds.toFixed(1)} s)`));
      if (ran.code !== code)
        throw new Disproved(`${typed(ran)} ended with ${ran.code}, not ${code}:\n${lastWords(ran)}`);
      return ran;
    },
    async strikes(trouble, during) {
      const ended = await Promise.race([trouble.struck.then(() => undefined), during]);
      if (ended) throw new Disproved(`${typed(ended)} ended before the trouble struck:\n${lastWords(ended)}`);
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
