import { type Body, type OwnedBlock, addressOf } from '@home/terraform';
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

  /** The same of one kind. */
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

const indexes = new WeakMap<readonly OwnedBlock[], KubernetesObjects>();

/** The Kubernetes objects of a home. Rules that are given the same list share one index. */
export function objectsIn(home: readonly OwnedBlock[]): KubernetesObjects {
  const index = indexes.get(home) ?? new KubernetesObjects(home);
  indexes.set(home, index);
  return index;
}

/** How a message names a block: `apps/workloads/gotify: kubernetes_service_v1.gotify`. */
export const placeOf = ({ owner, block }: OwnedBlock): string => `${owner.where}: ${addressOf(block)}`;
