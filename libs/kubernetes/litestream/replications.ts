import { type OwnedBlock, isPlainObject, remember } from '@home/terraform';
import { posix } from 'node:path';
import { parseImage } from '../read/texts';
import { nestedBlock, nestedBlocks } from '../read/known-body';
import { objectsIn } from '../read/objects';
import { type Container, type Pod, podsIn } from '../read/pods';
import {
  type LitestreamReplica,
  type LitestreamSettings,
  readLitestreamConfig,
} from './read-litestream-config';

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

function replicationsOf(pod: Pod, home: readonly OwnedBlock[]): Replication[] {
  return pod.containers.filter(replicates).map((container) => {
    const text = configurationOf(pod, container, home);
    return { pod, container, settings: text === undefined ? undefined : readLitestreamConfig(text) };
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

/** A container's command in one line, where it is known. */
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
