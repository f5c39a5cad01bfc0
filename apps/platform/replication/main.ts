// Where every database of the home is replicated to: a bucket on the NAS, and a user that may do nothing else.
import { derive, home, revision } from '@home/home';
import type { Replica } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { resource } from '@home/providers';

const purpose = 'replication';
const { s3 } = home.nas;
const lifecycle = { prevent_destroy: true };

const bucket = resource('minio_s3_bucket', 'replica', { bucket: s3.bucket, lifecycle });

const user = resource('minio_iam_user', 'litestream', {
  name: 'litestream-replication',
  tags: { source: home.cluster.name, type: 'cluster' },
  secret_wo: derive(purpose),
  secret_wo_version: revision(purpose),
  lifecycle,
});

const arn = `arn:aws:s3:::${s3.bucket}`;

const policy = resource('minio_iam_policy', 'litestream', {
  name: 'litestream-replicate',
  policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: [arn] },
      {
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:DeleteObject', 's3:GetObject'],
        Resource: [arn, `${arn}/*`],
      },
    ],
  }),
});

const attachment = resource('minio_iam_user_policy_attachment', 'litestream', {
  user_name: user.ref.name,
  policy_name: policy.ref.name,
});

const secret = resource('kubernetes_secret_v1', 'litestream-configuration', {
  metadata: { name: 'litestream-configuration', namespace: apps },
  data_wo: { LITESTREAM_ACCESS_KEY_ID: user.ref.name, LITESTREAM_SECRET_ACCESS_KEY: derive(purpose) },
  data_wo_revision: revision(purpose),
});

export const replica: Replica = {
  endpoint: s3.endpoint,
  bucket: s3.bucket,
  secretName: 'litestream-configuration',
  secretRevision: revision(purpose),
  firstDeploy: home.replication.firstDeploy,
  images: { litestream: home.images.litestream, verify: home.images.replicaVerify },
  memoryRequest: home.memoryRequests.litestream,
  alerts: home.healthchecks,
};

export default [bucket, user, policy, attachment, secret];
