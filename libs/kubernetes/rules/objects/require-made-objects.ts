import { type Rule } from '@home/terraform';
import { referencesIn } from '../../read/object-references';
import { objectsIn, placeOf } from '../../read/objects';

/**
 * Every object that another one names is made somewhere in the home, in the same namespace. One that is made elsewhere
 * counts when a data source looks it up.
 */
export const requireMadeObjects: Rule = {
  name: 'require-made-objects',
  check: (home) =>
    referencesIn(home)
      .filter(
        ({ kind, namespace, name }) =>
          !isWellKnown(kind, name) && !objectsIn(home).mayHave(kind, namespace, name),
      )
      .map(({ from, kind, namespace, name }) => ({
        where: placeOf(from),
        what: `the ${spelling[kind] ?? kind} "${String(name)}"${namespace === '' ? '' : ` in the namespace "${String(namespace)}"`} must be made by the home`,
        remedy: 'Make it, or correct the name',
      })),
};

const spelling: Readonly<Record<string, string>> = {
  clusterrole: 'ClusterRole',
  configmap: 'ConfigMap',
  ingressclass: 'IngressClass',
  namespace: 'Namespace',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  priorityclass: 'PriorityClass',
  role: 'Role',
  runtimeclass: 'RuntimeClass',
  secret: 'Secret',
  service: 'Service',
  serviceaccount: 'ServiceAccount',
};

/** What every cluster has from the start. */
const wellKnown: Readonly<Record<string, RegExp>> = {
  clusterrole: /^(cluster-admin|admin|edit|view|system:.*)$/,
  configmap: /^kube-root-ca\.crt$/,
  namespace: /^(default|kube-system|kube-public|kube-node-lease)$/,
  priorityclass: /^system-(cluster|node)-critical$/,
  role: /^system:/,
  serviceaccount: /^default$/,
};

const isWellKnown = (kind: string, name: unknown): boolean =>
  typeof name === 'string' && (wellKnown[kind]?.test(name) ?? false);
