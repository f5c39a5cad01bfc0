import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProgram } from '@home/command';
import { writeSecret } from '@home/files';
import { storeRights } from '@home/kubernetes';
import { startProgram } from '../../engine';
import { type Keys, type Place, type Store, clientFor, root, urlOf, userSecret } from './store';

/**
 * Starts a Versity S3 Gateway and makes in it what docs/chores/another-s3-store.md asks of the owner of a store.
 *
 * @param folder where it keeps its objects: an absolute path, since it goes elsewhere before it reads the others
 * @param programs the paths of the server and of MinIO's client
 * @param wanted the names of the bucket and of the user, and the region for which requests have to be signed, if any
 */
export async function startVersitygw(
  folder: string,
  { versitygw, mc }: { readonly versitygw: string; readonly mc: string },
  { bucket, region, user }: { readonly bucket: string; readonly region: string; readonly user: string },
  place: Place,
): Promise<Store> {
  const [objects, accounts] = [join(folder, 'objects'), join(folder, 'accounts')];
  for (const one of [objects, accounts]) mkdirSync(one, { recursive: true });
  const env = { PATH: process.env['PATH'], HOME: folder };
  const signedFor = region === '' ? [] : ['--region', region];
  const server = startProgram(
    [
      ...[versitygw, '--port', place.address, '--iam-dir', accounts, '--keep-alive', '--quiet'],
      ...signedFor,
      ...certificateOf(place, folder),
      ...['posix', objects],
    ],
    { env: { ...env, ROOT_ACCESS_KEY_ID: root.id, ROOT_SECRET_ACCESS_KEY: root.secret } },
  );
  const client = await clientFor(mc, folder, server, place);
  const admin = ['admin', '--endpoint-url', urlOf(place), '--allow-insecure', ...signedFor];
  const administer = (keys: Keys, ...args: readonly string[]): Promise<string> =>
    readProgram(versitygw, [...admin, ...args], {
      env: { ...env, ADMIN_ACCESS_KEY_ID: keys.id, ADMIN_SECRET_ACCESS_KEY: keys.secret },
    });

  const keys: Keys = { id: user, secret: userSecret };
  await client('mb', `home/${bucket}`);
  await administer(root, ...['create-user', '--access', keys.id, '--secret', keys.secret, '--role', 'user']);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(policyFor(keys.id, bucket)));
  await client('anonymous', 'set-json', policy, `home/${bucket}`);
  await client('alias', 'set', 'user', urlOf(place), keys.id, keys.secret);
  return {
    address: place.address,
    bucket,
    keys,
    client,
    folder: join(objects, bucket),
    listUsers: (as) => administer(as, 'list-users'),
    stop: server.stop,
  };
}

function certificateOf({ identity }: Place, folder: string): readonly string[] {
  if (identity === undefined) return [];
  const [key, cert] = [join(folder, 'private.key'), join(folder, 'public.crt')];
  writeSecret(key, identity.key);
  writeFileSync(cert, identity.cert);
  return ['--cert', cert, '--key', key];
}

/** The bucket's policy: here a bucket says who may do what in it. */
function policyFor(user: string, bucket: string): object {
  const arn = `arn:aws:s3:::${bucket}`;
  const grant = (Action: readonly string[], Resource: string): object => ({
    Effect: 'Allow',
    Principal: { AWS: [user] },
    Action,
    Resource,
  });
  return {
    Version: '2012-10-17',
    Statement: [grant(storeRights.bucket, arn), grant(storeRights.objects, `${arn}/*`)],
  };
}
