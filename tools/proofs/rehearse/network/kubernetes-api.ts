import type { Answering } from './home-network';
import { keyOf } from '../stand-in/identity';
import { first } from '../stand-in/systems';

const plurals: Readonly<Record<string, string>> = {
  deployments: 'kubernetes_deployment_v1',
  statefulsets: 'kubernetes_stateful_set_v1',
  daemonsets: 'kubernetes_daemon_set_v1',
};

/** What the Kubernetes API tells of its health and of rollouts, all of which are done at once here. */
export const answerKubernetes: Answering = (world, { url = '' }) => {
  if (!world.clusterRuns()) return undefined;
  if (/^\/(readyz|livez|healthz)/.test(url)) return { status: 200, body: 'ok' };
  const [, namespace, plural = '', name] =
    /^\/apis\/apps\/v1\/namespaces\/([^/]+)\/([^/]+)\/([^/?]+)/.exec(url) ?? [];
  const type = plurals[plural];
  const kept = type && world.find(type, `${namespace}/${name}`);
  if (!kept)
    return {
      status: 404,
      body: JSON.stringify({ kind: 'Status', code: 404, message: `${url} is not there` }),
    };
  const replicas = Number(first(kept.value['spec'])['replicas'] ?? 1);
  const status = {
    observedGeneration: 1,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    desiredNumberScheduled: 1,
    updatedNumberScheduled: 1,
    numberReady: 1,
  };
  const metadata = { name: keyOf(type, kept.value), generation: 1 };
  return { status: 200, body: JSON.stringify({ metadata, spec: { replicas }, status }) };
};
