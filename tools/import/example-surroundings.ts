import { resourceBlock } from '@home/terraform';
import { imported } from './code/code';
import type { Surroundings } from './surroundings';

/** A home with two namespaces, a Secret and the workload `gotify`, for tests. */
export const exampleSurroundings: Surroundings = {
  stack: 'workloads',
  stacks: ['cluster', 'platform', 'workloads'],
  isFree: (name) => name !== 'gotify',
  namespaces: new Map([['apps', imported('@home/platform/namespaces', 'apps')]]),
  domain: 'home',
  data: {
    node: 'box',
    share: { server: '192.168.1.2', export: '/export/home', mountOptions: ['nfsvers=4.1', 'hard'] },
  },
  blocks: [
    resourceBlock('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } }),
    resourceBlock('kubernetes_namespace_v1', 'infra', { metadata: { name: 'infra' } }),
    resourceBlock('kubernetes_cluster_role_v1', 'reader', { metadata: { name: 'reader' } }),
    resourceBlock('kubernetes_secret_v1', 'photos', { metadata: { name: 'photos', namespace: 'apps' } }),
  ].map((block) => ({ owner: { stack: 'platform', workload: 'home', where: 'home' }, block })),
  addresses: new Set(['kubernetes_service_v1.gotify', 'var.root_secret']),
};
