import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedBlock, evaluate } from '@home/generated';
import { startProgram } from '../../engine';
import { type Store, clientFor, root, urlOf, userSecret } from './store';

/** What the blocks of a home would have Terraform make in a MinIO; undefined for a home whose store is another. */
export function minioIn(blocks: readonly GeneratedBlock[]) {
  const text = (type: string, attribute: string): string => {
    const block = blocks.find((one) => one.kind === 'resource' && one.type === type);
    if (block === undefined) throw new Error(`No generated file has a ${type}.`);
    return evaluate(block.body[attribute], blocks);
  };
  if (!blocks.some(({ kind, type }) => kind === 'resource' && type === 'minio_s3_bucket')) return undefined;
  return {
    bucket: text('minio_s3_bucket', 'bucket'),
    user: text('minio_iam_user', 'name'),
    policy: { name: text('minio_iam_policy', 'name'), text: text('minio_iam_policy', 'policy') },
  };
}

/**
 * Starts a MinIO server and makes in it what the generated files would have Terraform make.
 *
 * @param folder where it keeps its objects
 * @param programs the paths of the server and its client
 * @param wanted what is to be made
 */
export async function startMinio(
  folder: string,
  { minio, mc }: { readonly minio: string; readonly mc: string },
  { bucket, user, policy }: NonNullable<ReturnType<typeof minioIn>>,
  address: string,
): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  const server = startProgram([minio, 'server', '--quiet', '--address', address, join(folder, 'objects')], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      MINIO_ROOT_USER: root.id,
      MINIO_ROOT_PASSWORD: root.secret,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
    },
  });
  const client = await clientFor(mc, folder, server, { address });

  const keys = { id: user, secret: userSecret };
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, policy.text);
  await client('mb', `home/${bucket}`);
  await client('admin', 'user', 'add', 'home', keys.id, keys.secret);
  await client('admin', 'policy', 'create', 'home', policy.name, policyFile);
  await client('admin', 'policy', 'attach', 'home', policy.name, '--user', keys.id);
  await client('alias', 'set', 'user', urlOf({ address }), keys.id, keys.secret);
  return {
    address,
    bucket,
    keys,
    client,
    listUsers: ({ id }) => client('admin', 'user', 'list', id === root.id ? 'home' : 'user'),
    stop: server.stop,
  };
}
