import { type Problem, ProblemsError } from '@home/terraform';
import { type Place } from '../graph/layout';

/** Looks on while the home is loaded. */
export interface Watcher {
  /** A place is about to be loaded. */
  begin(place: Place): void;
  /** It is loaded, or failed to be. Returns what it did besides making values. */
  end(): readonly Problem[];
  /** Gives clock, chance and environment other values while something is loaded, and lets nothing be printed. */
  inAnotherWorld<Result>(load: () => Result): Result;
  /** What a place read through packages when it was loaded last: `the clock (Date.now)`. */
  sourcesOf(place: Place): readonly string[];
}

/** In the process of a command nobody looks on: there nothing of the home is loaded that could change what it does. */
let watcher: Watcher | undefined;

/** From now on this one looks on. */
export function watchWith(one: Watcher): void {
  watcher = one;
}

/**
 * Loads a place under the eyes of whoever watches.
 *
 * @throws ProblemsError with what it did besides making values
 */
export function watched<Exported>(place: Place, load: () => Exported): Exported {
  watcher?.begin(place);
  try {
    const exported = load();
    complain();
    return exported;
  } catch (cause) {
    complain(cause);
    throw cause;
  }

  function complain(cause?: unknown): void {
    const seen = watcher?.end() ?? [];
    if (seen.length > 0) throw new ProblemsError(seen, { cause });
  }
}

/** Loads with another clock, other chance and another environment. */
export function inAnotherWorld<Result>(load: () => Result): Result {
  return watcher === undefined ? load() : watcher.inAnotherWorld(load);
}

/** What a place read through packages when it was loaded last, such as `chance (crypto.randomUUID)`. */
export const sourcesOf = (place: Place): readonly string[] => watcher?.sourcesOf(place) ?? [];
