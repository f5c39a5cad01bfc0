import type { Answering } from './home-network';
import { type Wire, type WireObject, isList } from '../stand-in/message-pack';
import { podsOf } from '../stand-in/pods';
import { first } from '../stand-in/systems';
import type { World } from '../stand-in/world';

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

const listOf = (value: Wire | undefined): readonly Wire[] => (isList(value) ? value : []);
