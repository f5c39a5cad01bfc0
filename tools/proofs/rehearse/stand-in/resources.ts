import { isDeepStrictEqual } from 'node:util';
import { type Wire, type WireObject, isList, isObject } from './message-pack';

/**
 * By which arguments a system tells its objects apart, joined by "/" as in the ids that the providers' documentation
 * gives for imports. Anything else is known by the id that its provider gave it.
 */
const namedBy: Readonly<Record<string, readonly string[]>> = {
  gotify_plugin: ['module_path'],
  minio_iam_policy: ['name'],
  minio_iam_user: ['name'],
  minio_iam_user_policy_attachment: ['user_name', 'policy_name'],
  minio_s3_bucket: ['bucket'],
  minio_s3_bucket_versioning: ['bucket'],
  talos_cluster_kubeconfig: ['node'],
  talos_machine_bootstrap: ['node'],
  talos_machine_configuration_apply: ['node'],
};

/** Kubernetes' objects without a namespace, among those in use. */
const clusterWide =
  /^kubernetes_(namespace|cluster_role|cluster_role_binding|ingress_class|persistent_volume|storage_class|node)(_v1)?$/;

/** The name under which a system knows an object, or undefined where the system makes one up. */
export function keyOf(type: string, object: WireObject): string | undefined {
  if (type.startsWith('kubernetes_')) return kubernetesKey(type, object['metadata']);
  const parts = (namedBy[type] ?? ['id']).map((name) => object[name]);
  return parts.every((part) => typeof part === 'string' || typeof part === 'number')
    ? parts.join('/')
    : undefined;
}

function kubernetesKey(type: string, metadata: Wire | undefined): string | undefined {
  const [first] = isList(metadata) ? metadata : [];
  if (!isObject(first) || typeof first['name'] !== 'string') return undefined;
  return isNamespaced(type) ? `${String(first['namespace'] ?? 'default')}/${first['name']}` : first['name'];
}

export const isNamespaced = (type: string): boolean =>
  type.startsWith('kubernetes_') && !clusterWide.test(type);

/** Objects that live in the Terraform state alone; reading them asks nobody. */
export const livesInState = (type: string): boolean => /^(random|tls|talos)_/.test(type);

/** What its provider's documentation does not offer to import. */
export const cannotBeImported = (type: string): boolean =>
  /^(gotify_|talos_machine_configuration_apply$|talos_image_factory_)/.test(type);

/** What its provider makes over an existing object of that name without a word. */
export const overwrites = (type: string): boolean =>
  /^(gotify_plugin|minio_iam_(user|policy|user_policy_attachment)|minio_s3_bucket_versioning)$/.test(type);

const metadata = ['metadata.name', 'metadata.namespace', 'metadata.generate_name'];

/**
 * Which arguments a provider cannot change in place, for the resources in use; lists are passed through. From the
 * providers' sources: `ForceNew` in kubernetes/*.go of github.com/hashicorp/terraform-provider-kubernetes v3.2.1 and
 * minio/*.go of github.com/aminueza/terraform-provider-minio, `RequiresReplace` in
 * github.com/siderolabs/terraform-provider-talos v0.11.0. Gotify's and healthchecks.io's providers change everything
 * in place.
 */
const immutable: Readonly<Record<string, readonly string[]>> = {
  kubernetes_cluster_role_binding_v1: ['role_ref'],
  kubernetes_daemon_set_v1: ['spec.selector'],
  kubernetes_deployment_v1: ['spec.selector'],
  kubernetes_secret_v1: ['type'],
  kubernetes_service_v1: [
    'spec.cluster_ip',
    'spec.cluster_ips',
    'spec.load_balancer_class',
    'spec.health_check_node_port',
  ],
  kubernetes_stateful_set_v1: [
    'spec.pod_management_policy',
    'spec.revision_history_limit',
    'spec.selector',
    'spec.service_name',
    'spec.volume_claim_template',
  ],
  minio_accesskey: ['user'],
  minio_iam_policy: ['name', 'name_prefix'],
  minio_iam_service_account: ['target_user'],
  minio_iam_user: ['name'],
  minio_iam_user_policy_attachment: ['policy_name', 'user_name'],
  minio_s3_bucket: ['bucket', 'bucket_prefix'],
  minio_s3_bucket_versioning: ['bucket'],
  random_password: [
    'keepers',
    'length',
    'lower',
    'min_lower',
    'numeric',
    'override_special',
    'special',
    'upper',
  ],
};

/** The paths of an object whose change means that it is destroyed and recreated. */
export function replacedBy(type: string, prior: Wire, planned: Wire): (string | number)[][] {
  if (type === 'talos_machine_secrets') return lowersContract(prior, planned) ? [['talos_version']] : [];
  const patterns = [...(immutable[type] ?? []), ...(type.startsWith('kubernetes_') ? metadata : [])];
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
