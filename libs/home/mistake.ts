import { type PathedProblem, quoted } from './check-against';

/** Where all facts stand, as messages name it. */
export const factsFile = 'libs/home/facts.ts';

/**
 * A mistake in the facts.
 *
 * @param path where the value stands, such as `network.nodes[0].addresses.v4`
 * @param value the value that does not hold
 * @param must what must hold, such as `must be an IPv4 address`
 * @param remedy what to do
 */
export function mistake(path: string, value: unknown, must: string, remedy: string): PathedProblem {
  return { where: factsFile, what: `${path} ${quoted(value)} ${must}`, remedy, path };
}

/**
 * The mistakes of values that occur more than once, each at the later one.
 *
 * @param what what each has of its own, such as `node a name`
 */
export function* unique(
  what: string,
  values: readonly { path: string; value: string }[],
): Generator<PathedProblem> {
  const first = new Map<string, string>();
  for (const { path, value } of values) {
    const taken = first.get(value);
    if (taken === undefined) first.set(value, path);
    else
      yield mistake(path, value, `must be unique, but ${taken} has it too`, `Give each ${what} of its own`);
  }
}
