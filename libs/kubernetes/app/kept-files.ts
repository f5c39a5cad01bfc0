import { type Home, home, normalizedFolder } from '@home/home';
import { resource } from '@home/providers';
import { type Block, type Value } from '@home/terraform';
import { hash } from 'node:crypto';
import { posix } from 'node:path';
import type { AppProps } from '../generated/web-app';
import { databasesOf } from './databases';
import type { Mistake } from './given-props';
import type { Labels } from './labels';
import type { PodPart } from './pods';

/** The volumes of the folders that an app keeps or reads, and what they bring into its pod. */
export interface KeptFiles extends PodPart {
  readonly blocks: readonly Block[];
}

interface KeptFilesProps extends Folders {
  readonly namespace: Value<string>;
  readonly labels: Labels;
}

/** An app's folders on the NAS, and its databases, which may lie beside them and not among them. */
type Folders = Pick<AppProps, 'files' | 'media' | 'database' | 'databases'>;

/**
 * How the kubelet mounts the share. `hard`: while the NAS is away a program waits; with `soft` or `softerr` it would be
 * told that a file was not written after it had believed so. `retry=0`: one try, after which the kubelet says why and
 * tries again. Each one's reason: docs/decisions/0017-files-on-a-share.md.
 */
export const mountOptions = (version = '4.1', readOnly = false): readonly string[] => [
  ...(readOnly ? ['ro'] : []),
  `nfsvers=${version}`,
  'hard',
  'timeo=150',
  'retrans=3',
  'retry=0',
  'noatime',
  'nosuid',
  'nodev',
];

/** Kubernetes wants a size and a class; NFS knows neither. Both only have to be the same in a volume and its claim. */
const size = { storage: '1Gi' };
const storage_class_name = 'nas';

/** One pod writes, and of what is only read many may. */
const accessModes = (readOnly: boolean) => [readOnly ? 'ReadOnlyMany' : 'ReadWriteOnce'];

/**
 * Folders on the NAS' share, each a PersistentVolume and its claim: a pod's own nfs volume takes no mount options.
 * Nothing here deletes a file: the volumes are retained, and the folders belong to the NAS' owner.
 *
 * @param name the app's name, which the names of its volumes begin with
 * @param props of an app whose folders have been checked
 */
export function keptFiles(name: string, { namespace, labels, ...given }: KeptFilesProps): KeptFiles {
  const folders = foldersOf(given).map((folder) => keptFolder(name, { namespace, labels, ...folder }));
  return {
    blocks: folders.flatMap(({ blocks }) => blocks),
    volumes: folders.map(({ volume }) => volume),
    mounts: folders.map(({ mount }) => mount),
  };
}

/** A folder of an app, and the share that it lies on; undefined where the home has none. */
interface Folder {
  readonly prop: 'files' | 'media';
  readonly at: string;
  readonly folder: string;
  readonly share: Home['nas']['files'];
  readonly readOnly: boolean;
}

function foldersOf({ files = {}, media = {} }: Folders): Folder[] {
  const of = (prop: 'files' | 'media', folders: Readonly<Record<string, string>>): Folder[] =>
    Object.entries(folders).map(([at, folder]) => {
      return { prop, at, folder, share: home.nas[prop], readOnly: prop === 'media' };
    });
  return [...of('files', files), ...of('media', media)];
}

const withoutShare = ({ prop }: Folder) => ({
  what: `${prop} must lie on a share of the NAS, but libs/home/facts.ts names none`,
  remedy: `Write nas: { …, ${prop}: { export: '/export/${prop === 'files' ? 'home' : 'media'}' } } there, or take ${prop} out`,
});

/** Checks that each of the folders has a place of its own on a share, and that none of them would hold a database. */
export function checkFolders(given: Folders): Mistake[] {
  const folders = foldersOf(given);
  const taken = databasesOf(given).flatMap(({ file }) => [file, posix.dirname(file)]);
  const shareless = ['files', 'media'].flatMap(
    (prop) => folders.find((folder) => folder.prop === prop && folder.share === undefined) ?? [],
  );
  if (shareless.length > 0) return shareless.map(withoutShare);
  return folders.flatMap((one, index) => {
    const { prop, at, folder } = one;
    // A folder further up does no harm: the database's own volume is mounted inside it.
    if (taken.includes(normalizedFolder(at))) {
      const what = `${prop} "${at}" must not hold the database: SQLite breaks on NFS`;
      return [
        {
          what,
          remedy:
            'Name a folder beside it or inside it, or give the database a folder of its own: docs/chores/keep-files.md',
        },
      ];
    }
    if (folders.findIndex((other) => other.prop === prop && other.folder === folder) === index) return [];
    const what = `${prop} "${at}" must have a folder of its own on the share, but "${folder}" is another's`;
    return [{ what, remedy: 'Name another one' }];
  });
}

function keptFolder(
  app: string,
  { namespace, labels, at, folder, share, readOnly }: Pick<KeptFilesProps, 'namespace' | 'labels'> & Folder,
) {
  const server = home.nas.address ?? '';
  const path = posix.join(share?.export ?? '', folder);
  // Where a volume lies cannot be changed: another server or folder is another volume.
  const short = `${readOnly ? 'media' : 'files'}-${hash('sha256', `${server}:${path}`).slice(0, 8)}`;
  const name = `${app}-${short}`;
  const access_modes = accessModes(readOnly);
  const volume = resource('kubernetes_persistent_volume_v1', name, {
    metadata: { name, labels },
    spec: [
      {
        capacity: size,
        access_modes,
        storage_class_name,
        persistent_volume_reclaim_policy: 'Retain',
        mount_options: mountOptions(share?.version, readOnly),
        claim_ref: { namespace, name },
        persistent_volume_source: { nfs: { server, path, ...(readOnly && { read_only: true }) } },
      },
    ],
  });
  const claim = resource('kubernetes_persistent_volume_claim_v1', name, {
    metadata: { name, namespace, labels },
    spec: {
      access_modes,
      storage_class_name,
      volume_name: volume.ref.metadata[0].name,
      resources: { requests: size },
    },
    // A deploy waits for the pod, which waits for this.
    wait_until_bound: false,
  });
  return {
    blocks: [volume, claim],
    volume: { name: short, persistent_volume_claim: { claim_name: claim.ref.metadata[0].name } },
    mount: { name: short, mount_path: at, ...(readOnly && { read_only: true }) },
  };
}
