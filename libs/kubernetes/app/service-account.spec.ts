import { type Block, resolve } from '@home/terraform';
import { labelsOf } from './labels';
import { serviceAccount } from './service-account';

it('may do in all namespaces what its rules say, and is told to pods that ask for it alone', () => {
  const rules = [{ groups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] }];
  const { name, ...made } = serviceAccount('reader', {
    namespace: 'infra',
    labels: labelsOf('reader', 'ingress'),
    rules,
  });
  const blocks = made.blocks as readonly Block[];
  expect(resolve(name)).toBe('reader');
  expect(blocks.map(({ type }) => type)).toEqual([
    'kubernetes_service_account_v1',
    'kubernetes_cluster_role_v1',
    'kubernetes_cluster_role_binding_v1',
  ]);
  const [account, role, binding] = blocks.map(({ body }) => resolve(body));
  expect(account).toMatchObject({
    metadata: { name: 'reader', namespace: 'infra' },
    automount_service_account_token: false,
  });
  expect(role).toMatchObject({
    rule: [{ api_groups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] }],
  });
  expect(binding).toMatchObject({
    role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
    subject: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'infra' }],
  });
});
