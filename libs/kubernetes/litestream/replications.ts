import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { parseImage, secondsOf } from '@home/home';
import { type OwnedBlock, addressOf, isPlainObject, remember } from '@home/terraform';
import { nestedBlock, nestedBlocks } from '../read/known-body';
import { objectsIn } from '../read/objects';
import { type Container, type Pod, copiesOf, podsIn } from '../read/pods';

const load = createRequire(__filename);

/** A container in which Litestream replicates databases. */
export interface Replication {
  readonly pod: Pod;
  readonly container: Container;
  /** What its configuration says; undefined when that is not known before Terraform runs, or cannot be read. */
  readonly settings?: LitestreamSettings;
}

/** How a message names a replica: `http://nas:9000 s3://bucket/path`. */
export const formatReplica = ({ endpoint, url }: LitestreamReplica): string =>
  endpoint === '' ? url : `${endpoint} ${url}`;

/** All containers of a home in which Litestream replicates. */
export const replicationsIn = remember((home: readonly OwnedBlock[]): readonly Replication[] =>
  podsIn(home).flatMap((pod) => replicationsOf(pod, home)),
);

/** An object whose pod writes to a replica. */
export interface Writer {
  /** The address of its block. */
  readonly address: string;
  /** `StatefulSet apps/memos-notes` */
  readonly title: string;
  /** The replica's URL. */
  readonly replica: string;
}

/** The objects of a home whose pods write to replicas; one that is to have no pods is none. */
export const writersIn = (home: readonly OwnedBlock[]): Writer[] =>
  replicationsIn(home)
    .filter(({ pod }) => copiesOf(pod) > 0)
    .flatMap(({ pod: { maker }, settings }) =>
      (settings?.replicas ?? []).map(({ url }) => ({
        address: addressOf(maker.owned.block),
        title: `${titles[maker.kind] ?? maker.kind} ${String(maker.namespace)}/${String(maker.name)}`,
        replica: url,
      })),
    );

/** Kubernetes' own spelling. */
const titles: Readonly<Record<string, string>> = { statefulset: 'StatefulSet', deployment: 'Deployment' };

function replicationsOf(pod: Pod, home: readonly OwnedBlock[]): Replication[] {
  return pod.containers.filter(replicates).map((container) => {
    const texts = configurationFiles(container).map((file) => configurationOf(file, pod, container, home));
    return { pod, container, settings: merged(texts.map((text) => text && readLitestreamConfig(text))) };
  });
}

/** What several Litestreams of one container do together; undefined when that is not known of each. */
function merged(all: readonly (LitestreamSettings | '' | undefined)[]): LitestreamSettings | undefined {
  const known = all.filter((one) => typeof one === 'object');
  if (known.length < all.length) return undefined;
  return {
    shutdownSeconds: Math.max(...known.map((one) => one.shutdownSeconds)),
    shutdownSyncSeconds: Math.max(...known.map((one) => one.shutdownSyncSeconds)),
    databases: known.flatMap((one) => one.databases),
    replicas: known.flatMap((one) => one.replicas),
  };
}

function replicates({ body }: Container): boolean {
  const image = typeof body['image'] === 'string' ? parseImage(body['image'])?.repository : undefined;
  const words = wordsOf(body);
  return (
    words.includes('replicate') && (words.includes('litestream') || /(^|\/)litestream$/.test(image ?? ''))
  );
}

/** All words of a container's command, those inside a script included. */
const wordsOf = (body: Container['body']): string[] =>
  commandOf(body)
    .split(/[\s;&|]+/)
    .map((word) => posix.basename(word));

/** A container's command in one line, where it is known. */
const commandOf = ({ command, args }: Container['body']): string =>
  [command, args]
    .flat()
    .filter((word) => typeof word === 'string')
    .join(' ');

/** The files that Litestream reads: https://litestream.io/reference/config/#specifying-the-config-file */
function configurationFiles({ body }: Container): string[] {
  const asked = [...commandOf(body).matchAll(/(?:-config[= ]|\bLITESTREAM_CONFIG=)(\S+)/g)];
  return asked.length === 0 ? ['/etc/litestream.yml'] : asked.map(([, file = '']) => file);
}

/** The text of a file that Litestream reads, by way of the container's mounts and the pod's volumes. */
function configurationOf(
  file: string,
  pod: Pod,
  { body }: Container,
  home: readonly OwnedBlock[],
): string | undefined {
  const mount = nestedBlocks(body['volume_mount']).find(
    ({ mount_path }) => mount_path === file || mount_path === posix.dirname(file),
  );
  const volume = nestedBlocks(pod.spec['volume']).find(({ name }) => name === mount?.['name']);
  const { name } = nestedBlock(volume?.['config_map']);
  const data = objectsIn(home).find('configmap', pod.maker.namespace, name)?.body['data'];
  const key = mount?.['sub_path'] || posix.basename(file);
  const text = isPlainObject(data) && typeof key === 'string' ? data[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** What the home reads of Litestream's configuration: https://litestream.io/reference/config/ */
export interface LitestreamSettings {
  /** From SIGTERM to Litestream's end. */
  readonly shutdownSeconds: number;
  /** How long the last upload is tried again and again. */
  readonly shutdownSyncSeconds: number;
  /** The files of the databases that it replicates, in its container. */
  readonly databases: readonly string[];
  readonly replicas: readonly LitestreamReplica[];
}

/** Where a database is replicated to. */
export interface LitestreamReplica {
  /** The database's file; empty where the configuration names none, as for a folder of databases. */
  readonly file: string;
  /** The store's address; empty for AWS itself. */
  readonly endpoint: string;
  /** Empty where a URL stands in its place. */
  readonly bucket: string;
  /** What requests are signed for; empty where that is left to Litestream. */
  readonly region: string;
  readonly path: string;
  /** `s3://bucket/path`, or as it is written. */
  readonly url: string;
}

/** Litestream's own settings, where its configuration says nothing. */
const defaultSeconds = 30;

/**
 * Reads Litestream's configuration, as constructs or people wrote it.
 *
 * @returns undefined when the text is no such configuration; whoever relies on its replicas must refuse that, since it
 *   does not mean that there are none
 */
export function readLitestreamConfig(text: string): LitestreamSettings | undefined {
  const config = parsed(text);
  if (config === undefined || !isList(config['dbs'])) return undefined;
  const seconds = (name: string): number => secondsOf(String(config[name])) ?? defaultSeconds;
  const databases = nestedBlocks(config['dbs']);
  if (!databases.every(({ replica, replicas }) => isList(replica) && isList(replicas))) return undefined;
  return {
    shutdownSeconds: seconds('shutdown-timeout'),
    shutdownSyncSeconds: seconds('shutdown-sync-timeout'),
    databases: databases.flatMap(({ path }) => (typeof path === 'string' ? [path] : [])),
    replicas: databases.flatMap(({ path, replica, replicas }) =>
      [...nestedBlocks(replica), ...nestedBlocks(replicas)].map((given) => readReplica(textOf(path), given)),
    ),
  };
}

function readReplica(file: string, given: Readonly<Record<string, unknown>>): LitestreamReplica {
  const [bucket, path] = [textOf(given['bucket']), textOf(given['path'])];
  const url = textOf(given['url']) || `s3://${bucket}/${path}`;
  const [endpoint, region] = [textOf(given['endpoint']), textOf(given['region'])];
  return { file, endpoint, bucket, region, path, url: url.replace(/\/+$/, '') };
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** Tells whether a place holds nothing, or only what has members. */
const isList = (value: unknown): boolean =>
  value === undefined || value === null || [value].flat().every(isPlainObject);

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  // The constructs write JSON; by hand one writes YAML, whose parser takes as long to load as all of this library.
  const parseYaml = (yaml: string): unknown => (load('yaml') as typeof import('yaml')).parse(yaml);
  for (const read of [JSON.parse, parseYaml] as ((text: string) => unknown)[]) {
    try {
      const value = read(text);
      return isPlainObject(value) ? value : undefined;
    } catch {
      continue;
    }
  }
  return undefined;
}
