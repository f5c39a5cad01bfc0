import { exceedsBaseline, isClusterWide } from '@home/kubernetes';
import { resourceBlock } from '@home/terraform';
import type { Left, Loss } from '../imported';
import type { Surroundings } from '../surroundings';
import { type Fields, changeAt, fieldsOf, itemsOf, mapFields, podPath } from './fields';
import { importObject } from './imported-object';
import type { Manifest } from './read-manifests';
import { SecretVariables } from './secret-values';

/** Objects as they fit into the home, and what is different for it. */
export interface Fitted {
  readonly manifests: readonly Manifest[];
  readonly told: readonly Left[];
}

/** What is different of an object in the home, and what to do about it. */
export const tell = ({ kind, name, where }: Manifest, [what, remedy, weight, part]: Loss): Left => ({
  where: where([]),
  of: `${kind} ${name}`,
  ...(part !== undefined && { part }),
  what,
  remedy,
  ...(weight && { weight }),
});

/**
 * Leaves out what Helm runs at certain moments of a release, such as when it is uninstalled: Terraform would run all of it when
 * it is applied. https://helm.sh/docs/topics/charts_hooks/
 */
export function withoutHooks(manifests: readonly Manifest[]): Fitted {
  const hookOf = ({ value }: Manifest): unknown =>
    fieldsOf(fieldsOf(value['metadata'])['annotations'])['helm.sh/hook'];
  const told = manifests.flatMap((manifest) => {
    const hook = hookOf(manifest);
    if (hook === undefined) return [];
    const isTest = /^test/.test(String(hook));
    const loss: Loss = isTest
      ? ['is a test of Helm and left out', 'Run it by hand', 'usual']
      : ['is left out, since Helm runs it then', 'Run by hand what is needed of it', 'hurts', String(hook)];
    return [tell(manifest, loss)];
  });
  return { manifests: manifests.filter((manifest) => hookOf(manifest) === undefined), told };
}

/** Leaves out roles without rules and what binds them: they grant nothing, and the provider makes none. */
export function withoutEmptyRoles(manifests: readonly Manifest[]): Fitted {
  const isEmpty = ({ kind, value }: Manifest): boolean =>
    /^(Cluster)?Role$/.test(kind) &&
    value['aggregationRule'] === undefined &&
    itemsOf(value['rules']).length === 0;
  const roleOf = ({ kind, name, namespace }: Pick<Manifest, 'kind' | 'name' | 'namespace'>): string =>
    `${kind} ${isClusterWide(kind) ? '' : (namespace ?? '')} ${name}`;
  const empty = new Set(manifests.filter(isEmpty).map(roleOf));
  const isLeftOut = (manifest: Manifest): boolean => {
    const { kind, name } = fieldsOf(manifest.value['roleRef']);
    return isEmpty(manifest) || empty.has(roleOf({ ...manifest, kind: String(kind), name: String(name) }));
  };
  return {
    manifests: manifests.filter((manifest) => !isLeftOut(manifest)),
    told: manifests
      .filter(isLeftOut)
      .map((one) => tell(one, ['grants nothing, and is left out', 'Nothing has to be done', 'usual'])),
  };
}

/** Leaves out the annotations by which Helm starts pods anew when their settings change: the home does so by itself. */
export function withoutChecksums(manifests: readonly Manifest[]): Fitted {
  const told: Left[] = [];
  const kept = manifests.map((manifest) =>
    podPath(manifest.kind) === undefined
      ? manifest
      : {
          ...manifest,
          value: settleChecksums(manifest.value, (...said) => told.push(tell(manifest, [...said, 'usual']))),
        },
  );
  return { manifests: kept, told };
}

/** What makes pods, as Kubernetes or its provider writes it, without such annotations. */
export const settleChecksums = (fields: Fields, say: (what: string, remedy: string) => void): Fields =>
  fieldsOf(
    mapFields(fields, (one, name) => {
      const entries = Object.entries(one);
      const kept = entries.filter(([key]) => name !== 'annotations' || !key.startsWith('checksum/'));
      if (kept.length < entries.length)
        say('the checksums in its annotations are left out', 'Nothing has to be done');
      return Object.fromEntries(kept);
    }),
  );

/** The home's own namespace for pods that may do what they like. */
export const infra = 'infra';

/** The label of a namespace that lets its pods do what they like. */
export const granted = { 'pod-security.kubernetes.io/enforce': 'privileged' };

/**
 * Puts pods that may do what they like with their node where that is allowed: in the home's own namespace for it, with all else
 * that goes to `default`, and in a namespace of another name by a label of that.
 */
export function inGrantingNamespaces(manifests: readonly Manifest[], around: Surroundings): Fitted {
  const placeOf = ({ namespace = 'default' }: Manifest): string => namespace;
  const needing = manifests.filter(needsNode);
  const isMoved = needing.some((one) => placeOf(one) === 'default') && around.namespaces.has(infra);
  const moved = manifests.map((manifest) => (isMoved ? inNamespace(manifest, infra) : manifest));
  const others = new Set(needing.map(placeOf).filter((name) => name !== 'default' && name !== 'kube-system'));
  const isNamespace = ({ kind, name }: Manifest): boolean => kind === 'Namespace' && others.has(name);
  const labelled = moved.map((manifest) => (isNamespace(manifest) ? labelledNamespace(manifest) : manifest));
  const made = new Set(moved.filter(isNamespace).map(({ name }) => name));
  const missing = [...others].filter((name) => !made.has(name) && !around.namespaces.has(name));
  return {
    manifests: [
      ...labelled,
      ...missing.flatMap((name) => {
        const first = needing.find((one) => placeOf(one) === name);
        return first === undefined ? [] : [labelledNamespace(namespaceFor(first, name))];
      }),
    ],
    told: needing.map((one) => {
      const where = placeOf(one) === 'default' && isMoved ? infra : placeOf(one);
      return tell(one, nodeRights(where));
    }),
  };
}

/** What is told of a pod that may do more than a namespace usually grants. */
export const nodeRights = (namespace: string): Loss => [
  `such a pod may do what it likes with its node, which its namespace ${namespace} allows`,
  'Look whether it needs that',
  'hurts',
];

function needsNode(manifest: Manifest): boolean {
  if (podPath(manifest.kind) === undefined) return false;
  const object = importObject(manifest, new SecretVariables(new Set(), false));
  return (
    object !== undefined && exceedsBaseline(resourceBlock(object.resource.name, 'imported', object.given))
  );
}

/** An object that went to `default`, and what it says of others there. */
function inNamespace(manifest: Manifest, namespace: string): Manifest {
  const { kind, value } = manifest;
  const isSpaced = manifest.namespace === undefined || manifest.namespace === 'default';
  const subjects = itemsOf(value['subjects']).map((one) => {
    const subject = fieldsOf(one);
    return subject['namespace'] === 'default' ? { ...subject, namespace } : subject;
  });
  const renamed: Fields = { ...value, ...(subjects.length > 0 && { subjects }) };
  if (!isSpaced || isClusterWide(kind)) return { ...manifest, value: renamed };
  return {
    ...manifest,
    namespace,
    value: { ...renamed, metadata: { ...fieldsOf(value['metadata']), namespace } },
  };
}

function namespaceFor({ file, where }: Manifest, name: string): Manifest {
  const value = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  return { file, where, apiVersion: 'v1', kind: 'Namespace', name, value };
}

const labelledNamespace = (manifest: Manifest): Manifest => ({
  ...manifest,
  value: changeAt(manifest.value, ['metadata'], (metadata) => ({
    ...metadata,
    labels: { ...granted, ...fieldsOf(metadata['labels']) },
  })),
});
