import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSecret } from '@home/files';
import { readProgram } from '@home/command';
import { type GeneratedBlock, evaluate } from '@home/generated';
import { type Program, startProgram } from '../engine';

const root = { user: 'proof-root', password: 'proof-root-password' };
/** Where a server listens. */
export interface S3Place {
  readonly address: string;
  /** A key and a certificate, both PEM, for https. */
  readonly identity?: { readonly key: string; readonly cert: string };
}

/** Only the proxy reaches it; pods reach the proxy. */
const behindProxy: S3Place = { address: '127.0.0.1:9001' };

/** Programs of the proof, by name. */
export interface S3Programs {
  readonly minio: string;
  readonly mc: string;
}

/** A MinIO server with the bucket, user and policy of the generated files. */
export type S3Server = Awaited<ReturnType<typeof startS3>>;

/**
 * Starts a MinIO server and makes in it what the generated files would have Terraform make.
 *
 * @param folder where it keeps its objects
 * @param blocks the blocks of the stack with the bucket, its user and its policy
 * @param place where it listens; behind the proxy, if left out
 */
export async function startS3(
  folder: string,
  programs: S3Programs,
  blocks: readonly GeneratedBlock[],
  { address, identity }: S3Place = behindProxy,
) {
  const certificates = join(folder, 'certificates');
  mkdirSync(certificates, { recursive: true });
  if (identity !== undefined) {
    writeSecret(join(certificates, 'private.key'), identity.key);
    writeFileSync(join(certificates, 'public.crt'), identity.cert);
  }
  const env = { PATH: process.env['PATH'], HOME: folder };
  const server = startProgram(
    [
      ...[programs.minio, 'server', '--quiet', '--certs-dir', certificates],
      ...['--address', address, join(folder, 'objects')],
    ],
    {
      env: {
        ...env,
        MINIO_ROOT_USER: root.user,
        MINIO_ROOT_PASSWORD: root.password,
        MINIO_BROWSER: 'off',
        MINIO_UPDATE: 'off',
      },
    },
  );
  /** Runs MinIO's client; `home/…` are paths as the owner sees them, `user/…` as that user does. */
  const client = (...args: readonly string[]): Promise<string> =>
    readProgram(programs.mc, ['--config-dir', join(folder, 'client'), '--quiet', '--insecure', ...args], {
      env,
    });
  const url = `${identity === undefined ? 'http' : 'https'}://${address}`;
  await untilReady(client, server, url);

  const text = (type: string, attribute: string): string => {
    const block = blocks.find((one) => one.kind === 'resource' && one.type === type);
    if (block === undefined) throw new Error(`No generated file has a ${type}.`);
    return evaluate(block.body[attribute], blocks);
  };
  const bucket = text('minio_s3_bucket', 'bucket');
  /** The keys of the user that the generated files make. */
  const keys = { id: text('minio_iam_user', 'name'), secret: 'proof-user-secret' };
  const policy = text('minio_iam_policy', 'name');
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, text('minio_iam_policy', 'policy'));
  await client('mb', `home/${bucket}`);
  await client('admin', 'user', 'add', 'home', keys.id, keys.secret);
  await client('admin', 'policy', 'create', 'home', policy, policyFile);
  await client('admin', 'policy', 'attach', 'home', policy, '--user', keys.id);
  await client('alias', 'set', 'user', url, keys.id, keys.secret);
  return { address, bucket, keys, client, stop: server.stop };
}

async function untilReady(
  client: (...args: readonly string[]) => Promise<string>,
  server: Program,
  url: string,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await client('alias', 'set', 'home', url, root.user, root.password);
      return;
    } catch (cause) {
      if (attempt >= 100)
        throw new Error(`The MinIO server did not come up: ${server.lines.at(-1) ?? ''}`, { cause });
      await sleep(100);
    }
  }
}
