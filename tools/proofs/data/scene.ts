import type { Stage } from './stage';

/** How much of a suite is played. */
export interface Amount {
  /** A selection that fits into a check. */
  readonly short: boolean;
  readonly gracefulRounds: number;
  readonly hardRounds: number;
}

/** One thing that is proved. */
export interface Scene {
  /** A sentence about what holds. */
  readonly title: string;
  /** In the selection that `npm run check` plays. */
  readonly short?: boolean;
  /** About how long it takes; the longest are played first. */
  readonly seconds: number;
  /** Why it cannot be played here. */
  readonly impossible?: (stage: Stage) => string | undefined;
  /** Plays it; returns what was measured and throws when it does not hold. */
  readonly play: (stage: Stage, amount: Amount) => Promise<string>;
}

/** Something that must hold did not. */
export class Disproved extends Error {}

/** Demands that something holds. */
export function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Disproved(otherwise);
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
