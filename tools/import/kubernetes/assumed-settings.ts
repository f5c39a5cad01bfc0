import { type Fields, changeAt, fieldsOf, itemsOf, mapContainers, podPath } from './fields';
import type { Manifest } from './read-manifests';

/**
 * Writes out what Kubernetes assumes where nothing is said and the provider would say something else: `runAsNonRoot:
 * false` in a container over the pod's `true`, a mounted token over the account's `automountServiceAccountToken: false`,
 * no revisions of a StatefulSet, no policy of an autoscaler, a StorageClass whose volumes grow, accounts of the namespace `default`.
 *
 * @param manifests all objects that are imported, among them the accounts
 */
export function withAssumptions(manifest: Manifest, manifests: readonly Manifest[]): Manifest {
  const path = podPath(manifest.kind);
  const value =
    path === undefined
      ? manifest.value
      : changeAt(manifest.value, path, (pod) => settlePod(pod, manifest, manifests));
  return { ...manifest, value: settleKind({ ...manifest, value }) };
}

function settleKind({ kind, value, namespace }: Manifest): Fields {
  switch (kind) {
    case 'StatefulSet':
      return changeAt(value, ['spec'], (spec) => ({ revisionHistoryLimit: 10, ...spec }));
    case 'StorageClass':
      return { allowVolumeExpansion: false, ...value };
    case 'HorizontalPodAutoscaler':
      return changeAt(value, ['spec', 'behavior'], settleBehavior);
    case 'RoleBinding': {
      const { subjects } = value;
      if (namespace === undefined || !Array.isArray(subjects)) return value;
      return { ...value, subjects: itemsOf(subjects).map((one) => settleSubject(fieldsOf(one), namespace)) };
    }
    default:
      return value;
  }
}

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior */
function settleBehavior(behavior: Fields): Fields {
  const { scaleUp, scaleDown } = behavior;
  return {
    ...(scaleUp !== undefined && {
      scaleUp: { selectPolicy: 'Max', stabilizationWindowSeconds: 0, ...fieldsOf(scaleUp) },
    }),
    ...(scaleDown !== undefined && {
      scaleDown: { selectPolicy: 'Max', stabilizationWindowSeconds: 300, ...fieldsOf(scaleDown) },
    }),
  };
}

const settleSubject = (subject: Fields, namespace: string): Fields =>
  subject['kind'] === 'ServiceAccount'
    ? { ...subject, namespace: subject['namespace'] ?? namespace }
    : subject;

function settlePod(pod: Fields, { namespace }: Manifest, manifests: readonly Manifest[]): Fields {
  const name = pod['serviceAccountName'] ?? pod['serviceAccount'] ?? 'default';
  const account = manifests.find(
    (one) => one.kind === 'ServiceAccount' && one.name === name && one.namespace === namespace,
  );
  const token = pod['automountServiceAccountToken'] ?? account?.value['automountServiceAccountToken'];
  const { runAsNonRoot } = fieldsOf(pod['securityContext']);
  const settled =
    runAsNonRoot === true ? mapContainers(pod, (one) => settleContainer(one, runAsNonRoot)) : pod;
  return { ...settled, ...(token === false && { automountServiceAccountToken: false }) };
}

function settleContainer(container: Fields, runAsNonRoot: unknown): Fields {
  const security = container['securityContext'];
  if (security === undefined || fieldsOf(security)['runAsNonRoot'] !== undefined) return container;
  return { ...container, securityContext: { ...fieldsOf(security), runAsNonRoot } };
}
