import { type Wire, type WireObject, dynamic, isObject, listOf } from './message-pack';
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
      const template = first(spec['template']);
      const labels = first(template['metadata'])['labels'] ?? {};
      const replica = replicaOf(first(template['spec']));
      const replicas = Number(spec['replicas'] ?? 1);
      return Array.from({ length: replicas }, (_none, index) => ({
        namespace,
        name: `${name}-${index}`,
        labels: stringsOf(labels),
        owner: kind,
        ...replica,
      }));
    }),
  );
  return [...kept, ...world.pods];
}

/** The replica that a pod's restore is told. */
function replicaOf({ init_container: containers }: WireObject): Pick<Pod, 'replica'> {
  const env = listOf(containers).flatMap((container) => listOf(first(container)['env']).map(first));
  const found = env.find(({ name }) => name === 'REPLICA');
  return found === undefined ? {} : { replica: String(found['value']) };
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

/** A pod as the Kubernetes API shows it. */
export function manifest({ name, namespace, labels, owner, replica }: Pod): WireObject {
  const kind = owner === 'Deployment' ? 'ReplicaSet' : owner;
  const ownerReferences = [{ kind, name: name.replace(/-[^-]*$/, '') }];
  const env = replica === undefined ? [] : [{ name: 'REPLICA', value: replica }];
  return {
    kind: 'Pod',
    metadata: { name, namespace, labels, ownerReferences },
    spec: { initContainers: [{ name: 'restore', env }] },
    status: { phase: 'Running' },
  };
}
