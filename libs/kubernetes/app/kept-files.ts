import { home, normalizedFolder } from '@home/home';
import { resource } from '@home/providers';
import { type Block, type Problem, ProblemsError, type Value } from '@home/terraform';
import { hash } from 'node:crypto';
import { posix } from 'node:path';
import type { WebAppProps } from '../generated/web-app';
import type { Labels } from './labels';
import type { PodPart } from './pods';

/** The volumes of the folders that an app keeps, and what they bring into its pod. */
export interface KeptFiles extends PodPart {
  readonly blocks: readonly Block[];
}

interface KeptFilesProps {
  readonly namespace: Value<string>;
  readonly labels: Labels;
  readonly files: NonNullable<WebAppProps['files']>;
  /** The file of the app's database, which may lie beside them and not among them. */
  readonly database?: string | undefined;
}

/**
 * How the kubelet mounts the share. `hard`: while the NAS is away a program waits; with `soft` or `softerr` it would be
 * told that a file was not written after it had believed so. `retry=0`: one try, after which the kubelet says why and
 * tries again. Each one's reason: docs/decisions/0017-files-on-a-share.md.
 */
const mountOptions = (version: string) => [
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

/** One pod writes. */
const access_modes = ['ReadWriteOnce'];

/**
 * Folders on the NAS' share, each a PersistentVolume and its claim: a pod's own nfs volume takes no mount options.
 * Nothing here deletes a file: the volumes are retained, and the folders belong to the NAS' owner.
 *
 * @param name the app's name, which the names of its volumes begin with
 * @throws ProblemsError when the home has no share, or one of the folders would hold the database
 */
export function keptFiles(name: string, { files, database, ...app }: KeptFilesProps): KeptFiles {
  const { address: server = '', files: share } = home.nas;
  const problems = checkFolders(files, database).map((problem) => ({ where: name, ...problem }));
  if (share === undefined || problems.length > 0) throw new ProblemsError(problems);
  const folders = Object.entries(files).map(([mountedAt, folder]) =>
    keptFolder(name, {
      ...app,
      mountedAt,
      server,
      version: share.version ?? '4.1',
      path: posix.join(share.export, folder),
    }),
  );
  return {
    blocks: folders.flatMap(({ blocks }) => blocks),
    volumes: folders.map(({ volume }) => volume),
    mounts: folders.map(({ mount }) => mount),
  };
}

const withoutShare = {
  what: 'files must lie on a share of the NAS, but libs/home/facts.ts names none',
  remedy: "Write nas: { …, files: { export: '/export/home' } } there, or take files out",
};

/** Checks that each of the folders has a place of its own on a share, and that none of them would hold the database. */
export function checkFolders(
  files: KeptFilesProps['files'],
  database: string | undefined,
): Omit<Problem, 'where'>[] {
  const folders = Object.values(files);
  if (folders.length > 0 && home.nas.files === undefined) return [withoutShare];
  return Object.entries(files).flatMap(([path, folder], index) => {
    // A folder further up does no harm: the database's own volume is mounted inside it.
    if (database !== undefined && [database, posix.dirname(database)].includes(normalizedFolder(path))) {
      const what = `files "${path}" must not hold the database: SQLite breaks on NFS`;
      return [{ what, remedy: 'Name a folder beside it or inside it' }];
    }
    if (folders.indexOf(folder) === index) return [];
    const what = `files "${path}" must have a folder of its own on the share, but "${folder}" is another's`;
    return [{ what, remedy: 'Name another one' }];
  });
}

interface KeptFolderProps extends Omit<KeptFilesProps, 'files' | 'database'> {
  readonly mountedAt: string;
  readonly server: string;
  /** Of NFS. */
  readonly version: string;
  /** Where it lies on the server. */
  readonly path: string;
}

function keptFolder(app: string, { namespace, labels, mountedAt, server, version, path }: KeptFolderProps) {
  // Where a volume lies cannot be changed: another server or folder is another volume.
  const short = `files-${hash('sha256', `${server}:${path}`).slice(0, 8)}`;
  const name = `${app}-${short}`;
  const volume = resource('kubernetes_persistent_volume_v1', name, {
    metadata: { name, labels },
    spec: [
      {
        capacity: size,
        access_modes,
        storage_class_name,
        persistent_volume_reclaim_policy: 'Retain',
        mount_options: mountOptions(version),
        claim_ref: { namespace, name },
        persistent_volume_source: { nfs: { server, path } },
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
    mount: { name: short, mount_path: mountedAt },
  };
}
