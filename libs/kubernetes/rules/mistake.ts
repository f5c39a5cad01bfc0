import type { PathStep } from '@home/providers';
import { type OwnedBlock, type Problem, addressOf, formatPath } from '@home/terraform';

/** How a message names a block: `apps/workloads/gotify: kubernetes_service_v1.gotify`. */
export const placeOf = ({ owner, block }: OwnedBlock): string => `${owner.where}: ${addressOf(block)}`;

/** How a message names a place in a block; a key or an index that only Terraform knows is a star. */
export const placeIn = (owned: OwnedBlock, path: readonly PathStep[]): string =>
  `${placeOf(owned)}: ${formatPath(path.map((step) => step ?? '*'))}`;

/** A mistake in a block. */
export const mistake = (owned: OwnedBlock, what: string, remedy: string): Problem => ({
  where: placeOf(owned),
  what,
  remedy,
});

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

/**
 * Names as a message lists them, each once: `"web", "metrics"`. Those that only Terraform knows are left out.
 *
 * @param none what to say when there are none
 */
export function quoteNames(names: readonly unknown[], none: string): string {
  const known = new Set(names.filter((name) => typeof name === 'string'));
  return known.size === 0 ? none : [...known].map((name) => `"${name}"`).join(', ');
}
