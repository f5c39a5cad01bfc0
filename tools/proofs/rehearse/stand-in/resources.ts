import { isDeepStrictEqual } from 'node:util';
import { isClusterWide, kindOf } from '@home/kubernetes';
import { type Wire, type WireObject, isList, isObject } from './message-pack';

/** What a stand-in knows of a type of resource, as far as it is not like the others. */
interface Kind {
  /**
   * By which arguments a system tells its objects apart, joined by "/" as in the ids that the providers' documentation
   * gives for imports. Left out: by the id that its provider gave it.
   */
  readonly key?: readonly string[];
  /** Arguments that the provider cannot change in place; lists are passed through. */
  readonly immutable?: readonly string[];
  /** Its provider makes it over an existing object of that name without a word. */
  readonly overwrites?: true;
  /** Its provider's documentation does not offer to import it. */
  readonly cannotBeImported?: true;
}

/**
 * From the providers' documentation and sources: `ForceNew` in kubernetes/*.go of
 * github.com/hashicorp/terraform-provider-kubernetes v3.2.1 and minio/*.go of
 * github.com/aminueza/terraform-provider-minio, `RequiresReplace` in github.com/siderolabs/terraform-provider-talos
 * v0.11.0. Gotify's and healthchecks.io's providers change everything in place.
 */
const kinds: Readonly<Record<string, Kind>> = {
  gotify_application: { cannotBeImported: true },
  gotify_client: { cannotBeImported: true },
  gotify_plugin: { key: ['module_path'], overwrites: true, cannotBeImported: true },
  kubernetes_cluster_role_binding_v1: { immutable: ['role_ref'] },
  kubernetes_daemon_set_v1: { immutable: ['spec.selector'] },
  kubernetes_deployment_v1: { immutable: ['spec.selector'] },
  kubernetes_persistent_volume_claim_v1: {
    immutable: [
      'spec.access_modes',
      'spec.resources.limits',
      'spec.selector',
      'spec.storage_class_name',
      'spec.volume_mode',
      'spec.volume_name',
    ],
  },
  kubernetes_persistent_volume_v1: { immutable: ['spec.persistent_volume_source', 'spec.volume_mode'] },
  kubernetes_secret_v1: { immutable: ['type'] },
  kubernetes_service_v1: {
    immutable: [
      'spec.cluster_ip',
      'spec.cluster_ips',
      'spec.load_balancer_class',
      'spec.health_check_node_port',
    ],
  },
  kubernetes_stateful_set_v1: {
    immutable: [
      'spec.pod_management_policy',
      'spec.revision_history_limit',
      'spec.selector',
      'spec.service_name',
      'spec.volume_claim_template',
    ],
  },
  minio_accesskey: { immutable: ['user'] },
  minio_iam_policy: { key: ['name'], immutable: ['name', 'name_prefix'], overwrites: true },
  minio_iam_service_account: { immutable: ['target_user'] },
  minio_iam_user: { key: ['name'], immutable: ['name'], overwrites: true },
  minio_iam_user_policy_attachment: {
    key: ['user_name', 'policy_name'],
    immutable: ['policy_name', 'user_name'],
    overwrites: true,
  },
  minio_s3_bucket: { key: ['bucket'], immutable: ['bucket', 'bucket_prefix'] },
  minio_s3_bucket_versioning: { key: ['bucket'], immutable: ['bucket'], overwrites: true },
  random_password: {
    immutable: ['keepers', 'length', 'lower', 'min_lower', 'numeric', 'override_special', 'special', 'upper'],
  },
  talos_cluster_kubeconfig: { key: ['node'] },
  talos_image_factory_schematic: { cannotBeImported: true },
  talos_machine_bootstrap: { key: ['node'] },
  talos_machine_configuration_apply: { key: ['node'], cannotBeImported: true },
};

/** What is particular to a type of resource. */
export const kindOfResource = (type: string): Kind => kinds[type] ?? {};

/** The name under which a system knows an object, or undefined where the system makes one up. */
export function keyOf(type: string, object: WireObject): string | undefined {
  if (type.startsWith('kubernetes_')) return kubernetesKey(type, object['metadata']);
  const parts = (kindOfResource(type).key ?? ['id']).map((name) => object[name]);
  return parts.every((part) => typeof part === 'string' || typeof part === 'number')
    ? parts.join('/')
    : undefined;
}

function kubernetesKey(type: string, metadata: Wire | undefined): string | undefined {
  const { namespace, name } = first(metadata);
  if (typeof name !== 'string') return undefined;
  return isNamespaced(type) ? `${String(namespace ?? 'default')}/${name}` : name;
}

/** Tells whether the objects of a type lie in Kubernetes' namespaces. */
export function isNamespaced(type: string): boolean {
  const kind = kindOf(type);
  return kind !== undefined && !isClusterWide(kind);
}

/** Objects that live in the Terraform state alone; reading them asks nobody. */
export const livesInState = (type: string): boolean => /^(random|tls|talos)_/.test(type);

const metadata = ['metadata.name', 'metadata.namespace', 'metadata.generate_name'];

/** The paths of an object whose change means that it is destroyed and recreated. */
export function replacedBy(type: string, prior: Wire, planned: Wire): (string | number)[][] {
  if (type === 'talos_machine_secrets') return lowersContract(prior, planned) ? [['talos_version']] : [];
  const { immutable = [] } = kindOfResource(type);
  const patterns = [...immutable, ...(type.startsWith('kubernetes_') ? metadata : [])];
  return patterns.flatMap((pattern) => changes(pattern.split('.'), prior, planned, []));
}

function changes(
  pattern: readonly string[],
  prior: Wire,
  planned: Wire,
  path: (string | number)[],
): (string | number)[][] {
  const [name, ...rest] = pattern;
  if (name === undefined) return isDeepStrictEqual(prior, planned) ? [] : [path];
  if (isList(prior) && isList(planned)) {
    return planned.flatMap((inner, index) => changes(pattern, prior[index] ?? null, inner, [...path, index]));
  }
  if (!isObject(prior) || !isObject(planned)) return [];
  return changes(rest, prior[name] ?? null, planned[name] ?? null, [...path, name]);
}

/** Talos' provider remakes every secret for an older contract and keeps them for a newer one. */
function lowersContract(prior: Wire, planned: Wire): boolean {
  const minor = (state: Wire) =>
    isObject(state) ? Number(/^v?1\.(\d+)/.exec(String(state['talos_version']))?.[1]) : NaN;
  return minor(planned) < minor(prior);
}

/** The first element of a block, or an empty object. */
export function first(value: Wire | undefined): WireObject {
  const [element] = isList(value) ? value : [value];
  return isObject(element) ? element : {};
}
