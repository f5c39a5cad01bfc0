/** A tag taken apart: `v1.13.9-alpine` → `v`, [1, 13, 9], `-alpine`. */
interface Version {
  readonly prefix: string;
  readonly numbers: readonly number[];
  readonly suffix: string;
}

/**
 * The newest of the versions that are written as the present one is, and newer than it: with as many numbers and the
 * same words around them, so that neither `2`, `2.0.0-rc1` nor `2.0.0-alpine` follows `1.9.0`. A commit's hash in a
 * tag is another one in each.
 *
 * @returns undefined when there is none
 */
export function newest(present: string, others: readonly string[]): string | undefined {
  const own = read(present);
  if (own === undefined) return undefined;
  let best: { readonly tag: string; readonly version: Version } = { tag: present, version: own };
  for (const tag of others) {
    const version = read(tag);
    if (version !== undefined && isAlike(own, version) && isNewer(version, best.version))
      best = { tag, version };
  }
  return best.tag === present ? undefined : best.tag;
}

/** Whether a version is older than another, by their numbers alone. */
export function isOlder(version: string, other: string): boolean {
  const [one, two] = [read(version), read(other)];
  return one !== undefined && two !== undefined && isNewer(two, one);
}

function read(tag: string): Version | undefined {
  const [, prefix = '', numbers, suffix = ''] = /^([A-Za-z-]*)(\d+(?:\.\d+)*)(.*)$/.exec(tag) ?? [];
  if (numbers === undefined) return undefined;
  return { prefix, numbers: numbers.split('.').map(Number), suffix: suffix.replace(/[0-9a-f]{7,}/, '#') };
}

const isAlike = (one: Version, other: Version): boolean =>
  one.prefix === other.prefix && one.suffix === other.suffix && one.numbers.length === other.numbers.length;

function isNewer(one: Version, other: Version): boolean {
  const at = one.numbers.findIndex((number, index) => number !== other.numbers[index]);
  return at >= 0 && (one.numbers[at] ?? 0) > (other.numbers[at] ?? 0);
}
