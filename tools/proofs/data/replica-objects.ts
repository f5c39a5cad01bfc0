import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder } from '@home/files';
import type { Database } from './read-database';
import type { DataStage } from './stage';

/** The paths of a replica's objects, without the bucket. */
export async function listReplica({ s3 }: DataStage, { bucket, path }: Database): Promise<string[]> {
  const listed = await s3.client('ls', '--recursive', '--json', `home/${bucket}/${path}/`);
  return listed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${path}/${(JSON.parse(line) as { key: string }).key}`);
}

/** Writes one object in the place of whatever is there. */
export function putObject(stage: DataStage, key: string, content: Buffer): Promise<void> {
  return withFile(async (file) => {
    writeFileSync(file, content);
    await stage.s3.client('cp', file, `home/${stage.s3.bucket}/${key}`);
  });
}

/** Reads one object. */
export function getObject(stage: DataStage, key: string): Promise<Buffer> {
  return withFile(async (file) => {
    await stage.s3.client('cp', `home/${stage.s3.bucket}/${key}`, file);
    return readFileSync(file);
  });
}

const withFile = <Result>(use: (file: string) => Promise<Result>): Promise<Result> =>
  withTemporaryFolder((folder) => use(join(folder, 'content')));

/** Puts a copy of one replica in the place of another one. */
export async function copyReplica({ s3 }: DataStage, from: Database, to: Database): Promise<void> {
  await s3.client('cp', '--recursive', `home/${from.bucket}/${from.path}/`, `home/${to.bucket}/${to.path}/`);
}

/** Takes a replica away. */
export async function removeReplica({ s3 }: DataStage, { bucket, path }: Database): Promise<void> {
  await s3.client('rm', '--recursive', '--force', `home/${bucket}/${path}/`);
}
