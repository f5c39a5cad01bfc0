import { formatSeconds } from '@home/command';
import pc from 'picocolors';
import { type Outcome, formatOutcome } from './outcome';

/** One thing that is proved, on a stage that is the proof's own. */
export interface Scene<Stage> {
  /** A sentence about what holds. */
  readonly title: string;
  /** In the selection that `npm run check` plays. */
  readonly short?: boolean;
  /** Takes a guard away, and must see another scene fail: played with `--guards`, and nothing else then. */
  readonly withoutGuard?: boolean;
  /** About how long it takes: the longest are played first, so that all lanes end at about the same time. */
  readonly seconds?: number;
  /** Why it cannot be played here, for want of a program, say. */
  readonly impossible?: (stage: Stage) => string | undefined;
  /**
   * Plays it; throws when it does not hold.
   *
   * @returns what was measured, or nothing where each expectation was noted by itself
   */
  readonly play: (stage: Stage, notes: Notes) => string | void | Promise<string | void>;
}

/** Where a scene with a longer story writes down what happens. */
export interface Notes {
  /** A line of the story. */
  tell(line: string): void;
  /** How one of several expectations went; the story goes on. */
  note(outcome: Outcome): void;
}

/** A scene as it was played. */
export interface Played {
  /** What happened, to be read. */
  readonly lines: readonly string[];
  readonly outcomes: readonly Outcome[];
}

/** Something that must hold did not. */
export class Disproved extends Error {}

/** Demands that something holds. */
export function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Disproved(otherwise.trim());
}

/** Demands that a play fails on what it demands, as it must when the thing it proves was taken away. */
export async function demandDisproved(play: () => Promise<unknown>): Promise<string> {
  try {
    await play();
  } catch (cause) {
    if (cause instanceof Disproved) return `caught: ${cause.message}`;
    throw cause;
  }
  throw new Disproved('nothing was noticed');
}

/**
 * Plays one scene. What it notes is shown below its title; a scene that notes nothing is one line.
 *
 * @param kept where what failed can be looked at
 */
export async function playScene<Stage>(scene: Scene<Stage>, stage: Stage, kept?: string): Promise<Played> {
  const { title } = scene;
  const why = scene.impossible?.(stage);
  if (why !== undefined) return skipped(scene, why);
  const begin = Date.now();
  const lines: string[] = [];
  const outcomes: Outcome[] = [];
  const notes: Notes = {
    tell: (line) => void lines.push(`  ${line}`),
    note(outcome) {
      outcomes.push(outcome);
      lines.push(`  ${formatOutcome(outcome)}`);
    },
  };
  const seconds = (): string => formatSeconds((Date.now() - begin) / 1000);
  let end: Outcome | undefined;
  try {
    const measured = await scene.play(stage, notes);
    if (lines.length === 0)
      end = { what: title, result: 'passed', detail: [measured, `(${seconds()})`].filter(Boolean).join(' ') };
  } catch (cause) {
    const detail = whatWentWrong(cause);
    if (lines.length > 0) notes.note({ what: 'the story goes on to its end', result: 'failed', detail });
    else {
      const where = kept === undefined ? seconds() : `${seconds()}; ${kept}`;
      end = { what: title, result: 'failed', detail: `${detail} (${where})` };
    }
  }
  if (end !== undefined) return { lines: [formatOutcome(end)], outcomes: [end] };
  return { lines: [`${pc.bold(title)} ${pc.dim(seconds())}`, ...lines, ''], outcomes };
}

/** A scene that was not played: loud, and no success. */
export function skipped({ title }: { readonly title: string }, why: string): Played {
  const outcome: Outcome = { what: title, result: 'skipped', detail: why };
  return { lines: [formatOutcome(outcome)], outcomes: [outcome] };
}

/** A scene that failed before, or without, being played to its end. */
export function failed({ title }: { readonly title: string }, why: string): Played {
  const outcome: Outcome = { what: title, result: 'failed', detail: why };
  return { lines: [formatOutcome(outcome)], outcomes: [outcome] };
}

/** Only a bug of the proof itself needs its stack. */
function whatWentWrong(cause: unknown): string {
  if (cause instanceof Disproved) return cause.message;
  return String(cause instanceof Error ? cause.stack : cause);
}
