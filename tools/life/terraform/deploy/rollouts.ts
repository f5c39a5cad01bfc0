import { isPlainObject } from '@home/terraform';
import { bodyOf } from '../root-module';
import type { KnownObject } from '../state/read-state';
import type { KubernetesApi } from './kubernetes-api';

/** An object of Kubernetes that runs pods. */
interface Workload {
  readonly plural: 'deployments' | 'statefulsets' | 'daemonsets';
  readonly namespace: string;
  readonly name: string;
}

const plurals: Readonly<Record<string, Workload['plural']>> = {
  kubernetes_deployment: 'deployments',
  kubernetes_deployment_v1: 'deployments',
  kubernetes_stateful_set: 'statefulsets',
  kubernetes_stateful_set_v1: 'statefulsets',
  kubernetes_daemonset: 'daemonsets',
  kubernetes_daemon_set_v1: 'daemonsets',
};

/**
 * Asks the cluster about everything with pods that a stack made. The provider does not wait for StatefulSets
 * (docs: wait_for_rollout), so this does.
 *
 * @returns what is not rolled out yet, each as a phrase; empty when all is
 * @throws Error when the API does not answer
 */
export async function unfinishedRollouts(
  api: KubernetesApi,
  objects: readonly KnownObject[],
): Promise<string[]> {
  const states = await Promise.all(
    objects.flatMap((object) => workloadOf(object) ?? []).map((one) => stateOf(api, one)),
  );
  return states.filter((state) => state !== undefined).sort();
}

function workloadOf({ type, values }: KnownObject): Workload | undefined {
  const plural = plurals[type];
  const [metadata] = Array.isArray(values['metadata']) ? (values['metadata'] as unknown[]) : [];
  const { name, namespace } = bodyOf(metadata);
  if (plural === undefined || typeof name !== 'string') return undefined;
  return { plural, name, namespace: typeof namespace === 'string' ? namespace : 'default' };
}

async function stateOf(
  api: KubernetesApi,
  { plural, namespace, name }: Workload,
): Promise<string | undefined> {
  const { status, text } = await api.get(`/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`);
  const title = `${namespace}/${name}`;
  if (status === 404) return `${title} is not there`;
  if (status !== 200) return `${title}: the API answers ${status}`;
  return unfinished(title, plural, JSON.parse(text));
}

/** As `kubectl rollout status` decides it. */
export function unfinished(title: string, plural: Workload['plural'], object: unknown): string | undefined {
  const { metadata, spec, status } = isPlainObject(object) ? object : { metadata: {}, spec: {}, status: {} };
  const number = (body: unknown, key: string, otherwise: number): number =>
    Number(bodyOf(body)[key] ?? otherwise);
  if (number(status, 'observedGeneration', 0) < number(metadata, 'generation', 1))
    return `${title} was not looked at yet`;
  const wanted =
    plural === 'daemonsets' ? number(status, 'desiredNumberScheduled', 0) : number(spec, 'replicas', 1);
  const updated = number(status, plural === 'daemonsets' ? 'updatedNumberScheduled' : 'updatedReplicas', 0);
  const ready = number(status, plural === 'daemonsets' ? 'numberReady' : 'readyReplicas', 0);
  if (updated < wanted) return `${title} has ${updated} of ${wanted} pods at its new version`;
  return ready < wanted ? `${title} has ${ready} of ${wanted} pods ready` : undefined;
}
