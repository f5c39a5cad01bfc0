import type { Kubernetes } from '@home/providers';
import { type Block, type Value, tf } from '@home/terraform';
import { demandMountable } from './check-mounts';
import { ownKey } from './labels';
import type { PodPart } from './pods';

/**
 * A Secret that a container reads as files, by its keys. Another revision restarts its pods: most programs read files only
 * then.
 *
 * @param secret the Secret, whose data is write-only
 * @param mountedAt the folder in which the files lie
 * @throws ProblemsError when the folder would hide one of the system's
 */
export function secretFiles(
  secret: Block<{ metadata: readonly { name?: string }[] }> & {
    readonly body: { readonly data_wo_revision?: Value<number> };
  },
  mountedAt: string,
): PodPart {
  const { label, body } = secret;
  demandMountable(label, 'mountedAt', mountedAt);
  const volume: Kubernetes.Volume = {
    name: label,
    // For its owner alone, who is root.
    secret: { secret_name: secret.ref.metadata[0].name, default_mode: '0400' },
  };
  return {
    annotations: { [ownKey(label, 'secret')]: tf`${body.data_wo_revision ?? 0}` },
    volumes: [volume],
    mounts: [{ name: label, mount_path: mountedAt, read_only: true }],
  };
}
