import cluster from '@home/cluster';
import { home, replicaKeys, rootSecret, stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
import { provider } from '@home/providers';

const { kubeconfigContext } = home.cluster;
const { s3 } = home.nas;

/** MINIO_USER and MINIO_PASSWORD come from the environment. */
const minio = provider('minio', {
  minio_server: new URL(s3.endpoint).host,
  ...(s3.endpoint.startsWith('https:') ? { minio_ssl: true } : {}),
  // Terraform runs in terraform/platform.
  ...(s3.caFile === undefined ? {} : { minio_cacert_file: `../../apps/platform/replication/${s3.caFile}` }),
});

// What every app of the home needs: namespaces, an address, a name, and a place for its data.
export default stack({
  after: [cluster],
  providers: {
    kubernetes: [clusterProvider()],
    ...(s3.kind === 'minio' ? { minio: [minio] } : {}),
  },
  blocks: [rootSecret, ...(s3.kind === 'given' ? [replicaKeys.id, replicaKeys.secret] : [])],
  ready: [
    { what: 'the pods of the platform', rollouts: { context: kubeconfigContext } },
    // The ingress answers 404 for a host that no app has.
    { what: 'the ingress', http: { url: `http://${home.staticIp.v4}/`, status: 404 } },
  ],
});
