import { type OwnedBlock, isPlainObject } from '@home/terraform';
import { posix } from 'node:path';
import { parse } from 'yaml';
import { secondsOf } from '../read/go-duration';
import { parseImage } from '../read/image-reference';
import { nestedBlock, nestedBlocks } from '../read/known-body';
import { objectsIn } from '../read/objects';
import { type Container, type Pod, podsIn } from '../read/pods';

/** A container in which Litestream replicates databases. */
export interface Replication {
  readonly pod: Pod;
  readonly container: Container;
  /** What its configuration says; undefined when that is not known before Terraform runs. */
  readonly settings?: LitestreamSettings;
}

/** What rules have to know of Litestream's configuration: https://litestream.io/reference/config/ */
export interface LitestreamSettings {
  /** From SIGTERM to Litestream's end. */
  readonly shutdownSeconds: number;
  /** How long the last upload is tried again and again. */
  readonly shutdownSyncSeconds: number;
  /** The files of the databases that it replicates, in its container. */
  readonly databases: readonly string[];
  /** Where replicas are written, each as `s3://bucket/path`, with the store's address in front where it has one. */
  readonly replicas: readonly string[];
}

/** All containers of a home in which Litestream replicates. */
export function replicationsIn(home: readonly OwnedBlock[]): readonly Replication[] {
  const known = found.get(home) ?? podsIn(home).flatMap((pod) => replicationsOf(pod, home));
  found.set(home, known);
  return known;
}

const found = new WeakMap<readonly OwnedBlock[], readonly Replication[]>();

function replicationsOf(pod: Pod, home: readonly OwnedBlock[]): Replication[] {
  return pod.containers.filter(replicates).map((container) => {
    const text = configurationOf(pod, container, home);
    return { pod, container, settings: text === undefined ? undefined : settingsIn(text) };
  });
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

/** A container's command in one line, as far as it is known. */
const commandOf = ({ command, args }: Container['body']): string =>
  [command, args]
    .flat()
    .filter((word) => typeof word === 'string')
    .join(' ');

/** The text of the file that Litestream reads, by way of the container's mounts and the pod's volumes. */
function configurationOf(pod: Pod, { body }: Container, home: readonly OwnedBlock[]): string | undefined {
  const [, asked] = /-config[= ](\S+)/.exec(commandOf(body)) ?? [];
  const file = asked ?? '/etc/litestream.yml';
  const mount = nestedBlocks(body['volume_mount']).find(
    ({ mount_path }) => mount_path === file || mount_path === posix.dirname(file),
  );
  const volume = nestedBlocks(pod.spec['volume']).find(({ name }) => name === mount?.['name']);
  const { name } = nestedBlock(volume?.['config_map']);
  const data = objectsIn(home).find('configmap', pod.maker.namespace, name)?.body['data'];
  const key = mount?.['sub_path'] ?? posix.basename(file);
  const text = isPlainObject(data) && typeof key === 'string' ? data[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** Litestream's own settings, where its configuration says nothing. */
const defaultSeconds = 30;

function settingsIn(text: string): LitestreamSettings | undefined {
  const config = parsed(text);
  if (config === undefined) return undefined;
  const seconds = (name: string): number => secondsOf(String(config[name])) ?? defaultSeconds;
  return {
    shutdownSeconds: seconds('shutdown-timeout'),
    shutdownSyncSeconds: seconds('shutdown-sync-timeout'),
    databases: nestedBlocks(config['dbs']).flatMap(({ path }) => (typeof path === 'string' ? [path] : [])),
    replicas: nestedBlocks(config['dbs'])
      .flatMap(({ replica, replicas }) => [...nestedBlocks(replica), ...nestedBlocks(replicas)])
      .map(({ endpoint = '', bucket, path = '', url }) => {
        const where = typeof url === 'string' ? url : `s3://${String(bucket)}/${String(path)}`;
        return `${endpoint === '' ? '' : `${String(endpoint)} `}${where.replace(/\/+$/, '')}`;
      }),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // The constructs write JSON, which is quicker; by hand one writes YAML.
    const value: unknown = text.startsWith('{') ? JSON.parse(text) : parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
