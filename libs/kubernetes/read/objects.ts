import { type Body, type OwnedBlock, remember } from '@home/terraform';
import { knownBody, nestedBlock } from './known-body';

/** A Kubernetes object as the home describes it, where that is known before Terraform runs. */
export interface KubernetesObject {
  readonly owned: OwnedBlock;
  /** In lower case and without the API's version: `configmap`, `statefulset`, `service`. */
  readonly kind: string;
  readonly body: Body;
  /** A text, an expression, or nothing when Kubernetes makes the name. */
  readonly name: unknown;
  /** A text or an expression; empty for kinds that belong to no namespace. */
  readonly namespace: unknown;
}

/** Kinds whose objects belong to no namespace. */
const clusterWide: ReadonlySet<string> = new Set([
  'clusterrole',
  'clusterrolebinding',
  'csidriver',
  'ingressclass',
  'namespace',
  'persistentvolume',
  'priorityclass',
  'runtimeclass',
  'storageclass',
]);

/** Where a ConfigMap or a Secret has its data. */
export const dataMembers = ['data', 'binary_data', 'data_wo', 'binary_data_wo'];

/** Tells whether the objects of a kind belong to no namespace: `ClusterRole`, `clusterrole`. */
export const isClusterWide = (kind: string): boolean => clusterWide.has(kind.toLowerCase());

/** The kind of object that a Terraform type makes: `kubernetes_daemon_set_v1` and `kubernetes_daemonset` → `daemonset`. */
export function kindOf(type: string): string | undefined {
  if (!type.startsWith('kubernetes_')) return undefined;
  return type
    .slice('kubernetes_'.length)
    .replace(/_v\d+((alpha|beta)\d+)?$/, '')
    .replaceAll('_', '');
}

/** The object that a block makes, or looks up as a data source; undefined for all other blocks. */
export function objectOf(owned: OwnedBlock): KubernetesObject | undefined {
  const { block } = owned;
  const kind = block.kind === 'resource' || block.kind === 'data' ? kindOf(block.type) : undefined;
  if (kind === undefined) return undefined;
  const body = knownBody(block);
  const metadata = nestedBlock(body['metadata']);
  const namespace = isClusterWide(kind) ? '' : (metadata['namespace'] ?? 'default');
  return { owned, kind, body, name: metadata['name'], namespace };
}

/** All Kubernetes objects of a home, by kind and name. */
export class KubernetesObjects {
  readonly #byKind = new Map<string, KubernetesObject[]>();
  readonly #byName = new Map<string, KubernetesObject>();

  constructor(home: readonly OwnedBlock[]) {
    for (const owned of home) {
      const object = objectOf(owned);
      if (object === undefined) continue;
      const { kind, namespace, name } = object;
      this.#byKind
        .set(kind, this.#byKind.get(kind) ?? [])
        .get(kind)
        ?.push(object);
      const key = keyOf(kind, namespace, name);
      if (key !== undefined && !this.#byName.has(key)) this.#byName.set(key, object);
    }
  }

  /** All objects, those that data sources look up included. */
  all(): readonly KubernetesObject[] {
    return [...this.#byKind.values()].flat();
  }

  /** Those that the home itself makes, of one kind or of all. */
  made(kind?: string): readonly KubernetesObject[] {
    const objects = kind === undefined ? this.all() : this.ofKind(kind);
    return objects.filter(({ owned }) => owned.block.kind === 'resource');
  }

  /** All of one kind. */
  ofKind(kind: string): readonly KubernetesObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** The object of a name that is known. */
  find(kind: string, namespace: unknown, name: unknown): KubernetesObject | undefined {
    return this.#byName.get(keyOf(kind, namespace, name) ?? '');
  }

  /** Tells whether an object is there, or may be: names that only Terraform knows may be any. */
  mayHave(kind: string, namespace: unknown, name: unknown): boolean {
    if (typeof name !== 'string' || typeof namespace !== 'string') return true;
    if (this.find(kind, namespace, name) !== undefined) return true;
    return this.ofKind(kind).some((other) => mayBe(other.namespace, namespace) && mayBe(other.name, name));
  }
}

/** Two values that may turn out equal. An object whose name Kubernetes makes has no name that anyone could know. */
function mayBe(value: unknown, text: string): boolean {
  return value === text || (typeof value === 'object' && value !== null);
}

function keyOf(kind: string, namespace: unknown, name: unknown): string | undefined {
  return typeof name === 'string' && typeof namespace === 'string'
    ? `${kind} ${namespace} ${name}`
    : undefined;
}

/** The Kubernetes objects of a home. */
export const objectsIn = remember((home: readonly OwnedBlock[]) => new KubernetesObjects(home));
