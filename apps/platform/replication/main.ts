// Where every database of the home is replicated to: a bucket on the NAS, and a user that may do nothing else.
import { home, revision } from '@home/home';
import type { Replica } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { resource } from '@home/providers';
import { authority } from './authority';
import { givenStore } from './given-store';
import { minioStore } from './minio-store';

const { s3 } = home.nas;
const store = s3.kind === 'minio' ? minioStore(s3.bucket) : givenStore();
const secretRevision = revision('replication');

const secret = resource('kubernetes_secret_v1', 'litestream-configuration', {
  metadata: { name: 'litestream-configuration', namespace: apps },
  data_wo: store.keys,
  data_wo_revision: secretRevision,
});

export const replica: Replica = {
  endpoint: s3.endpoint,
  bucket: s3.bucket,
  ...(s3.kind === 'given' && s3.region !== undefined ? { region: s3.region } : {}),
  ...(s3.caFile === undefined ? {} : { ca: authority(__dirname, s3.caFile) }),
  secretName: 'litestream-configuration',
  secretRevision,
  firstDeploy: home.replication.firstDeploy,
  images: { litestream: home.images.litestream, verify: home.images.replicaVerify },
  memoryRequest: home.memoryRequests.litestream,
  alerts: home.healthchecks,
};

export default [...store.blocks, secret];
