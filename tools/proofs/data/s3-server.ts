import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type GeneratedBlock, evaluate } from '@home/generated';

const run = promisify(execFile);

const root = { user: 'proof-root', password: 'proof-root-password' };
/** Only the proxy reaches it; pods reach the proxy. */
const address = '127.0.0.1:9001';

/** Programs of the proof, by name. */
export interface S3Programs {
  readonly minio: string;
  readonly mc: string;
}

/** A MinIO server with the bucket, user and policy of the generated files. */
export interface S3Server {
  readonly address: string;
  readonly bucket: string;
  /** The keys of the user that the generated files make. */
  readonly keys: { readonly id: string; readonly secret: string };
  /** Runs MinIO's client; `home/…` are paths as the owner sees them, `user/…` as that user does. */
  readonly client: (...args: readonly string[]) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a MinIO server and makes in it what the generated files would have Terraform make.
 *
 * @param folder where it keeps its objects
 * @param blocks the blocks of the stack with the bucket, its user and its policy
 */
export async function startS3(
  folder: string,
  programs: S3Programs,
  blocks: readonly GeneratedBlock[],
): Promise<S3Server> {
  mkdirSync(folder, { recursive: true });
  const server = spawn(programs.minio, ['server', '--quiet', '--address', address, join(folder, 'objects')], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      MINIO_ROOT_USER: root.user,
      MINIO_ROOT_PASSWORD: root.password,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const client = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(programs.mc, ['--config-dir', join(folder, 'client'), '--quiet', ...args], {
      env: { PATH: process.env['PATH'], HOME: folder },
      maxBuffer: 64 << 20,
    });
    return stdout;
  };
  await untilReady(client);

  const text = (type: string, attribute: string): string => {
    const block = blocks.find((one) => one.kind === 'resource' && one.type === type);
    if (block === undefined) throw new Error(`No generated file has a ${type}.`);
    return evaluate(block.body[attribute], blocks);
  };
  const [bucket, user, policy] = [
    text('minio_s3_bucket', 'bucket'),
    text('minio_iam_user', 'name'),
    text('minio_iam_policy', 'name'),
  ];
  const keys = { id: user, secret: 'proof-user-secret' };
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, text('minio_iam_policy', 'policy'));
  await client('mb', `home/${bucket}`);
  await client('admin', 'user', 'add', 'home', keys.id, keys.secret);
  await client('admin', 'policy', 'create', 'home', policy, policyFile);
  await client('admin', 'policy', 'attach', 'home', policy, '--user', keys.id);
  await client('alias', 'set', 'user', `http://${address}`, keys.id, keys.secret);

  return {
    address,
    bucket,
    keys,
    client,
    stop: async () => {
      const exit = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await exit;
    },
  };
}

async function untilReady(client: S3Server['client']): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await client('alias', 'set', 'home', `http://${address}`, root.user, root.password);
      return;
    } catch (cause) {
      if (attempt >= 100) throw new Error('The MinIO server did not come up.', { cause });
      await sleep(100);
    }
  }
}
