import type { MachineFacts } from '@home/home';
import type { VolumeConfig } from '@home/providers';

/**
 * The two volumes of a machine that hold anything of the home, encrypted. The key of EPHEMERAL opens it only beside the STATE that it was
 * made with, so that nobody can put another one there and have the machine open the rest.
 */
export function encryptedVolumes({ encryption }: MachineFacts): VolumeConfig[] {
  if (encryption === undefined) return [];
  const { keys, ...settings } = encryption;
  return ['STATE', 'EPHEMERAL'].map((name) => ({
    apiVersion: 'v1alpha1',
    kind: 'VolumeConfig',
    name,
    encryption: {
      provider: 'luks2',
      ...settings,
      keys: keys.map((key, slot) => ({
        slot,
        ...structuredClone(key),
        ...(name === 'EPHEMERAL' && { lockToState: true }),
      })),
    },
  }));
}
