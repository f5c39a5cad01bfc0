import { blockAddress } from '../root-module';
import type { KnownObject } from '../state/read-state';
import type { Protection } from './protect';

/** What of a state may be destroyed, and what stays and why. */
export interface Destroyable {
  readonly targets: readonly string[];
  readonly kept: readonly { readonly address: string; readonly reason: string }[];
}

/**
 * Everything but what is precious, and what precious things were made from: Terraform destroys what depends on a thing
 * together with it.
 *
 * @param allowed precious addresses that may go
 */
export function destroyable(
  objects: readonly KnownObject[],
  protection: Protection,
  allowed: readonly string[],
): Destroyable {
  const reasons = new Map<string, string>();
  for (const { address, type, values } of objects) {
    const loss = allowed.includes(address) ? undefined : protection({ address, type, values });
    if (loss !== undefined) reasons.set(address, loss);
  }
  // A map can grow while one goes through it.
  for (const [precious] of reasons) {
    const needs = new Set(objects.find(({ address }) => address === precious)?.needs);
    for (const { address } of objects) {
      if (needs.has(blockAddress(address)) && !reasons.has(address))
        reasons.set(address, `is needed by ${precious}`);
    }
  }
  return {
    targets: objects.map(({ address }) => address).filter((address) => !reasons.has(address)),
    kept: [...reasons].map(([address, reason]) => ({ address, reason })),
  };
}
