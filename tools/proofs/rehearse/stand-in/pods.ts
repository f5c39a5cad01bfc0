import { keyOf } from './resources';
import { type Wire, type WireObject, dynamic, isObject } from './message-pack';
import { first } from './systems';
import type { Pod, World } from './world';

/** The kinds whose controllers keep pods running. */
export const controllers = {
  kubernetes_deployment_v1: 'Deployment',
  kubernetes_stateful_set_v1: 'StatefulSet',
  kubernetes_daemon_set_v1: 'DaemonSet',
};

/** All pods: one for each replica that a controller wants, and those that linger. */
export function podsOf(world: World): Pod[] {
  const kept = Object.entries(controllers).flatMap(([type, kind]) =>
    Object.entries(world.all(type)).flatMap(([key, { value }]) => {
      const [namespace = '', name = ''] = key.split('/');
      const spec = first(value['spec']);
      const labels = first(first(spec['template'])['metadata'])['labels'] ?? {};
      const replicas = Number(spec['replicas'] ?? 1);
      return Array.from({ length: replicas }, (_none, index) => ({
        namespace,
        name: `${name}-${index}`,
        labels: stringsOf(labels),
        owner: kind,
      }));
    }),
  );
  return [...kept, ...world.pods];
}

function stringsOf(map: Wire): Record<string, string> {
  return Object.fromEntries(
    Object.entries(isObject(map) ? map : {}).map(([key, value]) => [key, String(value)]),
  );
}

/** What `data.kubernetes_resources` finds: https://registry.terraform.io/providers/hashicorp/kubernetes data source. */
export function findObjects(world: World, config: WireObject): Wire {
  const wanted = Object.fromEntries(
    String(config['label_selector'] ?? '')
      .split(',')
      .filter(Boolean)
      .map((term) => term.split(/==?/, 2)),
  );
  const matches = (labels: Readonly<Record<string, string>>) =>
    Object.entries(wanted).every(([name, value]) => labels[name] === value);
  const namespace = config['namespace'] ?? null;
  const found = candidates(world, String(config['kind'])).filter(
    (pod) => (namespace === null || pod.namespace === namespace) && matches(pod.labels),
  );
  return dynamic(found.map(manifest));
}

function candidates(world: World, kind: string): (Pod & { kind: string })[] {
  if (kind === 'Pod') return podsOf(world).map((pod) => ({ ...pod, kind }));
  const type = `kubernetes_${kind.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase()}_v1`;
  return Object.values(world.all(type)).map(({ value }) => {
    const [namespace = '', name = ''] = (keyOf(type, value) ?? '').split('/');
    return { kind, namespace, name, labels: stringsOf(first(value['metadata'])['labels'] ?? {}), owner: '' };
  });
}

function manifest({ kind, name, namespace, labels, owner }: Pod & { kind: string }): Wire {
  return {
    kind,
    metadata: {
      name,
      namespace,
      labels,
      ownerReferences: owner ? [{ kind: owner === 'Deployment' ? 'ReplicaSet' : owner }] : [],
    },
    status: { phase: 'Running' },
  };
}
