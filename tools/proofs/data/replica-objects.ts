import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, DataStage } from './stage';

/** The objects of a replica, by their path in the bucket, with their content. */
export type ReplicaObjects = ReadonlyMap<string, Buffer>;

/** The paths of a replica's objects, without the bucket. */
export async function listReplica({ s3 }: DataStage, { bucket, path }: Database): Promise<string[]> {
  const listed = await s3.client('ls', '--recursive', '--json', `home/${bucket}/${path}/`);
  return listed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${path}/${(JSON.parse(line) as { key: string }).key}`);
}

/** Writes one object in the place of whatever is there. */
export async function putObject(
  { s3, base }: DataStage,
  bucket: string,
  key: string,
  content: Buffer,
): Promise<void> {
  const folder = mkdtempSync(join(base, 'object-'));
  const file = join(folder, 'content');
  writeFileSync(file, content);
  await s3.client('cp', file, `home/${bucket}/${key}`);
  rmSync(folder, { recursive: true });
}

/** Reads one object. */
export async function getObject({ s3, base }: DataStage, bucket: string, key: string): Promise<Buffer> {
  const folder = mkdtempSync(join(base, 'object-'));
  const file = join(folder, 'content');
  await s3.client('cp', `home/${bucket}/${key}`, file);
  const content = readFileSync(file);
  rmSync(folder, { recursive: true });
  return content;
}

/** Puts a copy of one replica in the place of another one. */
export async function copyReplica({ s3 }: DataStage, from: Database, to: Database): Promise<void> {
  await s3.client('cp', '--recursive', `home/${from.bucket}/${from.path}/`, `home/${to.bucket}/${to.path}/`);
}

/** Takes a replica away. */
export async function removeReplica({ s3 }: DataStage, { bucket, path }: Database): Promise<void> {
  await s3.client('rm', '--recursive', '--force', `home/${bucket}/${path}/`);
}
