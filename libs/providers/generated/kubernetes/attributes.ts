// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface AffinityAttributes {
  node_affinity: AffinityNodeAffinityAttributes[]
  pod_affinity: PodAffinityAttributes[]
  pod_anti_affinity: PodAffinityAttributes[]
}

export interface AffinityNodeAffinityAttributes {
  preferred_during_scheduling_ignored_during_execution: AffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionAttributes[]
  required_during_scheduling_ignored_during_execution: AffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionAttributes[]
}

export interface AffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionAttributes {
  weight: number
  preference: NodeSelectorTermAttributes[]
}

export interface AffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionAttributes {
  node_selector_term: NodeSelectorTermAttributes[]
}

export interface AggregationRuleAttributes {
  cluster_role_selectors: LabelSelectorAttributes[]
}

export interface AllowedTopologiesAttributes {
  match_label_expressions: MatchLabelExpressionsAttributes[]
}

export interface AwsElasticBlockStoreAttributes {
  fs_type: string
  partition: number
  read_only: boolean
  volume_id: string
}

export interface AzureDiskAttributes {
  caching_mode: string
  data_disk_uri: string
  disk_name: string
  fs_type: string
  kind: string
  read_only: boolean
}

export interface AzureFileAttributes {
  read_only: boolean
  secret_name: string
  secret_namespace: string
  share_name: string
}

export interface BackendAttributes {
  resource: BackendResourceAttributes[]
  service: ServiceAttributes[]
}

export interface BackendResourceAttributes {
  api_group: string
  kind: string
  name: string
}

export interface BehaviorAttributes {
  scale_down: ScaleDownAttributes[]
  scale_up: ScaleUpAttributes[]
}

export interface CapabilitiesAttributes {
  add: string[]
  drop: string[]
}

export interface CephFsAttributes {
  monitors: string[]
  path: string
  read_only: boolean
  secret_file: string
  user: string
  secret_ref: SecretRefAttributes[]
}

export interface CinderAttributes {
  fs_type: string
  read_only: boolean
  volume_id: string
}

export interface ClaimRefAttributes {
  name: string
  namespace: string
}

export interface ClientIpAttributes {
  timeout_seconds: number
}

export interface ClusterMetadataAttributes {
  annotations: Record<string, string>
  generate_name: string
  generation: number
  labels: Record<string, string>
  name: string
  resource_version: string
  uid: string
}

export interface ClusterRoleBindingV1Attributes {
  id: string
  metadata: ClusterMetadataAttributes[]
  role_ref: RoleRefAttributes[]
  subject: SubjectAttributes[]
}

export interface ClusterRoleV1Attributes {
  id: string
  aggregation_rule: AggregationRuleAttributes[]
  metadata: ClusterMetadataAttributes[]
  rule: ClusterRoleV1RuleAttributes[]
}

export interface ClusterRoleV1RuleAttributes {
  api_groups: string[]
  non_resource_urls: string[]
  resource_names: string[]
  resources: string[]
  verbs: string[]
}

export interface ConfigMapV1Attributes {
  binary_data: Record<string, string>
  data: Record<string, string>
  id: string
  immutable: boolean
  metadata: MetadataAttributes[]
}

export interface ContainerAttributes {
  args: string[]
  command: string[]
  image: string
  image_pull_policy: string
  name: string
  restart_policy: string
  stdin: boolean
  stdin_once: boolean
  termination_message_path: string
  termination_message_policy: string
  tty: boolean
  working_dir: string
  env: EnvAttributes[]
  env_from: EnvFromAttributes[]
  lifecycle: LifecycleAttributes[]
  liveness_probe: ProbeAttributes[]
  port: ContainerPortAttributes[]
  readiness_probe: ProbeAttributes[]
  resources: ContainerResourcesAttributes[]
  security_context: SecurityContextAttributes[]
  startup_probe: ProbeAttributes[]
  volume_device: VolumeDeviceAttributes[]
  volume_mount: VolumeMountAttributes[]
}

export interface ContainerPortAttributes {
  container_port: number
  host_ip: string
  host_port: number
  name: string
  protocol: string
}

export interface ContainerResourceAttributes {
  container: string
  name: string
  target: TargetAttributes[]
}

export interface ContainerResourcesAttributes {
  limits: Record<string, string>
  requests: Record<string, string>
}

export interface CronJobV1Attributes {
  id: string
  metadata: MetadataAttributes[]
  spec: CronJobV1SpecAttributes[]
  timeouts: CronJobV1TimeoutsAttributes
}

export interface CronJobV1SpecAttributes {
  concurrency_policy: string
  failed_jobs_history_limit: number
  schedule: string
  starting_deadline_seconds: number
  successful_jobs_history_limit: number
  suspend: boolean
  timezone: string
  job_template: JobTemplateAttributes[]
}

export interface CronJobV1TimeoutsAttributes {
  delete: string
}

export interface DaemonSetV1Attributes {
  id: string
  wait_for_rollout: boolean
  metadata: MetadataAttributes[]
  spec: DaemonSetV1SpecAttributes[]
  timeouts: DaemonSetV1TimeoutsAttributes
}

export interface DaemonSetV1SpecAttributes {
  min_ready_seconds: number
  revision_history_limit: number
  selector: LabelSelectorAttributes[]
  strategy: DaemonSetV1SpecStrategyAttributes[]
  template: DaemonSetV1SpecTemplateAttributes[]
}

export interface DaemonSetV1SpecStrategyAttributes {
  type: string
  rolling_update: DaemonSetV1SpecStrategyRollingUpdateAttributes[]
}

export interface DaemonSetV1SpecStrategyRollingUpdateAttributes {
  max_surge: string
  max_unavailable: string
}

export interface DaemonSetV1SpecTemplateAttributes {
  metadata: MetadataAttributes[]
  spec: PodSpecAttributes[]
}

export interface DaemonSetV1TimeoutsAttributes {
  create: string
  delete: string
  update: string
}

export interface DataResourcesAttributes {
  api_version: string
  field_selector: string
  kind: string
  label_selector: string
  limit: number
  namespace: string
  objects: unknown
}

export interface DeploymentV1Attributes {
  id: string
  wait_for_rollout: boolean
  metadata: MetadataAttributes[]
  spec: DeploymentV1SpecAttributes[]
  timeouts: DaemonSetV1TimeoutsAttributes
}

export interface DeploymentV1SpecAttributes {
  min_ready_seconds: number
  paused: boolean
  progress_deadline_seconds: number
  replicas: string
  revision_history_limit: number
  selector: LabelSelectorAttributes[]
  strategy: DeploymentV1SpecStrategyAttributes[]
  template: DeploymentV1SpecTemplateAttributes[]
}

export interface DeploymentV1SpecStrategyAttributes {
  type: string
  rolling_update: DaemonSetV1SpecStrategyRollingUpdateAttributes[]
}

export interface DeploymentV1SpecTemplateAttributes {
  metadata: MetadataAttributes[]
  spec: PodSpecAttributes[]
}

export interface DescribedObjectAttributes {
  api_version: string
  kind: string
  name: string
}

export interface DnsConfigAttributes {
  nameservers: string[]
  searches: string[]
  option: OptionAttributes[]
}

export interface EgressAttributes {
  ports: PortsAttributes[]
  to: ToAttributes[]
}

export interface EmptyDirAttributes {
  medium: string
  size_limit: string
}

export interface EnvAttributes {
  name: string
  value: string
  value_from: ValueFromAttributes[]
}

export interface EnvFromAttributes {
  prefix: string
  config_map_ref: EnvFromRefAttributes[]
  secret_ref: EnvFromRefAttributes[]
}

export interface EnvFromRefAttributes {
  name: string
  optional: boolean
}

export interface EphemeralAttributes {
  volume_claim_template: EphemeralVolumeClaimTemplateAttributes[]
}

export interface EphemeralVolumeClaimTemplateAttributes {
  metadata: EphemeralVolumeClaimTemplateMetadataAttributes[]
  spec: VolumeClaimSpecAttributes[]
}

export interface EphemeralVolumeClaimTemplateMetadataAttributes {
  annotations: Record<string, string>
  labels: Record<string, string>
}

export interface ExternalAttributes {
  metric: ExternalMetricAttributes[]
  target: TargetAttributes[]
}

export interface ExternalMetricAttributes {
  name: string
  selector: LabelSelectorAttributes[]
}

export interface FcAttributes {
  fs_type: string
  lun: number
  read_only: boolean
  target_ww_ns: string[]
}

export interface FieldRefAttributes {
  api_version: string
  field_path: string
}

export interface FlexVolumeAttributes {
  driver: string
  fs_type: string
  options: Record<string, string>
  read_only: boolean
  secret_ref: SecretRefAttributes[]
}

export interface FlockerAttributes {
  dataset_name: string
  dataset_uuid: string
}

export interface FromAttributes {
  ip_block: IpBlockAttributes[]
  namespace_selector: LabelSelectorAttributes[]
  pod_selector: LabelSelectorAttributes[]
}

export interface GcePersistentDiskAttributes {
  fs_type: string
  partition: number
  pd_name: string
  read_only: boolean
}

export interface GitRepoAttributes {
  directory: string
  repository: string
  revision: string
}

export interface GlusterfsAttributes {
  endpoints_name: string
  path: string
  read_only: boolean
}

export interface GrpcAttributes {
  port: number
  service: string
}

export interface HorizontalPodAutoscalerV2Attributes {
  id: string
  metadata: MetadataAttributes[]
  spec: HorizontalPodAutoscalerV2SpecAttributes[]
}

export interface HorizontalPodAutoscalerV2SpecAttributes {
  max_replicas: number
  min_replicas: number
  target_cpu_utilization_percentage: number
  behavior: BehaviorAttributes[]
  metric: HorizontalPodAutoscalerV2SpecMetricAttributes[]
  scale_target_ref: ScaleTargetRefAttributes[]
}

export interface HorizontalPodAutoscalerV2SpecMetricAttributes {
  type: string
  container_resource: ContainerResourceAttributes[]
  external: ExternalAttributes[]
  object: HorizontalPodAutoscalerV2SpecMetricObjectAttributes[]
  pods: PodsAttributes[]
  resource: HorizontalPodAutoscalerV2SpecMetricResourceAttributes[]
}

export interface HorizontalPodAutoscalerV2SpecMetricObjectAttributes {
  described_object: DescribedObjectAttributes[]
  metric: ExternalMetricAttributes[]
  target: TargetAttributes[]
}

export interface HorizontalPodAutoscalerV2SpecMetricResourceAttributes {
  name: string
  target: TargetAttributes[]
}

export interface HostAliasesAttributes {
  hostnames: string[]
  ip: string
}

export interface HostPathAttributes {
  path: string
  type: string
}

export interface HttpAttributes {
  path: PathAttributes[]
}

export interface HttpGetAttributes {
  host: string
  path: string
  port: string
  scheme: string
  http_header: HttpHeaderAttributes[]
}

export interface HttpHeaderAttributes {
  name: string
  value: string
}

export interface ImagePullSecretAttributes {
  name: string
}

export interface ImagePullSecretsAttributes {
  name: string
}

export interface IngressAttributes {
  from: FromAttributes[]
  ports: PortsAttributes[]
}

export interface IngressClassV1Attributes {
  id: string
  metadata: ClusterMetadataAttributes[]
  spec: IngressClassV1SpecAttributes[]
}

export interface IngressClassV1SpecAttributes {
  controller: string
  parameters: ParametersAttributes[]
}

export interface IngressV1Attributes {
  id: string
  status: { load_balancer: { ingress: { hostname: string; ip: string }[] }[] }[]
  wait_for_load_balancer: boolean
  metadata: MetadataAttributes[]
  spec: IngressV1SpecAttributes[]
  timeouts: IngressV1TimeoutsAttributes
}

export interface IngressV1SpecAttributes {
  ingress_class_name: string
  default_backend: BackendAttributes[]
  rule: IngressV1SpecRuleAttributes[]
  tls: TlsAttributes[]
}

export interface IngressV1SpecRuleAttributes {
  host: string
  http: HttpAttributes[]
}

export interface IngressV1TimeoutsAttributes {
  create: string
  delete: string
}

export interface IpBlockAttributes {
  cidr: string
  except: string[]
}

export interface IscsiAttributes {
  fs_type: string
  iqn: string
  iscsi_interface: string
  lun: number
  read_only: boolean
  target_portal: string
}

export interface JobTemplateAttributes {
  metadata: MetadataAttributes[]
  spec: JobV1SpecAttributes[]
}

export interface JobV1Attributes {
  id: string
  wait_for_completion: boolean
  metadata: JobV1MetadataAttributes[]
  spec: JobV1SpecAttributes[]
  timeouts: DaemonSetV1TimeoutsAttributes
}

export interface JobV1MetadataAttributes {
  annotations: Record<string, string>
  generate_name: string
  generation: number
  labels: Record<string, string>
  name: string
  namespace: string
  resource_version: string
  uid: string
}

export interface JobV1SpecAttributes {
  active_deadline_seconds: number
  backoff_limit: number
  backoff_limit_per_index: number
  completion_mode: string
  completions: number
  manual_selector: boolean
  max_failed_indexes: number
  parallelism: number
  ttl_seconds_after_finished: string
  pod_failure_policy: PodFailurePolicyAttributes[]
  selector: LabelSelectorAttributes[]
  template: JobV1SpecTemplateAttributes[]
}

export interface JobV1SpecTemplateAttributes {
  metadata: ClusterMetadataAttributes[]
  spec: PodSpecAttributes[]
}

export interface KeyRefAttributes {
  key: string
  name: string
  optional: boolean
}

export interface LabelSelectorAttributes {
  match_labels: Record<string, string>
  match_expressions: LabelSelectorMatchExpressionsAttributes[]
}

export interface LabelSelectorMatchExpressionsAttributes {
  key: string
  operator: string
  values: string[]
}

export interface LifecycleAttributes {
  post_start: LifecycleHandlerAttributes[]
  pre_stop: LifecycleHandlerAttributes[]
}

export interface LifecycleHandlerAttributes {
  exec: ProbeExecAttributes[]
  http_get: HttpGetAttributes[]
  tcp_socket: TcpSocketAttributes[]
}

export interface MatchFieldsAttributes {
  key: string
  operator: string
  values: string[]
}

export interface MatchLabelExpressionsAttributes {
  key: string
  values: string[]
}

export interface MetadataAttributes {
  annotations: Record<string, string>
  generate_name: string
  generation: number
  labels: Record<string, string>
  name: string
  namespace: string
  resource_version: string
  uid: string
}

export interface NamespaceV1Attributes {
  id: string
  wait_for_default_service_account: boolean
  metadata: ClusterMetadataAttributes[]
  timeouts: CronJobV1TimeoutsAttributes
}

export interface NetworkPolicyV1Attributes {
  id: string
  metadata: MetadataAttributes[]
  spec: NetworkPolicyV1SpecAttributes[]
}

export interface NetworkPolicyV1SpecAttributes {
  policy_types: string[]
  egress: EgressAttributes[]
  ingress: IngressAttributes[]
  pod_selector: LabelSelectorAttributes[]
}

export interface NfsAttributes {
  path: string
  read_only: boolean
  server: string
}

export interface NodePublishSecretRefAttributes {
  name: string
}

export interface NodeSelectorTermAttributes {
  match_expressions: NodeSelectorTermMatchExpressionsAttributes[]
  match_fields: MatchFieldsAttributes[]
}

export interface NodeSelectorTermMatchExpressionsAttributes {
  key: string
  operator: string
  values: string[]
}

export interface OnExitCodesAttributes {
  container_name: string
  operator: string
  values: number[]
}

export interface OnPodConditionAttributes {
  status: string
  type: string
}

export interface OptionAttributes {
  name: string
  value: string
}

export interface OsAttributes {
  name: string
}

export interface ParametersAttributes {
  api_group: string
  kind: string
  name: string
  namespace: string
  scope: string
}

export interface PathAttributes {
  path: string
  path_type: string
  backend: BackendAttributes[]
}

export interface PersistentVolumeClaimAttributes {
  claim_name: string
  read_only: boolean
}

export interface PersistentVolumeClaimRetentionPolicyAttributes {
  when_deleted: string
  when_scaled: string
}

export interface PersistentVolumeClaimV1Attributes {
  id: string
  wait_until_bound: boolean
  metadata: MetadataAttributes[]
  spec: VolumeClaimSpecAttributes[]
  timeouts: PersistentVolumeClaimV1TimeoutsAttributes
}

export interface PersistentVolumeClaimV1TimeoutsAttributes {
  create: string
}

export interface PersistentVolumeSourceAttributes {
  aws_elastic_block_store: AwsElasticBlockStoreAttributes[]
  azure_disk: AzureDiskAttributes[]
  azure_file: AzureFileAttributes[]
  ceph_fs: CephFsAttributes[]
  cinder: CinderAttributes[]
  csi: PersistentVolumeSourceCsiAttributes[]
  fc: FcAttributes[]
  flex_volume: FlexVolumeAttributes[]
  flocker: FlockerAttributes[]
  gce_persistent_disk: GcePersistentDiskAttributes[]
  glusterfs: GlusterfsAttributes[]
  host_path: HostPathAttributes[]
  iscsi: IscsiAttributes[]
  local: PersistentVolumeSourceLocalAttributes[]
  nfs: NfsAttributes[]
  photon_persistent_disk: PhotonPersistentDiskAttributes[]
  quobyte: QuobyteAttributes[]
  rbd: RbdAttributes[]
  vsphere_volume: VsphereVolumeAttributes[]
}

export interface PersistentVolumeSourceCsiAttributes {
  driver: string
  fs_type: string
  read_only: boolean
  volume_attributes: Record<string, string>
  volume_handle: string
  controller_expand_secret_ref: SecretRefAttributes[]
  controller_publish_secret_ref: SecretRefAttributes[]
  node_publish_secret_ref: SecretRefAttributes[]
  node_stage_secret_ref: SecretRefAttributes[]
}

export interface PersistentVolumeSourceLocalAttributes {
  path: string
}

export interface PersistentVolumeV1Attributes {
  id: string
  metadata: PersistentVolumeV1MetadataAttributes[]
  spec: PersistentVolumeV1SpecAttributes[]
  timeouts: PersistentVolumeClaimV1TimeoutsAttributes
}

export interface PersistentVolumeV1MetadataAttributes {
  annotations: Record<string, string>
  generation: number
  labels: Record<string, string>
  name: string
  resource_version: string
  uid: string
}

export interface PersistentVolumeV1SpecAttributes {
  access_modes: string[]
  capacity: Record<string, string>
  mount_options: string[]
  persistent_volume_reclaim_policy: string
  storage_class_name: string
  volume_mode: string
  claim_ref: ClaimRefAttributes[]
  node_affinity: PersistentVolumeV1SpecNodeAffinityAttributes[]
  persistent_volume_source: PersistentVolumeSourceAttributes[]
}

export interface PersistentVolumeV1SpecNodeAffinityAttributes {
  required: RequiredAttributes[]
}

export interface PhotonPersistentDiskAttributes {
  fs_type: string
  pd_id: string
}

export interface PodAffinityAttributes {
  preferred_during_scheduling_ignored_during_execution: PodAffinityPreferredDuringSchedulingIgnoredDuringExecutionAttributes[]
  required_during_scheduling_ignored_during_execution: PodAffinityRequiredDuringSchedulingIgnoredDuringExecutionAttributes[]
}

export interface PodAffinityPreferredDuringSchedulingIgnoredDuringExecutionAttributes {
  weight: number
  pod_affinity_term: PodAffinityTermAttributes[]
}

export interface PodAffinityRequiredDuringSchedulingIgnoredDuringExecutionAttributes {
  namespaces: string[]
  topology_key: string
  label_selector: LabelSelectorAttributes[]
  namespace_selector: LabelSelectorAttributes[]
}

export interface PodAffinityTermAttributes {
  namespaces: string[]
  topology_key: string
  label_selector: LabelSelectorAttributes[]
  namespace_selector: LabelSelectorAttributes[]
}

export interface PodDisruptionBudgetV1Attributes {
  id: string
  metadata: MetadataAttributes[]
  spec: PodDisruptionBudgetV1SpecAttributes[]
}

export interface PodDisruptionBudgetV1SpecAttributes {
  max_unavailable: string
  min_available: string
  selector: LabelSelectorAttributes[]
}

export interface PodFailurePolicyAttributes {
  rule: PodFailurePolicyRuleAttributes[]
}

export interface PodFailurePolicyRuleAttributes {
  action: string
  on_exit_codes: OnExitCodesAttributes[]
  on_pod_condition: OnPodConditionAttributes[]
}

export interface PodSecurityContextAttributes {
  fs_group: string
  fs_group_change_policy: string
  run_as_group: string
  run_as_non_root: boolean
  run_as_user: string
  supplemental_groups: number[]
  se_linux_options: SeLinuxOptionsAttributes[]
  seccomp_profile: SeccompProfileAttributes[]
  sysctl: SysctlAttributes[]
  windows_options: WindowsOptionsAttributes[]
}

export interface PodSpecAttributes {
  active_deadline_seconds: number
  automount_service_account_token: boolean
  dns_policy: string
  enable_service_links: boolean
  host_ipc: boolean
  host_network: boolean
  host_pid: boolean
  hostname: string
  node_name: string
  node_selector: Record<string, string>
  priority_class_name: string
  restart_policy: string
  runtime_class_name: string
  scheduler_name: string
  service_account_name: string
  share_process_namespace: boolean
  subdomain: string
  termination_grace_period_seconds: number
  affinity: AffinityAttributes[]
  container: ContainerAttributes[]
  dns_config: DnsConfigAttributes[]
  host_aliases: HostAliasesAttributes[]
  image_pull_secrets: ImagePullSecretsAttributes[]
  init_container: ContainerAttributes[]
  os: OsAttributes[]
  readiness_gate: ReadinessGateAttributes[]
  security_context: PodSecurityContextAttributes[]
  toleration: TolerationAttributes[]
  topology_spread_constraint: TopologySpreadConstraintAttributes[]
  volume: VolumeAttributes[]
}

export interface PodsAttributes {
  metric: ExternalMetricAttributes[]
  target: TargetAttributes[]
}

export interface PolicyAttributes {
  period_seconds: number
  type: string
  value: number
}

export interface PortsAttributes {
  end_port: number
  port: string
  protocol: string
}

export interface PriorityClassV1Attributes {
  description: string
  global_default: boolean
  id: string
  preemption_policy: string
  value: number
  metadata: ClusterMetadataAttributes[]
}

export interface ProbeAttributes {
  failure_threshold: number
  initial_delay_seconds: number
  period_seconds: number
  success_threshold: number
  timeout_seconds: number
  exec: ProbeExecAttributes[]
  grpc: GrpcAttributes[]
  http_get: HttpGetAttributes[]
  tcp_socket: TcpSocketAttributes[]
}

export interface ProbeExecAttributes {
  command: string[]
}

export interface ProjectedAttributes {
  default_mode: string
  sources: SourcesAttributes[]
}

export interface QuobyteAttributes {
  group: string
  read_only: boolean
  registry: string
  user: string
  volume: string
}

export interface RbdAttributes {
  ceph_monitors: string[]
  fs_type: string
  keyring: string
  rados_user: string
  rbd_image: string
  rbd_pool: string
  read_only: boolean
  secret_ref: SecretRefAttributes[]
}

export interface ReadinessGateAttributes {
  condition_type: string
}

export interface RequiredAttributes {
  node_selector_term: RequiredNodeSelectorTermAttributes[]
}

export interface RequiredNodeSelectorTermAttributes {
  match_expressions: RequiredNodeSelectorTermMatchExpressionsAttributes[]
  match_fields: MatchFieldsAttributes[]
}

export interface RequiredNodeSelectorTermMatchExpressionsAttributes {
  key: string
  operator: string
  values: string[]
}

export interface RoleBindingV1Attributes {
  id: string
  metadata: MetadataAttributes[]
  role_ref: RoleRefAttributes[]
  subject: SubjectAttributes[]
}

export interface RoleRefAttributes {
  api_group: string
  kind: string
  name: string
}

export interface RoleV1Attributes {
  id: string
  metadata: MetadataAttributes[]
  rule: RoleV1RuleAttributes[]
}

export interface RoleV1RuleAttributes {
  api_groups: string[]
  resource_names: string[]
  resources: string[]
  verbs: string[]
}

export interface ScaleDownAttributes {
  select_policy: string
  stabilization_window_seconds: number
  policy: PolicyAttributes[]
}

export interface ScaleTargetRefAttributes {
  api_version: string
  kind: string
  name: string
}

export interface ScaleUpAttributes {
  select_policy: string
  stabilization_window_seconds: number
  policy: PolicyAttributes[]
}

export interface SeLinuxOptionsAttributes {
  level: string
  role: string
  type: string
  user: string
}

export interface SeccompProfileAttributes {
  localhost_profile: string
  type: string
}

export interface SecretRefAttributes {
  name: string
  namespace: string
}

export interface SecretV1Attributes {
  /** Sensitive. */
  binary_data: Record<string, string>
  binary_data_wo_revision: number
  /** Sensitive. */
  data: Record<string, string>
  data_wo_revision: number
  id: string
  immutable: boolean
  type: string
  wait_for_service_account_token: boolean
  metadata: MetadataAttributes[]
  timeouts: PersistentVolumeClaimV1TimeoutsAttributes
}

export interface SecurityContextAttributes {
  allow_privilege_escalation: boolean
  privileged: boolean
  read_only_root_filesystem: boolean
  run_as_group: string
  run_as_non_root: boolean
  run_as_user: string
  capabilities: CapabilitiesAttributes[]
  se_linux_options: SeLinuxOptionsAttributes[]
  seccomp_profile: SeccompProfileAttributes[]
}

export interface ServiceAttributes {
  name: string
  port: ServicePortAttributes[]
}

export interface ServiceAccountTokenAttributes {
  audience: string
  expiration_seconds: number
  path: string
}

export interface ServiceAccountV1Attributes {
  automount_service_account_token: boolean
  /** @deprecated */
  default_secret_name: string
  id: string
  image_pull_secret: ImagePullSecretAttributes[]
  metadata: MetadataAttributes[]
  secret: ServiceAccountV1SecretAttributes[]
  timeouts: PersistentVolumeClaimV1TimeoutsAttributes
}

export interface ServiceAccountV1SecretAttributes {
  name: string
}

export interface ServicePortAttributes {
  name: string
  number: number
}

export interface ServiceV1Attributes {
  id: string
  status: { load_balancer: { ingress: { hostname: string; ip: string; ip_mode: string }[] }[] }[]
  wait_for_load_balancer: boolean
  metadata: MetadataAttributes[]
  spec: ServiceV1SpecAttributes[]
  timeouts: PersistentVolumeClaimV1TimeoutsAttributes
}

export interface ServiceV1SpecAttributes {
  allocate_load_balancer_node_ports: boolean
  cluster_ip: string
  cluster_ips: string[]
  external_ips: string[]
  external_name: string
  external_traffic_policy: string
  health_check_node_port: number
  internal_traffic_policy: string
  ip_families: string[]
  ip_family_policy: string
  load_balancer_class: string
  load_balancer_ip: string
  load_balancer_source_ranges: string[]
  publish_not_ready_addresses: boolean
  selector: Record<string, string>
  session_affinity: string
  type: string
  port: ServiceV1SpecPortAttributes[]
  session_affinity_config: SessionAffinityConfigAttributes[]
}

export interface ServiceV1SpecPortAttributes {
  app_protocol: string
  name: string
  node_port: number
  port: number
  protocol: string
  target_port: string
}

export interface SessionAffinityConfigAttributes {
  client_ip: ClientIpAttributes[]
}

export interface SourcesAttributes {
  config_map: SourcesConfigMapAttributes[]
  downward_api: SourcesDownwardApiAttributes[]
  secret: SourcesSecretAttributes[]
  service_account_token: ServiceAccountTokenAttributes[]
}

export interface SourcesConfigMapAttributes {
  name: string
  optional: boolean
  items: VolumeConfigMapItemsAttributes[]
}

export interface SourcesDownwardApiAttributes {
  items: SourcesDownwardApiItemsAttributes[]
}

export interface SourcesDownwardApiItemsAttributes {
  mode: string
  path: string
  field_ref: FieldRefAttributes[]
  resource_field_ref: VolumeDownwardApiItemsResourceFieldRefAttributes[]
}

export interface SourcesSecretAttributes {
  name: string
  optional: boolean
  items: VolumeConfigMapItemsAttributes[]
}

export interface StatefulSetV1Attributes {
  id: string
  wait_for_rollout: boolean
  metadata: MetadataAttributes[]
  spec: StatefulSetV1SpecAttributes[]
  timeouts: StatefulSetV1TimeoutsAttributes
}

export interface StatefulSetV1SpecAttributes {
  min_ready_seconds: number
  pod_management_policy: string
  replicas: string
  revision_history_limit: number
  service_name: string
  persistent_volume_claim_retention_policy: PersistentVolumeClaimRetentionPolicyAttributes[]
  selector: LabelSelectorAttributes[]
  template: DaemonSetV1SpecTemplateAttributes[]
  update_strategy: UpdateStrategyAttributes[]
  volume_claim_template: StatefulSetV1SpecVolumeClaimTemplateAttributes[]
}

export interface StatefulSetV1SpecVolumeClaimTemplateAttributes {
  metadata: MetadataAttributes[]
  spec: VolumeClaimSpecAttributes[]
}

export interface StatefulSetV1TimeoutsAttributes {
  create: string
  delete: string
  read: string
  update: string
}

export interface StorageClassV1Attributes {
  allow_volume_expansion: boolean
  id: string
  mount_options: string[]
  parameters: Record<string, string>
  reclaim_policy: string
  storage_provisioner: string
  volume_binding_mode: string
  allowed_topologies: AllowedTopologiesAttributes[]
  metadata: ClusterMetadataAttributes[]
}

export interface SubjectAttributes {
  api_group: string
  kind: string
  name: string
  namespace: string
}

export interface SysctlAttributes {
  name: string
  value: string
}

export interface TargetAttributes {
  average_utilization: number
  average_value: string
  type: string
  value: string
}

export interface TcpSocketAttributes {
  port: string
}

export interface TlsAttributes {
  hosts: string[]
  secret_name: string
}

export interface ToAttributes {
  ip_block: IpBlockAttributes[]
  namespace_selector: LabelSelectorAttributes[]
  pod_selector: LabelSelectorAttributes[]
}

export interface TolerationAttributes {
  effect: string
  key: string
  operator: string
  toleration_seconds: string
  value: string
}

export interface TopologySpreadConstraintAttributes {
  match_label_keys: string[]
  max_skew: number
  min_domains: number
  node_affinity_policy: string
  node_taints_policy: string
  topology_key: string
  when_unsatisfiable: string
  label_selector: LabelSelectorAttributes[]
}

export interface UpdateStrategyAttributes {
  type: string
  rolling_update: UpdateStrategyRollingUpdateAttributes[]
}

export interface UpdateStrategyRollingUpdateAttributes {
  partition: number
}

export interface ValueFromAttributes {
  config_map_key_ref: KeyRefAttributes[]
  field_ref: FieldRefAttributes[]
  resource_field_ref: ValueFromResourceFieldRefAttributes[]
  secret_key_ref: KeyRefAttributes[]
}

export interface ValueFromResourceFieldRefAttributes {
  container_name: string
  divisor: string
  resource: string
}

export interface VolumeAttributes {
  name: string
  aws_elastic_block_store: AwsElasticBlockStoreAttributes[]
  azure_disk: AzureDiskAttributes[]
  azure_file: AzureFileAttributes[]
  ceph_fs: CephFsAttributes[]
  cinder: CinderAttributes[]
  config_map: VolumeConfigMapAttributes[]
  csi: VolumeCsiAttributes[]
  downward_api: VolumeDownwardApiAttributes[]
  empty_dir: EmptyDirAttributes[]
  ephemeral: EphemeralAttributes[]
  fc: FcAttributes[]
  flex_volume: FlexVolumeAttributes[]
  flocker: FlockerAttributes[]
  gce_persistent_disk: GcePersistentDiskAttributes[]
  git_repo: GitRepoAttributes[]
  glusterfs: GlusterfsAttributes[]
  host_path: HostPathAttributes[]
  iscsi: IscsiAttributes[]
  local: VolumeLocalAttributes[]
  nfs: NfsAttributes[]
  persistent_volume_claim: PersistentVolumeClaimAttributes[]
  photon_persistent_disk: PhotonPersistentDiskAttributes[]
  projected: ProjectedAttributes[]
  quobyte: QuobyteAttributes[]
  rbd: RbdAttributes[]
  secret: VolumeSecretAttributes[]
  vsphere_volume: VsphereVolumeAttributes[]
}

export interface VolumeClaimSpecAttributes {
  access_modes: string[]
  storage_class_name: string
  volume_mode: string
  volume_name: string
  resources: VolumeClaimSpecResourcesAttributes[]
  selector: LabelSelectorAttributes[]
}

export interface VolumeClaimSpecResourcesAttributes {
  limits: Record<string, string>
  requests: Record<string, string>
}

export interface VolumeConfigMapAttributes {
  default_mode: string
  name: string
  optional: boolean
  items: VolumeConfigMapItemsAttributes[]
}

export interface VolumeConfigMapItemsAttributes {
  key: string
  mode: string
  path: string
}

export interface VolumeCsiAttributes {
  driver: string
  fs_type: string
  read_only: boolean
  volume_attributes: Record<string, string>
  node_publish_secret_ref: NodePublishSecretRefAttributes[]
}

export interface VolumeDeviceAttributes {
  device_path: string
  name: string
}

export interface VolumeDownwardApiAttributes {
  default_mode: string
  items: VolumeDownwardApiItemsAttributes[]
}

export interface VolumeDownwardApiItemsAttributes {
  mode: string
  path: string
  field_ref: FieldRefAttributes[]
  resource_field_ref: VolumeDownwardApiItemsResourceFieldRefAttributes[]
}

export interface VolumeDownwardApiItemsResourceFieldRefAttributes {
  container_name: string
  divisor: string
  resource: string
}

export interface VolumeLocalAttributes {
  path: string
}

export interface VolumeMountAttributes {
  mount_path: string
  mount_propagation: string
  name: string
  read_only: boolean
  sub_path: string
  sub_path_expr: string
}

export interface VolumeSecretAttributes {
  default_mode: string
  optional: boolean
  secret_name: string
  items: VolumeConfigMapItemsAttributes[]
}

export interface VsphereVolumeAttributes {
  fs_type: string
  volume_path: string
}

export interface WindowsOptionsAttributes {
  gmsa_credential_spec: string
  gmsa_credential_spec_name: string
  host_process: boolean
  run_as_username: string
}
