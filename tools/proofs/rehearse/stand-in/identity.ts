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
