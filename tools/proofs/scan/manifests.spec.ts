import type { GeneratedBlock } from '@home/generated';
import { manifestsOf } from './manifests';

const block = (type: string, label: string, body: GeneratedBlock['body']): GeneratedBlock => ({
  stack: 'workloads',
  workload: 'notes',
  kind: 'resource',
  type,
  label,
  body,
});

it('makes of generated blocks the objects that Kubernetes will see', () => {
  const blocks = [
    block('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } }),
    block('kubernetes_deployment_v1', 'notes', {
      metadata: { name: 'notes', namespace: '${kubernetes_namespace_v1.apps.metadata[0].name}' },
      spec: {
        replicas: '1',
        strategy: { type: 'Recreate' },
        template: {
          spec: {
            host_pid: true,
            security_context: { fs_group: '1000', sysctl: [{ name: 'a', value: '80' }] },
            container: [
              {
                name: 'notes',
                port: [{ container_port: 80 }],
                env: [{ name: 'A', value: '${healthchecksio_check.a.ping_url}' }],
                resources: { requests: { memory: '64Mi' } },
                liveness_probe: { http_get: { path: '/', port: 'web' } },
              },
            ],
          },
        },
      },
      wait_for_rollout: false,
    }),
    block('healthchecksio_check', 'a', {}),
  ];
  expect(manifestsOf(blocks)).toEqual([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'notes', namespace: 'apps' },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        template: {
          spec: {
            hostPID: true,
            securityContext: { fsGroup: 1000, sysctls: [{ name: 'a', value: '80' }] },
            containers: [
              {
                name: 'notes',
                ports: [{ containerPort: 80 }],
                env: [{ name: 'A', value: 'known-later' }],
                resources: { requests: { memory: '64Mi' } },
                livenessProbe: { httpGet: { path: '/', port: 'web' } },
              },
            ],
          },
        },
      },
    },
  ]);
});
