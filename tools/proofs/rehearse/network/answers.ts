import type { IncomingMessage } from 'node:http';
import { type WireObject, listOf } from '../stand-in/message-pack';
import { controllers, manifest, podsOf } from '../stand-in/pods';
import { first } from '../stand-in/resources';
import type { World } from '../stand-in/world';

/** What answers to a request, or nothing: then nobody is there. */
export type Answering = (
  world: World,
  request: IncomingMessage,
) => { status: number; body: string } | undefined;

/** The list of checks that the account at healthchecks.io has: https://healthchecks.io/docs/api/ */
export const answerHealthchecks: Answering = (world, { url = '', headers: { host = '' } }) => {
  if (!/^\/api\/v\d\/checks\/$/.test(url)) return { status: 404, body: '{}' };
  const checks = Object.entries(world.all('healthchecksio_check')).map(([id, { value }]) => ({
    name: value['name'],
    ping_url: value['ping_url'],
    update_url: `http://${host}/api/v1/checks/${id}`,
  }));
  return { status: 200, body: JSON.stringify({ checks }) };
};

/** What the Kubernetes API tells of its health, of pods and of rollouts, all of which are done at once here. */
export const answerKubernetes: Answering = (world, { url = '' }) => {
  if (!world.clusterRuns()) return undefined;
  if (/^\/(readyz|livez|healthz)/.test(url)) return { status: 200, body: 'ok' };
  if (url === '/api/v1/pods')
    return { status: 200, body: JSON.stringify({ items: podsOf(world).map(manifest) }) };
  const [, namespace, plural = '', name] =
    /^\/apis\/apps\/v1\/namespaces\/([^/]+)\/([^/]+)\/([^/?]+)/.exec(url) ?? [];
  const [type] = Object.entries(controllers).find(([, kind]) => `${kind.toLowerCase()}s` === plural) ?? [];
  const kept = type && world.find(type, `${namespace}/${name}`);
  if (!kept)
    return {
      status: 404,
      body: JSON.stringify({ kind: 'Status', code: 404, message: `${url} is not there` }),
    };
  const replicas = Number(first(kept.value['spec'])['replicas'] ?? 1);
  const status = {
    observedGeneration: 1,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    desiredNumberScheduled: 1,
    updatedNumberScheduled: 1,
    numberReady: 1,
  };
  return { status: 200, body: JSON.stringify({ spec: { replicas }, status }) };
};

/** What the ingress answers: itself on /ping, and an app on its host while one of its pods runs. */
export const answerIngress: Answering = (world, { url = '', headers: { host = '' } }) => {
  if (!podsOf(world).some((pod) => Object.values(pod.labels).includes('traefik'))) return undefined;
  if (url === '/ping') return { status: 200, body: 'OK' };
  const service = serviceOf(world, host);
  if (!service) return { status: 404, body: '404 page not found' };
  const selector = first(first(service['spec'])['selector'] ?? null);
  const running = podsOf(world).some((pod) =>
    Object.entries(selector).every(([name, value]) => pod.labels[name] === value),
  );
  return running ? { status: 200, body: 'OK' } : { status: 503, body: 'no available server' };
};

/** The Service that an Ingress sends a host's requests to. */
function serviceOf(world: World, host: string): WireObject | undefined {
  for (const [key, { value }] of Object.entries(world.all('kubernetes_ingress_v1'))) {
    const rule = listOf(first(value['spec'])['rule'])
      .map(first)
      .find((one) => one['host'] === host);
    if (!rule) continue;
    const backend = first(first(first(rule['http'])['path'])['backend']);
    const name = first(backend['service'])['name'];
    return world.find('kubernetes_service_v1', `${key.split('/')[0]}/${String(name)}`)?.value;
  }
  return undefined;
}
