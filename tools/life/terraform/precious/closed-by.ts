import { isDeepStrictEqual } from 'node:util';
import { volumeKeysIn } from '@home/talos';

/** What is done to a machine's disk that it cannot be opened after. */
export type ClosedBy = 'encrypted' | 'no longer encrypted' | 'encrypted with other keys alone';

/**
 * Tells what a new configuration does to a disk that an old one filled, if it cannot be opened with it any more. Keys may be
 * added and taken away as long as one stays.
 *
 * @param had the configuration of the running machine
 * @param has the one that it is to have
 */
export function closedBy(had: string, has: string): ClosedBy | undefined {
  const [old, next] = [volumeKeysIn(had), volumeKeysIn(has)];
  const deeds = [...new Set([...old.keys(), ...next.keys()])].map((volume): ClosedBy | undefined => {
    const [before, after] = [old.get(volume), next.get(volume)];
    if (before === undefined) return 'encrypted';
    if (after === undefined) return 'no longer encrypted';
    const stays = before.some((key) => after.some((other) => isDeepStrictEqual(key, other)));
    return stays ? undefined : 'encrypted with other keys alone';
  });
  return deeds.find((deed) => deed !== undefined);
}
