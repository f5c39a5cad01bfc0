import { type Problem } from '@home/terraform';

/**
 * The mistake that two places have what only one may have. Both are named alike, since neither is more to blame.
 *
 * @param what that which must be unique, such as `host "feed.rpi"`
 */
export function notUnique(one: string, other: string, what: string, remedy: string): Problem {
  return one === other
    ? { where: one, what: `${what} must be unique, but is there twice`, remedy }
    : { where: `${one} and ${other}`, what: `${what} must be unique, but both have it`, remedy };
}
