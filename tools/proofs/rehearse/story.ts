import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readRootModule } from '@life/terraform';
import pc from 'picocolors';
import { Disproved, type Notes, type Scene } from '../engine';
import { type House, lastWords } from './house/house';
import type { Ran, Running } from './house/run-command';
import type { Made } from './stand-in/trouble';

interface Setting {
  /** In the selection that `npm run check` plays. */
  readonly short?: boolean;
  /** What the house is when the curtain rises; deployed, if left out. */
  readonly from?: 'empty' | 'deployed';
  /** With which providers it can be played: most scenes look behind them, or make them misbehave. */
  readonly providers?: 'stand-ins' | 'real' | 'any';
  /** What a home may lack, and the scene is about: a provider of one of its stacks. */
  readonly needs?: readonly [stack: string, provider: string];
  /** About how long it takes. */
  readonly seconds?: number;
}

/** One part of the life of a home; unless told otherwise it starts with a home where everything is in place. */
export function scene(
  title: string,
  { short = false, from = 'deployed', providers = 'stand-ins', needs, seconds = 30 }: Setting,
  play: (story: Story) => Promise<void>,
): Scene<House> {
  return {
    title,
    short,
    seconds,
    impossible: (house) => lackOf(house, needs) ?? whyNot(house, providers),
    async play(house, notes) {
      // What was done to real systems cannot be taken back: there each scene goes on where the last one ended.
      if (!house.isReal) await house.load(from);
      return play(new Story(house, notes));
    },
  };
}

function lackOf({ plot }: House, needs: Setting['needs']): string | undefined {
  if (needs === undefined || uses(plot.from, ...needs)) return undefined;
  const [stack, provider] = needs;
  return `nothing in this home’s stack ${stack} uses ${provider}`;
}

/** Whether a home has a stack that uses a provider. */
export const uses = (root: string, stack: string, provider: string): boolean =>
  existsSync(join(root, 'terraform', stack)) && readRootModule(root, stack).providers.has(provider);

function whyNot({ isReal, plot }: House, wanted: 'stand-ins' | 'real' | 'any'): string | undefined {
  if (!isReal) return wanted === 'real' ? 'stand-ins cannot show it; see REHEARSE_PROVIDERS=real' : undefined;
  if (wanted === 'stand-ins')
    return 'it looks behind the providers or makes them misbehave, which real ones do not allow';
  return wanted === 'any' && plot.real?.providers.length === 0 ? 'no real system was named' : undefined;
}

/** What a scene of the rehearsal is played with: a house, and ways to tell what happens in it. */
export class Story {
  constructor(
    readonly house: House,
    readonly notes: Notes,
  ) {}

  /** A line of the story. */
  readonly tell = (line: string): void => this.notes.tell(line);

  /** Waits for a command, which has to end with the given exit code for the story to go on. */
  readonly runs = async (command: Running, code = 0): Promise<Ran> => {
    const ran = await command;
    this.tell(pc.dim(`$ ${typed(ran)} → ${ran.code} (${ran.seconds.toFixed(1)} s)`));
    if (ran.code !== code)
      throw new Disproved(`${typed(ran)} ended with ${ran.code}, not ${code}:\n${lastWords(ran)}`);
    return ran;
  };

  /** Waits for trouble to strike while a command runs, which must not end before. */
  readonly strikes = async (trouble: Made, during: Running): Promise<void> => {
    const ended = await Promise.race([trouble.struck.then(() => undefined), during]);
    if (ended) throw new Disproved(`${typed(ended)} ended before the trouble struck:\n${lastWords(ended)}`);
  };

  /** Notes whether something holds; the story goes on. */
  readonly holds = (what: string, does: boolean, otherwise?: string): void =>
    this.notes.note({ what, result: does ? 'passed' : 'failed', detail: does ? undefined : otherwise });

  /** Notes whether two values are alike. */
  readonly equals = (what: string, actual: unknown, expected: unknown): void =>
    this.holds(what, isDeepStrictEqual(actual, expected), difference(actual, expected));
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
