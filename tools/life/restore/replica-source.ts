import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GeneratedReplica } from '@home/generated';
import { ProblemsError, refuse } from '@home/terraform';

/** Where replicas are read from. */
export interface ReplicaSource {
  /** How a message names a replica. */
  readonly nameOf: (replica: GeneratedReplica) => string;
  /** What may be wrong when nothing can be read. */
  readonly remedy: (replica: GeneratedReplica) => string;
  /** Whether reading takes the keys of a store. */
  readonly hasKeys: boolean;
  /** Litestream's configuration for one replica; what that needs besides may be put into a folder that is then removed. */
  readonly configFor: (replica: GeneratedReplica, scratch: string) => string;
}

/** The store that the pods write to. */
const ownStore: ReplicaSource = {
  nameOf: ({ url }) => url,
  remedy: ({ endpoint }) => lookAt(endpoint === '' ? 'the store' : endpoint),
  hasKeys: true,
  configFor: ({ config }) => config,
};

const lookAt = (store: string): string => `Look whether ${store} answers, and whether the keys are right`;

/**
 * Where replicas are read from: the home's own store, or a copy of it.
 *
 * @param given what `--replicas` says: `s3://bucket/prefix?endpoint=https://…` or a folder, below which replicas lie at
 *   the paths that they have in the home's bucket
 * @throws ProblemsError when it is neither, or Litestream would not understand the URL
 */
export function replicaSource(given: string | undefined): ReplicaSource {
  if (given === undefined) return ownStore;
  if (namesStore(given)) {
    demandStore(given);
    return otherStore(given);
  }
  const folder = resolve(given);
  if (given === '' || !existsSync(folder) || !statSync(folder).isDirectory())
    refuse(
      '--replicas',
      `"${given}" must be a folder, or the URL of a store`,
      'Write it like s3://bucket/prefix?endpoint=https://s3.example.org',
    );
  return copiedFolder(folder);
}

/** Whether `--replicas` is the URL of a store; whether it is a good one is another question. */
export const namesStore = (given: string | undefined): boolean =>
  given !== undefined && URL.canParse(given) && new URL(given).protocol === 's3:';

/**
 * What Litestream takes in the URL of a replica; anything else it ignores in silence.
 * https://github.com/benbjohnson/litestream/blob/v0.5.18/cmd/litestream/main.go, `NewS3ReplicaClientFromConfig`
 */
const parameters: readonly string[] = [
  'endpoint',
  'region',
  'forcePathStyle',
  'force-path-style',
  'skipVerify',
  'signPayload',
  'sign-payload',
  'signAcceptEncoding',
  'sign-accept-encoding',
  'requireContentMD5',
  'require-content-md5',
  'putObjectContentMD5',
  'put-object-content-md5',
  'storageClass',
  'storage-class',
  'partSize',
  'part-size',
  'concurrency',
];

function demandStore(given: string): void {
  const { hostname, searchParams } = new URL(given);
  const endpoint = searchParams.get('endpoint');
  const unknown = [...searchParams.keys()].filter((name) => !parameters.includes(name));
  const mistakes = [
    ...(hostname === ''
      ? [
          {
            what: 'must name a bucket',
            remedy: 'Write it like s3://bucket/prefix?endpoint=https://s3.example.org',
          },
        ]
      : []),
    ...(endpoint === null || isWebAddress(endpoint)
      ? []
      : [
          {
            what: `must have an endpoint that begins with http:// or https://, not "${endpoint}"`,
            remedy: 'Write it like ?endpoint=https://s3.example.org, or leave it out for AWS',
          },
        ]),
    ...unknown.map((name) => ({
      what: `must have no parameter "${name}", which Litestream does not know`,
      remedy: `Litestream knows ${parameters.filter((known) => !known.includes('-')).join(', ')}`,
    })),
  ];
  if (mistakes.length > 0)
    throw new ProblemsError(
      mistakes.map(({ what, remedy }) => ({ where: '--replicas', what: `"${given}" ${what}`, remedy })),
    );
}

const isWebAddress = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

function otherStore(given: string): ReplicaSource {
  const urlOf = ({ path }: GeneratedReplica): string => {
    const url = new URL(given);
    url.pathname = join('/', url.pathname, path);
    return url.href;
  };
  return {
    nameOf: urlOf,
    remedy: () => lookAt(new URL(given).searchParams.get('endpoint') ?? 'the store'),
    hasKeys: true,
    configFor: (replica) => configOf(replica, { url: urlOf(replica) }),
  };
}

function copiedFolder(folder: string): ReplicaSource {
  const pathOf = ({ path }: GeneratedReplica): string => join(folder, path);
  return {
    nameOf: pathOf,
    remedy: () => 'Fetch the copy again, whole; an older one may do as well',
    hasKeys: false,
    configFor: (replica, scratch) => {
      const path = join(scratch, 'replica');
      linkLevels(pathOf(replica), path);
      return configOf(replica, { type: 'file', path });
    },
  };
}

/**
 * Lays a replica out as Litestream expects it in a folder: what is `0000/` and `0009/` in a store is `ltx/0/` and
 * `ltx/9/` there.
 *
 * @throws ProblemsError when the folder has no such levels
 */
function linkLevels(source: string, target: string): void {
  const levels = existsSync(source) ? readdirSync(source).filter((name) => /^[0-9a-f]{4}$/.test(name)) : [];
  if (levels.length === 0)
    refuse(source, 'must hold a replica', 'Name the folder that has what is in the bucket of the replicas');
  mkdirSync(join(target, 'ltx'), { recursive: true });
  for (const level of levels) {
    const from = join(source, level);
    const isMinio = readdirSync(from, { withFileTypes: true }).some((entry) => entry.isDirectory());
    if (isMinio)
      refuse(
        source,
        'must hold files, and holds MinIO’s own folders',
        'Start MinIO on that copy, and name its URL: docs/chores/the-second-copy.md',
      );
    symlinkSync(from, join(target, 'ltx', String(Number.parseInt(level, 16))));
  }
}

const configOf = ({ file }: GeneratedReplica, replica: object): string =>
  JSON.stringify({ dbs: [{ path: file, replica }] });
