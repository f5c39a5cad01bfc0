import { home } from '@home/home';
import { type Replica } from '@home/kubernetes';
import { resource } from '@home/providers';

// What recipes take from the home that they are written into. Here it is an example, for the compiler and the tests.

const namespace = (name: string, level: 'restricted' | 'baseline' | 'privileged') =>
  resource('kubernetes_namespace_v1', name, {
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } },
  });

const forApps = namespace('apps', 'restricted');
const forAppsAsRoot = namespace('apps-as-root', 'baseline');
const forInfra = namespace('infra', 'privileged');

/** Where apps live. */
export const apps = forApps.ref.metadata[0].name;

/** Where apps live whose images have to start as root. */
export const appsAsRoot = forAppsAsRoot.ref.metadata[0].name;

/** Where lives what uses the network, ports or devices of a node. */
export const infra = forInfra.ref.metadata[0].name;

const secretName = 'replication';

const keysIn = (label: string, namespace: typeof apps) =>
  resource('kubernetes_secret_v1', label, { metadata: { name: secretName, namespace }, data_wo: {} });

/** Where databases are replicated to. */
export const replica: Replica = {
  endpoint: 'http://192.168.107.4:9000',
  bucket: 'replicas',
  secretName,
  secretRevision: 1,
  firstDeploy: false,
  images: { litestream: home.images.litestream, verify: home.images.replicaVerify },
  memoryRequest: home.memoryRequests.litestream,
};

export default [
  forApps,
  forAppsAsRoot,
  forInfra,
  keysIn('replication', apps),
  keysIn('replication-as-root', appsAsRoot),
  keysIn('replication-infra', infra),
];
