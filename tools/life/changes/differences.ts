import { isDeepStrictEqual } from 'node:util';
import { formatSteps, isPlainObject } from '@home/terraform';

/** One argument that differs between what was and what is, or shall be. */
export interface Difference {
  /** `spec[0].template[0].spec[0].container[0].image` */
  readonly path: string;
  /** Undefined where there was none, or where it is nobody's business. */
  readonly old?: unknown;
  readonly new?: unknown;
  /** Both values are hidden. */
  readonly sensitive?: true;
  /** The new value is known only after the change. */
  readonly unknown?: true;
}

/** Stands for a value that nobody knows yet. JSON leaves it out. */
export const unknown = Symbol('known after apply');

/** Stands for a value that nobody may see, and still tells whether it stayed the same. */
export class Sensitive {
  constructor(readonly value: unknown) {}

  toJSON(): string {
    return '(sensitive)';
  }
}

/**
 * Where the values come from. Of what is `written` in a file, entries of a list belong together by their `name`, as the
 * variables of a container have one, or else by their place. In what is `planned` an argument is a list of blocks or of
 * plain values, which are one value, and all that is empty is the same as nothing, as for Terraform's providers.
 */
type Origin = 'written' | 'planned';

/** What two values differ in, the deepest arguments of it, and nothing of what both have. */
export function differences(old: unknown, now: unknown, origin: Origin): Difference[] {
  return compare('', old, now, origin);
}

function compare(path: string, old: unknown, now: unknown, origin: Origin): Difference[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (origin === 'planned' && isEmpty(old) && isEmpty(now)) return [];
  const members = membersOf(old, now, origin);
  if (members === undefined) return [difference(path.replace(/^\./, ''), old, now)];
  return members.flatMap(([step, one, other]) => compare(path + step, one, other, origin));
}

function difference(path: string, old: unknown, now: unknown): Difference {
  if (old instanceof Sensitive || now instanceof Sensitive) return { path, sensitive: true };
  return {
    path,
    old: old ?? undefined,
    ...(now === unknown ? { unknown: true as const } : { new: now ?? undefined }),
  };
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

type Member = readonly [step: string, old: unknown, now: unknown];

/** What to look into on both sides, with the step that leads there; undefined for values without common members. */
function membersOf(old: unknown, now: unknown, origin: Origin): Member[] | undefined {
  if (isPlainObject(old) && isPlainObject(now)) {
    const members = byKey(new Map(Object.entries(old)), new Map(Object.entries(now)));
    return members.map(([name, ...sides]) => [formatSteps([name]), ...sides]);
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    const isPlain = ![...old, ...now].every((entry) => typeof entry === 'object');
    if (origin === 'planned' && isPlain) return undefined;
    const same = origin === 'written' ? sameNames(old, now) : undefined;
    return same ?? byPlace(old, now, (index) => `[${index}]`);
  }
  if (isText(old) && isText(now)) {
    return byPlace(old.split('\n'), now.split('\n'), (index) => `:${index + 1}`);
  }
  return undefined;
}

/** Text of several lines, such as a mounted file. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

const byKey = (old: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): Member[] =>
  [...new Set([...old.keys(), ...now.keys()])].sort().map((key) => [key, old.get(key), now.get(key)]);

/** Undefined where entries have no names of their own, or their order changed, which may mean something. */
function sameNames(old: readonly unknown[], now: readonly unknown[]): Member[] | undefined {
  const [was, is] = [named(old), named(now)];
  if (was === undefined || is === undefined) return undefined;
  const kept = [...was.keys()].filter((name) => is.has(name));
  const keptNow = [...is.keys()].filter((name) => was.has(name));
  if (kept.length === 0 || !isDeepStrictEqual(kept, keptNow)) return undefined;
  return byKey(was, is).map(([name, ...sides]) => [`[${name}]`, ...sides]);
}

function named(list: readonly unknown[]): Map<string, unknown> | undefined {
  const names = list.map((entry) => (isPlainObject(entry) ? entry['name'] : undefined));
  const isNamed = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  return isNamed ? new Map(list.map((entry, index) => [String(names[index]), entry])) : undefined;
}

/** Leaves out what both begin and end with. */
function byPlace(
  old: readonly unknown[],
  now: readonly unknown[],
  stepOf: (index: number) => string,
): Member[] {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(old[start], now[start])) start++;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(old.at(-1 - end), now.at(-1 - end))) end++;
  const [was, is] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const count = Math.max(was.length, is.length);
  return Array.from({ length: count }, (_, index) => [stepOf(start + index), was[index], is[index]]);
}

const longest = 120;
/** How much is shown of what two long texts begin with. */
const beginning = 20;

/**
 * One argument and its two values on one line: `image: "a:1" → "a:2"`.
 *
 * @param say what stands between and around the values
 */
export function formatDifference(
  { path, sensitive, old, new: now, unknown: isUnknown }: Difference,
  say = (was: string, is: string): string => `${was} → ${is}`,
): string {
  if (sensitive) return `${path}: (sensitive)`;
  const [was, is] = [textOf(old), isUnknown ? '(known after apply)' : textOf(now)];
  let same = 0;
  while (same < was.length && was[same] === is[same]) same++;
  // Of two long texts that begin alike, what they begin with says nothing.
  const from = Math.max(was.length, is.length) > longest ? Math.max(0, same - beginning) : 0;
  return `${path}: ${say(shorten(was, from), shorten(is, from))}`;
}

/** A value on one line of bearable length. */
export const formatValue = (value: unknown): string => shorten(textOf(value), 0);

const textOf = (value: unknown): string => (value === undefined ? '(none)' : JSON.stringify(value));

function shorten(text: string, from: number): string {
  const shown = text.slice(from, from + longest);
  return `${from > 0 ? '…' : ''}${shown}${from + longest < text.length ? '…' : ''}`;
}
