// Where every database of the home is replicated to: a bucket on the NAS, and a user that may do nothing else.
import { home, pingAddresses, revision } from '@home/home';
import type { Replica } from '@home/kubernetes';
import { apps, appsAsRoot, infra } from '@home/platform/namespaces';
import { resource } from '@home/providers';
import { authority } from './authority';
import { givenStore } from './given-store';
import { minioStore } from './minio-store';

const { s3 } = home.nas;
const store = s3.kind === 'minio' ? minioStore(s3.bucket) : givenStore();
const secretRevision = revision('replication');

const secretName = 'litestream-configuration';

/** What is made of a Secret for each namespace with databases: a pod takes keys from its own alone. */
export const inEachNamespace = <Made>(
  label: string,
  make: (label: string, namespace: typeof apps) => Made,
): readonly Made[] => [
  make(label, apps),
  make(`${label}-as-root`, appsAsRoot),
  make(`${label}-infra`, infra),
];

const secretIn = (label: string, namespace: typeof apps) =>
  resource('kubernetes_secret_v1', label, {
    metadata: { name: secretName, namespace },
    data_wo: store.keys,
    data_wo_revision: secretRevision,
  });

/** The Secret with the addresses that hear of failures; with Gotify @home/integrations/notifications makes it. */
export const alertsSecret = 'alerts';

const { alerts } = home;
const addresses = alerts?.kind === 'addresses' ? alerts.of.map((event) => pingAddresses[event]) : [];

const alertsIn = (label: string, namespace: typeof apps) =>
  resource('kubernetes_secret_v1', label, {
    metadata: { name: alertsSecret, namespace },
    data_wo: Object.fromEntries(addresses.map((address) => [address.label.toUpperCase(), address.ref])),
    // After a change in .env: npm run secrets -- rotate alerts
    data_wo_revision: revision('alerts'),
  });

function alertsOfReplica(): Replica['alerts'] {
  switch (alerts?.kind) {
    case 'addresses':
      return { kind: 'addresses', secretName: alertsSecret, secretRevision: revision('alerts') };
    case 'gotify':
      return { ...alerts, secretName: alertsSecret };
    default:
      return alerts;
  }
}

export const replica: Replica = {
  endpoint: s3.endpoint,
  bucket: s3.bucket,
  ...(s3.kind === 'given' && s3.region !== undefined ? { region: s3.region } : {}),
  ...(s3.caFile === undefined ? {} : { ca: authority(__dirname, s3.caFile) }),
  secretName,
  secretRevision,
  firstDeploy: home.replication.firstDeploy,
  images: { litestream: home.images.litestream, verify: home.images.replicaVerify },
  memoryRequest: home.memoryRequests.litestream,
  alerts: alertsOfReplica(),
};

const addressesOfAlerts =
  addresses.length === 0 ? [] : [...addresses, ...inEachNamespace(alertsSecret, alertsIn)];

export default [...store.blocks, ...inEachNamespace(secretName, secretIn), ...addressesOfAlerts];
