import { isPlainObject } from '@home/terraform';

/** An argument, and what it was and is; undefined where there was or is none. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What two values differ in, and nothing of what both have.
 *
 * Entries of a list are named by their `name`, as the variables of a container are, or else by their place.
 *
 * @param path what leads to both
 */
export function differences(before: unknown, after: unknown, path: string): Difference[] {
  if (isPlainObject(before) && isPlainObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      differences(before[name], after[name], path === '' ? name : `${path}.${name}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return byName(before, after, path) ?? byPlace(before, after, (index) => `${path}[${index}]`);
  }
  if (isText(before) && isText(after)) {
    return byPlace(before.split('\n'), after.split('\n'), (index) => `${path}:${index + 1}`);
  }
  return isSame(before, after) ? [] : [{ path, before, after }];
}

/** Text of several lines, such as a mounted file. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Undefined where entries have no names of their own, or their order changed, which may mean something. */
function byName(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): Difference[] | undefined {
  const [old, now] = [named(before), named(after)];
  if (old === undefined || now === undefined) return undefined;
  const kept = [...old.keys()].filter((name) => now.has(name));
  const keptNow = [...now.keys()].filter((name) => old.has(name));
  if (kept.length === 0 || !isSame(kept, keptNow)) return undefined;
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    differences(old.get(name), now.get(name), `${path}[${name}]`),
  );
}

function named(list: readonly unknown[]): Map<string, unknown> | undefined {
  const found = new Map<string, unknown>();
  for (const entry of list) {
    const name = isPlainObject(entry) ? entry['name'] : undefined;
    if (typeof name !== 'string' || found.has(name)) return undefined;
    found.set(name, entry);
  }
  return found;
}

/** Leaves out what both begin and end with. */
function byPlace(
  before: readonly unknown[],
  after: readonly unknown[],
  pathOf: (index: number) => string,
): Difference[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end++;
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  return Array.from({ length: Math.max(old.length, now.length) }).flatMap((_, index) =>
    differences(old[index], now[index], pathOf(start + index)),
  );
}
