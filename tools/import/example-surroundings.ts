import { imported } from './code/code';
import type { Surroundings } from './surroundings';

/** A home with one namespace and the workload `gotify`, for tests. */
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
  addresses: new Set(['kubernetes_service_v1.gotify', 'var.root_secret']),
};
