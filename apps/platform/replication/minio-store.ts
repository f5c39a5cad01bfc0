import { derive, home, revision } from '@home/home';
import { storeRights } from '@home/kubernetes';
import { provider, resource } from '@home/providers';
import type { Store } from './store';

const purpose = 'replication';
const lifecycle = { prevent_destroy: true };

/** MINIO_USER and MINIO_PASSWORD come from the environment. */
function administration() {
  const { endpoint, caFile } = home.nas.s3;
  return provider('minio', {
    minio_server: new URL(endpoint).host,
    ...(endpoint.startsWith('https:') ? { minio_ssl: true } : {}),
    // Terraform runs in terraform/platform.
    ...(caFile === undefined ? {} : { minio_cacert_file: `../../apps/platform/replication/${caFile}` }),
  });
}

/** A bucket in the home's own MinIO, and a user that may do nothing but what Litestream does in it. */
export function minioStore(name: string): Store {
  const bucket = resource('minio_s3_bucket', 'replica', { bucket: name, lifecycle });
  const user = resource('minio_iam_user', 'litestream', {
    name: 'litestream-replication',
    tags: { source: home.cluster.name, type: 'cluster' },
    secret_wo: derive(purpose),
    secret_wo_version: revision(purpose),
    lifecycle,
  });
  const arn = `arn:aws:s3:::${name}`;
  const policy = resource('minio_iam_policy', 'litestream', {
    name: 'litestream-replicate',
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: storeRights.bucket, Resource: [arn] },
        { Effect: 'Allow', Action: storeRights.objects, Resource: [arn, `${arn}/*`] },
      ],
    }),
  });
  const attachment = resource('minio_iam_user_policy_attachment', 'litestream', {
    user_name: user.ref.name,
    policy_name: policy.ref.name,
  });
  return {
    blocks: [administration(), bucket, user, policy, attachment],
    keys: { LITESTREAM_ACCESS_KEY_ID: user.ref.name, LITESTREAM_SECRET_ACCESS_KEY: derive(purpose) },
  };
}
