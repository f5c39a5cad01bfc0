import { type Wire, type WireObject, dynamic, isObject } from './message-pack';
import { first } from './resources';
import { Refusal } from './trouble';
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

/**
 * What `data.kubernetes_resources` finds, as far as the home asks: pods by their labels.
 * https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/data-sources/resources
 */
export function findPods(world: World, { kind, namespace = null, label_selector }: WireObject): Wire {
  if (kind !== 'Pod')
    throw new Refusal(`The stand-in finds objects of kind Pod alone, and not ${String(kind)}`);
  const terms = String(label_selector ?? '')
    .split(',')
    .filter(Boolean);
  const wanted = terms.map((term) => term.split(/==?/, 2));
  const found = podsOf(world).filter(
    (pod) =>
      (namespace === null || pod.namespace === namespace) &&
      wanted.every(([name = '', value]) => pod.labels[name] === value),
  );
  return dynamic(found.map(manifest));
}

function manifest({ name, namespace, labels, owner }: Pod): Wire {
  const ownerReferences = [{ kind: owner === 'Deployment' ? 'ReplicaSet' : owner }];
  return {
    kind: 'Pod',
    metadata: { name, namespace, labels, ownerReferences },
    status: { phase: 'Running' },
  };
}
