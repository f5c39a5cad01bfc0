import { type OwnedBlock, type Problem, type Rule, isExpression } from '@home/terraform';
import { replicationsIn } from '../litestream/replications';
import { blocksAt, isOpen, nestedBlock, nestedBlocks } from '../read/known-body';
import { type KubernetesObject, objectsIn } from '../read/objects';
import { type Container, type Pod } from '../read/pods';
import { mistake, notUnique, placeOf } from './mistake';
import { posix } from 'node:path';

/**
 * No replicated database lies on NFS, in no container of its pod: SQLite's locks and its log need a file system of the
 * machine itself. https://sqlite.org/useovernet.html
 */
export const noDatabasesOnShares: Rule = (home) =>
  replicationsIn(home).flatMap(({ pod, settings }) =>
    (settings?.databases ?? []).flatMap((file) =>
      pod.containers.flatMap((container) =>
        volumesHolding(file, container)
          .filter((volume) => isShare(pod, volume, home))
          .map((volume) => {
            const what = `database "${file}" must not lie on NFS, but volume "${volume}" of container "${container.name}" does`;
            return mistake(
              pod.owned,
              what,
              'Mount an emptyDir over its folder, and the share beside or inside it',
            );
          }),
      ),
    ),
  );

/**
 * The volume that a container sees a file in: that of the longest path which leads to it. None, when a mount may lie there
 * that only Terraform knows.
 */
function volumesHolding(file: string, { body }: Container): string[] {
  const mounts = nestedBlocks(body['volume_mount']);
  if (isOpen(body['volume_mount']) || mounts.some((mount) => isExpression(mount['mount_path']))) return [];
  const around = mounts
    .map(({ name, mount_path: path }) => ({ name, path: String(path).replace(/\/+$/, '') }))
    .filter(({ path }) => file === path || file.startsWith(`${path}/`));
  const longest = Math.max(...around.map(({ path }) => path.length));
  return around.flatMap(({ name, path }) =>
    path.length === longest && typeof name === 'string' ? [name] : [],
  );
}

/** Tells whether a volume of a pod is an NFS share, by itself or by its claim; what nobody describes here is not known. */
function isShare({ spec, maker }: Pod, volume: string, home: readonly OwnedBlock[]): boolean {
  const source = nestedBlocks(spec['volume']).find(({ name }) => name === volume);
  if (nestedBlocks(source?.['nfs']).length > 0) return true;
  const { claim_name } = nestedBlock(source?.['persistent_volume_claim']);
  const claim = objectsIn(home).find('persistentvolumeclaim', maker.namespace, claim_name);
  const { volume_name } = nestedBlock(claim?.body['spec']);
  const claimed = objectsIn(home).find('persistentvolume', '', volume_name);
  return claimed !== undefined && sharesOf(claimed).length > 0;
}

const sharesOf = ({ body }: KubernetesObject) => blocksAt(body, ['spec', 'persistent_volume_source', 'nfs']);

/**
 * No two volumes that are written are one folder of a share, nor one inside the other: two apps would write into each
 * other's files. What is only read may be anybody's.
 */
export const uniqueShareFolders: Rule = (home) => {
  const volumes = objectsIn(home)
    .made('persistentvolume')
    .flatMap((volume) =>
      sharesOf(volume).flatMap(({ server, path, read_only }) =>
        typeof server === 'string' && typeof path === 'string' && read_only !== true
          ? [{ owned: volume.owned, folder: `${server}:${posix.normalize(path).replace(/\/+$/, '')}` }]
          : [],
      ),
    );
  return volumes.flatMap(({ owned, folder }, index) =>
    volumes.slice(0, index).flatMap((other): Problem[] => {
      if (other.folder === folder) {
        const [one, two] = [placeOf(other.owned), placeOf(owned)];
        return [notUnique(one, two, `folder "${folder}"`, 'Give each a folder of its own')];
      }
      const [outer, inner] = [other.folder, folder].sort((one, two) => one.length - two.length);
      if (!inner?.startsWith(`${outer}/`)) return [];
      const where = `${placeOf(other.owned)} and ${placeOf(owned)}`;
      return [
        { where, what: `folder "${inner}" must not lie in "${outer}"`, remedy: 'Put one beside the other' },
      ];
    }),
  );
};
