import type { Problem } from '@home/terraform';

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
export function mistake(path: string, value: unknown, must: string, remedy: string): Problem {
  const shown = value === undefined ? 'is missing and' : JSON.stringify(value);
  return { where: factsFile, what: `${path} ${shown} ${must}`, remedy };
}

/** The mistake that a value is none of those allowed; none when it is one of them. */
export function oneOf(path: string, value: unknown, allowed: readonly string[]): Problem[] {
  if (allowed.some((one) => one === value)) return [];
  const choices = allowed.map((one) => `"${one}"`).join(', ');
  return [mistake(path, value, `must be one of ${choices}`, 'Write one of them')];
}

/** The mistakes of values that occur more than once; `path` names the later one. */
export function unique(values: readonly { path: string; value: string; of: string }[]): Problem[] {
  const first = new Map<string, string>();
  return values.flatMap(({ path, value, of }) => {
    const taken = first.get(value);
    if (taken === undefined) first.set(value, path);
    return taken === undefined
      ? []
      : [mistake(path, value, `must be unique, but ${taken} has it, too`, `Give each ${of} of its own`)];
  });
}
