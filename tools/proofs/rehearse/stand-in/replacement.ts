import { isDeepStrictEqual } from 'node:util';
import { type Wire, isList, isObject } from './message-pack';

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

/** The paths of an object whose change means that it is destroyed and made anew. */
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
