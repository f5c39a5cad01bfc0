/** What the home takes from one provider. */
export interface WantedProvider {
  /** The provider's address. */
  readonly source: string;
  /** The exact version; absent for the provider that is part of Terraform itself. */
  readonly version?: string;
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
  readonly ephemeralResources: readonly string[];
  /** Whether all that the provider has is kept as well, for the import: `whole.json.gz`. */
  readonly whole?: true;
  /**
   * The version of Kubernetes whose API says what its objects take, kept as `api.json.gz`:
   * `kubectl get --raw /openapi/v2 > kubernetes-openapi-1.35.json`, then `npm run sync-schemas -- --from` that file. An
   * API server lists the texts that a field takes; the document in Kubernetes' repository does not.
   */
  readonly api?: string;
  /**
   * Names for parts that many blocks share: the name of the generated type → one place where the part stands. Parts
   * that are not named here are named after their block, and after the part around them where that is ambiguous.
   */
  readonly parts?: Readonly<Record<string, string>>;
}

/**
 * Every provider of the home under its local name, and what of it is typed and checked.
 *
 * To add something or to move to another version: edit this table, run `npm run sync-schemas`, read the diff.
 */
export const manifest = {
  gotify: {
    source: 'LukasKnuth/gotify',
    version: '0.3.0',
    resources: ['gotify_application', 'gotify_client', 'gotify_plugin'],
    dataSources: [],
    ephemeralResources: [],
  },
  healthchecksio: {
    source: 'kristofferahl/healthchecksio',
    version: '2.3.0',
    resources: ['healthchecksio_check'],
    dataSources: ['healthchecksio_channel'],
    ephemeralResources: [],
  },
  kubernetes: {
    source: 'hashicorp/kubernetes',
    version: '3.2.1',
    api: '1.36',
    resources: [
      'kubernetes_cluster_role_binding_v1',
      'kubernetes_cluster_role_v1',
      'kubernetes_config_map_v1',
      'kubernetes_cron_job_v1',
      'kubernetes_daemon_set_v1',
      'kubernetes_deployment_v1',
      'kubernetes_horizontal_pod_autoscaler_v2',
      'kubernetes_ingress_class_v1',
      'kubernetes_ingress_v1',
      'kubernetes_job_v1',
      'kubernetes_namespace_v1',
      'kubernetes_network_policy_v1',
      'kubernetes_persistent_volume_claim_v1',
      'kubernetes_persistent_volume_v1',
      'kubernetes_pod_disruption_budget_v1',
      'kubernetes_priority_class_v1',
      'kubernetes_role_binding_v1',
      'kubernetes_role_v1',
      'kubernetes_secret_v1',
      'kubernetes_service_account_v1',
      'kubernetes_service_v1',
      'kubernetes_stateful_set_v1',
      'kubernetes_storage_class_v1',
    ],
    dataSources: ['kubernetes_resources'],
    ephemeralResources: [],
    whole: true,
    parts: {
      ClusterMetadata: 'kubernetes_namespace_v1.metadata',
      Env: 'kubernetes_deployment_v1.spec.template.spec.container.env',
      EnvFromRef: 'kubernetes_deployment_v1.spec.template.spec.container.env_from.secret_ref',
      LabelSelector: 'kubernetes_deployment_v1.spec.selector',
      LifecycleHandler: 'kubernetes_deployment_v1.spec.template.spec.container.lifecycle.pre_stop',
      Metadata: 'kubernetes_deployment_v1.metadata',
      NodeSelectorTerm:
        'kubernetes_deployment_v1.spec.template.spec.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term',
      PodAffinity: 'kubernetes_deployment_v1.spec.template.spec.affinity.pod_affinity',
      PodSecurityContext: 'kubernetes_deployment_v1.spec.template.spec.security_context',
      PodSpec: 'kubernetes_deployment_v1.spec.template.spec',
      Volume: 'kubernetes_deployment_v1.spec.template.spec.volume',
      VolumeClaimSpec: 'kubernetes_stateful_set_v1.spec.volume_claim_template.spec',
    },
  },
  minio: {
    source: 'aminueza/minio',
    version: '3.40.1',
    resources: [
      'minio_iam_policy',
      'minio_iam_user',
      'minio_iam_user_policy_attachment',
      'minio_ilm_policy',
      'minio_s3_bucket',
      'minio_s3_bucket_versioning',
    ],
    dataSources: [],
    ephemeralResources: [],
  },
  onepassword: {
    source: '1Password/onepassword',
    version: '3.3.1',
    resources: [],
    dataSources: ['onepassword_item', 'onepassword_vault'],
    ephemeralResources: ['onepassword_item'],
  },
  random: {
    source: 'hashicorp/random',
    version: '3.9.0',
    resources: ['random_password'],
    dataSources: [],
    ephemeralResources: [],
    whole: true,
  },
  talos: {
    source: 'siderolabs/talos',
    version: '0.11.0',
    resources: [
      'talos_cluster_kubeconfig',
      'talos_image_factory_schematic',
      'talos_machine_bootstrap',
      'talos_machine_configuration_apply',
      'talos_machine_secrets',
    ],
    dataSources: ['talos_client_configuration', 'talos_image_factory_urls', 'talos_machine_configuration'],
    ephemeralResources: [],
  },
  terraform: {
    source: 'terraform.io/builtin/terraform',
    resources: ['terraform_data'],
    dataSources: ['terraform_remote_state'],
    ephemeralResources: [],
  },
  tls: {
    source: 'hashicorp/tls',
    version: '4.2.1',
    resources: ['tls_cert_request', 'tls_locally_signed_cert', 'tls_private_key', 'tls_self_signed_cert'],
    dataSources: [],
    ephemeralResources: [],
  },
} as const satisfies Readonly<Record<string, WantedProvider>>;

/** A provider's local name. */
export type ProviderName = keyof typeof manifest;

/** All providers of the home, those of Terraform itself included. */
export const providers: Readonly<Record<string, WantedProvider>> = manifest;

/**
 * The provider that Terraform takes a type from: its first word, `kubernetes` for `kubernetes_service_v1`.
 * https://developer.hashicorp.com/terraform/language/providers/requirements#implied-provider-dependencies
 */
export const providerOf = (type: string): string => type.split('_', 1)[0] ?? type;

/** A provider as `required_providers` names it, with its exact version; undefined for one that nothing requires. */
export function requiredProvider(name: string): { source: string; version: string } | undefined {
  const wanted = providers[name];
  return wanted?.version === undefined ? undefined : { source: wanted.source, version: wanted.version };
}
