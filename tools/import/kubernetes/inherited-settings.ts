import { type Fields, fieldsOf, itemsOf } from './fields';
import type { Manifest } from './read-manifests';

/**
 * Says what a pod would inherit by not saying it. Where nothing is said the provider sends its own default, and
 * that would win: `runAsNonRoot: false` in a container over the pod's `true`, and a mounted token over the account's
 * `automountServiceAccountToken: false`.
 *
 * @param manifests all objects that are imported, among them the accounts
 */
export function withInherited(manifest: Manifest, manifests: readonly Manifest[]): Manifest {
  const path = podPaths[manifest.kind];
  if (path === undefined) return manifest;
  return { ...manifest, value: changeAt(manifest.value, path, (pod) => settlePod(pod, manifest, manifests)) };
}

/** Where a kind keeps its pod. */
const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'].map((kind) => [
      kind,
      ['spec', 'template', 'spec'],
    ]),
  ),
};

function changeAt(
  value: Fields,
  [step, ...rest]: readonly string[],
  change: (part: Fields) => Fields,
): Fields {
  if (step === undefined) return change(value);
  if (value[step] === undefined) return value;
  return { ...value, [step]: changeAt(fieldsOf(value[step]), rest, change) };
}

function settlePod(pod: Fields, { namespace }: Manifest, manifests: readonly Manifest[]): Fields {
  const name = pod['serviceAccountName'] ?? pod['serviceAccount'] ?? 'default';
  const account = manifests.find(
    (one) => one.kind === 'ServiceAccount' && one.name === name && one.namespace === namespace,
  );
  const token = pod['automountServiceAccountToken'] ?? account?.value['automountServiceAccountToken'];
  const { runAsNonRoot } = fieldsOf(pod['securityContext']);
  const settle = (containers: string): Fields =>
    pod[containers] === undefined
      ? {}
      : { [containers]: itemsOf(pod[containers]).map((one) => settleContainer(fieldsOf(one), runAsNonRoot)) };
  return {
    ...pod,
    ...(token === false && { automountServiceAccountToken: false }),
    ...(runAsNonRoot === true && { ...settle('initContainers'), ...settle('containers') }),
  };
}

function settleContainer(container: Fields, runAsNonRoot: unknown): Fields {
  const security = container['securityContext'];
  if (security === undefined || fieldsOf(security)['runAsNonRoot'] !== undefined) return container;
  return { ...container, securityContext: { ...fieldsOf(security), runAsNonRoot } };
}
