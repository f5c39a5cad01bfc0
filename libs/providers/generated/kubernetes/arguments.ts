// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Many, Single, Value } from '@home/terraform';

export interface Affinity {
  node_affinity?: Single<AffinityNodeAffinity>
  pod_affinity?: Single<PodAffinity>
  pod_anti_affinity?: Single<PodAffinity>
}

export interface AffinityNodeAffinity {
  preferred_during_scheduling_ignored_during_execution?: Many<AffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution>
  required_during_scheduling_ignored_during_execution?: Single<AffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecution>
}

export interface AffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution {
  weight: Value<number>
  preference: Single<NodeSelectorTerm>
}

export interface AffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecution {
  node_selector_term: Many<NodeSelectorTerm>
}

export interface AggregationRule {
  cluster_role_selectors?: Many<LabelSelector>
}

export interface AllowedTopologies {
  match_label_expressions?: Many<MatchLabelExpressions>
}

export interface AwsElasticBlockStore {
  fs_type?: Value<string>
  partition?: Value<number>
  read_only?: Value<boolean>
  volume_id: Value<string>
}

export interface AzureDisk {
  caching_mode: Value<string>
  data_disk_uri: Value<string>
  disk_name: Value<string>
  fs_type?: Value<string>
  kind?: Value<string>
  read_only?: Value<boolean>
}

export interface AzureFile {
  read_only?: Value<boolean>
  secret_name: Value<string>
  secret_namespace?: Value<string>
  share_name: Value<string>
}

export interface Backend {
  resource?: Single<BackendResource>
  service?: Single<Service>
}

export interface BackendResource {
  api_group: Value<string>
  kind: Value<string>
  name: Value<string>
}

export interface Behavior {
  scale_down?: Many<ScaleDown>
  scale_up?: Many<ScaleUp>
}

export interface Capabilities {
  add?: Value<readonly Value<string>[]>
  drop?: Value<readonly Value<string>[]>
}

export interface CephFs {
  monitors: Value<readonly Value<string>[]>
  path?: Value<string>
  read_only?: Value<boolean>
  secret_file?: Value<string>
  user?: Value<string>
  secret_ref?: Single<SecretRef>
}

export interface Cinder {
  fs_type?: Value<string>
  read_only?: Value<boolean>
  volume_id: Value<string>
}

export interface ClaimRef {
  name: Value<string>
  namespace?: Value<string>
}

export interface ClientIp {
  timeout_seconds?: Value<number>
}

export interface ClusterMetadata {
  annotations?: Value<Record<string, Value<string>>>
  generate_name?: Value<string>
  labels?: Value<Record<string, Value<string>>>
  name?: Value<string>
}

export interface ClusterRoleBindingV1Arguments {
  metadata: Single<ClusterMetadata>
  role_ref: Single<RoleRef>
  subject: Many<Subject>
}

export interface ClusterRoleV1Arguments {
  aggregation_rule?: Single<AggregationRule>
  metadata: Single<ClusterMetadata>
  rule?: Many<ClusterRoleV1Rule>
}

export interface ClusterRoleV1Rule {
  api_groups?: Value<readonly Value<string>[]>
  non_resource_urls?: Value<readonly Value<string>[]>
  resource_names?: Value<readonly Value<string>[]>
  resources?: Value<readonly Value<string>[]>
  verbs: Value<readonly Value<string>[]>
}

export interface ConfigMapV1Arguments {
  binary_data?: Value<Record<string, Value<string>>>
  data?: Value<Record<string, Value<string>>>
  immutable?: Value<boolean>
  metadata: Single<Metadata>
}

export interface Container {
  args?: Value<readonly Value<string>[]>
  command?: Value<readonly Value<string>[]>
  image?: Value<string>
  image_pull_policy?: Value<string>
  name: Value<string>
  restart_policy?: Value<string>
  stdin?: Value<boolean>
  stdin_once?: Value<boolean>
  termination_message_path?: Value<string>
  termination_message_policy?: Value<string>
  tty?: Value<boolean>
  working_dir?: Value<string>
  env?: Many<Env>
  env_from?: Many<EnvFrom>
  lifecycle?: Single<Lifecycle>
  liveness_probe?: Single<Probe>
  port?: Many<ContainerPort>
  readiness_probe?: Single<Probe>
  resources?: Single<ContainerResources>
  security_context?: Single<SecurityContext>
  startup_probe?: Single<Probe>
  volume_device?: Many<VolumeDevice>
  volume_mount?: Many<VolumeMount>
}

export interface ContainerPort {
  container_port: Value<number>
  host_ip?: Value<string>
  host_port?: Value<number>
  name?: Value<string>
  protocol?: Value<string>
}

export interface ContainerResource {
  container: Value<string>
  name: Value<string>
  target: Single<Target>
}

export interface ContainerResources {
  limits?: Value<Record<string, Value<string>>>
  requests?: Value<Record<string, Value<string>>>
}

export interface CronJobV1Arguments {
  metadata: Single<Metadata>
  spec: Single<CronJobV1Spec>
  timeouts?: Single<CronJobV1Timeouts>
}

export interface CronJobV1Spec {
  concurrency_policy?: Value<string>
  failed_jobs_history_limit?: Value<number>
  schedule: Value<string>
  starting_deadline_seconds?: Value<number>
  successful_jobs_history_limit?: Value<number>
  suspend?: Value<boolean>
  timezone?: Value<string>
  job_template: Single<JobTemplate>
}

export interface CronJobV1Timeouts {
  delete?: Value<string>
}

export interface DaemonSetV1Arguments {
  wait_for_rollout?: Value<boolean>
  metadata: Single<Metadata>
  spec: Single<DaemonSetV1Spec>
  timeouts?: Single<DaemonSetV1Timeouts>
}

export interface DaemonSetV1Spec {
  min_ready_seconds?: Value<number>
  revision_history_limit?: Value<number>
  selector: Single<LabelSelector>
  strategy?: Single<DaemonSetV1SpecStrategy>
  template: Single<DaemonSetV1SpecTemplate>
}

export interface DaemonSetV1SpecStrategy {
  type?: Value<string>
  rolling_update?: Single<DaemonSetV1SpecStrategyRollingUpdate>
}

export interface DaemonSetV1SpecStrategyRollingUpdate {
  max_surge?: Value<string>
  max_unavailable?: Value<string>
}

export interface DaemonSetV1SpecTemplate {
  metadata: Single<Metadata>
  spec?: Single<PodSpec>
}

export interface DaemonSetV1Timeouts {
  create?: Value<string>
  delete?: Value<string>
  update?: Value<string>
}

export interface DataResourcesArguments {
  api_version: Value<string>
  field_selector?: Value<string>
  kind: Value<string>
  label_selector?: Value<string>
  limit?: Value<number>
  namespace?: Value<string>
  objects?: unknown
}

export interface DeploymentV1Arguments {
  wait_for_rollout?: Value<boolean>
  metadata: Single<Metadata>
  spec: Single<DeploymentV1Spec>
  timeouts?: Single<DaemonSetV1Timeouts>
}

export interface DeploymentV1Spec {
  min_ready_seconds?: Value<number>
  paused?: Value<boolean>
  progress_deadline_seconds?: Value<number>
  replicas?: Value<string>
  revision_history_limit?: Value<number>
  selector: Single<LabelSelector>
  strategy?: Single<DeploymentV1SpecStrategy>
  template: Single<DeploymentV1SpecTemplate>
}

export interface DeploymentV1SpecStrategy {
  type?: Value<string>
  rolling_update?: Single<DaemonSetV1SpecStrategyRollingUpdate>
}

export interface DeploymentV1SpecTemplate {
  metadata: Single<Metadata>
  spec: Single<PodSpec>
}

export interface DescribedObject {
  api_version: Value<string>
  kind: Value<string>
  name: Value<string>
}

export interface DnsConfig {
  nameservers?: Value<readonly Value<string>[]>
  searches?: Value<readonly Value<string>[]>
  option?: Many<Option>
}

export interface Egress {
  ports?: Many<Ports>
  to?: Many<To>
}

export interface EmptyDir {
  medium?: Value<string>
  size_limit?: Value<string>
}

export interface Env {
  name: Value<string>
  value?: Value<string>
  value_from?: Single<ValueFrom>
}

export interface EnvFrom {
  prefix?: Value<string>
  config_map_ref?: Single<EnvFromRef>
  secret_ref?: Single<EnvFromRef>
}

export interface EnvFromRef {
  name: Value<string>
  optional?: Value<boolean>
}

export interface Ephemeral {
  volume_claim_template: Single<EphemeralVolumeClaimTemplate>
}

export interface EphemeralVolumeClaimTemplate {
  metadata?: Single<EphemeralVolumeClaimTemplateMetadata>
  spec: Single<VolumeClaimSpec>
}

export interface EphemeralVolumeClaimTemplateMetadata {
  annotations?: Value<Record<string, Value<string>>>
  labels?: Value<Record<string, Value<string>>>
}

export interface Experiments {
  /** @deprecated */
  manifest_resource?: Value<boolean>
}

export interface External {
  metric: Single<ExternalMetric>
  target: Single<Target>
}

export interface ExternalMetric {
  name: Value<string>
  selector?: Many<LabelSelector>
}

export interface Fc {
  fs_type?: Value<string>
  lun: Value<number>
  read_only?: Value<boolean>
  target_ww_ns: Value<readonly Value<string>[]>
}

export interface FieldRef {
  api_version?: Value<string>
  field_path: Value<string>
}

export interface FlexVolume {
  driver: Value<string>
  fs_type?: Value<string>
  options?: Value<Record<string, Value<string>>>
  read_only?: Value<boolean>
  secret_ref?: Single<SecretRef>
}

export interface Flocker {
  dataset_name?: Value<string>
  dataset_uuid?: Value<string>
}

export interface From {
  ip_block?: Single<IpBlock>
  namespace_selector?: Single<LabelSelector>
  pod_selector?: Single<LabelSelector>
}

export interface GcePersistentDisk {
  fs_type?: Value<string>
  partition?: Value<number>
  pd_name: Value<string>
  read_only?: Value<boolean>
}

export interface GitRepo {
  directory?: Value<string>
  repository: Value<string>
  revision?: Value<string>
}

export interface Glusterfs {
  endpoints_name: Value<string>
  path: Value<string>
  read_only?: Value<boolean>
}

export interface Grpc {
  port: Value<number>
  service?: Value<string>
}

export interface HorizontalPodAutoscalerV2Arguments {
  metadata: Single<Metadata>
  spec: Single<HorizontalPodAutoscalerV2Spec>
}

export interface HorizontalPodAutoscalerV2Spec {
  max_replicas: Value<number>
  min_replicas?: Value<number>
  target_cpu_utilization_percentage?: Value<number>
  behavior?: Single<Behavior>
  metric?: Many<HorizontalPodAutoscalerV2SpecMetric>
  scale_target_ref: Single<ScaleTargetRef>
}

export interface HorizontalPodAutoscalerV2SpecMetric {
  type: Value<string>
  container_resource?: Single<ContainerResource>
  external?: Single<External>
  object?: Single<HorizontalPodAutoscalerV2SpecMetricObject>
  pods?: Single<Pods>
  resource?: Single<HorizontalPodAutoscalerV2SpecMetricResource>
}

export interface HorizontalPodAutoscalerV2SpecMetricObject {
  described_object: Single<DescribedObject>
  metric: Single<ExternalMetric>
  target: Single<Target>
}

export interface HorizontalPodAutoscalerV2SpecMetricResource {
  name: Value<string>
  target: Single<Target>
}

export interface HostAliases {
  hostnames: Value<readonly Value<string>[]>
  ip: Value<string>
}

export interface HostPath {
  path: Value<string>
  type?: Value<string>
}

export interface Http {
  path: Many<Path>
}

export interface HttpGet {
  host?: Value<string>
  path?: Value<string>
  port: Value<string>
  scheme?: Value<string>
  http_header?: Many<HttpHeader>
}

export interface HttpHeader {
  name: Value<string>
  value?: Value<string>
}

export interface ImagePullSecret {
  name?: Value<string>
}

export interface ImagePullSecrets {
  name: Value<string>
}

export interface Ingress {
  from?: Many<From>
  ports?: Many<Ports>
}

export interface IngressClassV1Arguments {
  metadata: Single<ClusterMetadata>
  spec: Single<IngressClassV1Spec>
}

export interface IngressClassV1Spec {
  controller?: Value<string>
  parameters?: Many<Parameters>
}

export interface IngressV1Arguments {
  wait_for_load_balancer?: Value<boolean>
  metadata: Single<Metadata>
  spec: Single<IngressV1Spec>
  timeouts?: Single<IngressV1Timeouts>
}

export interface IngressV1Spec {
  ingress_class_name?: Value<string>
  default_backend?: Single<Backend>
  rule?: Many<IngressV1SpecRule>
  tls?: Many<Tls>
}

export interface IngressV1SpecRule {
  host?: Value<string>
  http?: Single<Http>
}

export interface IngressV1Timeouts {
  create?: Value<string>
  delete?: Value<string>
}

export interface IpBlock {
  cidr: Value<string>
  except?: Value<readonly Value<string>[]>
}

export interface Iscsi {
  fs_type?: Value<string>
  iqn: Value<string>
  iscsi_interface?: Value<string>
  lun?: Value<number>
  read_only?: Value<boolean>
  target_portal: Value<string>
}

export interface JobTemplate {
  metadata: Single<Metadata>
  spec: Single<JobV1Spec>
}

export interface JobV1Arguments {
  wait_for_completion?: Value<boolean>
  metadata: Single<JobV1Metadata>
  spec: Single<JobV1Spec>
  timeouts?: Single<DaemonSetV1Timeouts>
}

export interface JobV1Metadata {
  annotations?: Value<Record<string, Value<string>>>
  generate_name?: Value<string>
  labels?: Value<Record<string, Value<string>>>
  name?: Value<string>
  namespace?: Value<string>
}

export interface JobV1Spec {
  active_deadline_seconds?: Value<number>
  backoff_limit?: Value<number>
  backoff_limit_per_index?: Value<number>
  completion_mode?: Value<string>
  completions?: Value<number>
  manual_selector?: Value<boolean>
  max_failed_indexes?: Value<number>
  parallelism?: Value<number>
  ttl_seconds_after_finished?: Value<string>
  pod_failure_policy?: Single<PodFailurePolicy>
  selector?: Single<LabelSelector>
  template: Single<JobV1SpecTemplate>
}

export interface JobV1SpecTemplate {
  metadata: Single<ClusterMetadata>
  spec?: Single<PodSpec>
}

export interface KeyRef {
  key: Value<string>
  name?: Value<string>
  optional?: Value<boolean>
}

export interface LabelSelector {
  match_labels?: Value<Record<string, Value<string>>>
  match_expressions?: Many<LabelSelectorMatchExpressions>
}

export interface LabelSelectorMatchExpressions {
  key: Value<string>
  operator: Value<string>
  values?: Value<readonly Value<string>[]>
}

export interface Lifecycle {
  post_start?: Many<LifecycleHandler>
  pre_stop?: Many<LifecycleHandler>
}

export interface LifecycleHandler {
  exec?: Single<ProbeExec>
  http_get?: Single<HttpGet>
  tcp_socket?: Many<TcpSocket>
}

export interface MatchFields {
  key: Value<string>
  operator: Value<string>
  values?: Value<readonly Value<string>[]>
}

export interface MatchLabelExpressions {
  key: Value<string>
  values: Value<readonly Value<string>[]>
}

export interface Metadata {
  annotations?: Value<Record<string, Value<string>>>
  generate_name?: Value<string>
  labels?: Value<Record<string, Value<string>>>
  name?: Value<string>
  namespace?: Value<string>
}

export interface NamespaceV1Arguments {
  wait_for_default_service_account?: Value<boolean>
  metadata: Single<ClusterMetadata>
  timeouts?: Single<CronJobV1Timeouts>
}

export interface NetworkPolicyV1Arguments {
  metadata: Single<Metadata>
  spec: Single<NetworkPolicyV1Spec>
}

export interface NetworkPolicyV1Spec {
  policy_types: Value<readonly Value<string>[]>
  egress?: Many<Egress>
  ingress?: Many<Ingress>
  pod_selector: Single<LabelSelector>
}

export interface Nfs {
  path: Value<string>
  read_only?: Value<boolean>
  server: Value<string>
}

export interface NodePublishSecretRef {
  name?: Value<string>
}

export interface NodeSelectorTerm {
  match_expressions?: Many<NodeSelectorTermMatchExpressions>
  match_fields?: Many<MatchFields>
}

export interface NodeSelectorTermMatchExpressions {
  key: Value<string>
  operator: Value<string>
  values?: Value<readonly Value<string>[]>
}

export interface OnExitCodes {
  container_name?: Value<string>
  operator: Value<string>
  values: Value<readonly Value<number>[]>
}

export interface OnPodCondition {
  status?: Value<string>
  type: Value<string>
}

export interface Option {
  name: Value<string>
  value?: Value<string>
}

export interface Os {
  name: Value<string>
}

export interface Parameters {
  api_group?: Value<string>
  kind: Value<string>
  name: Value<string>
  namespace?: Value<string>
  scope?: Value<string>
}

export interface Path {
  path?: Value<string>
  path_type?: Value<string>
  backend: Single<Backend>
}

export interface PersistentVolumeClaim {
  claim_name: Value<string>
  read_only?: Value<boolean>
}

export interface PersistentVolumeClaimRetentionPolicy {
  when_deleted?: Value<string>
  when_scaled?: Value<string>
}

export interface PersistentVolumeClaimV1Arguments {
  wait_until_bound?: Value<boolean>
  metadata: Single<Metadata>
  spec: Single<VolumeClaimSpec>
  timeouts?: Single<PersistentVolumeClaimV1Timeouts>
}

export interface PersistentVolumeClaimV1Timeouts {
  create?: Value<string>
}

export interface PersistentVolumeSource {
  aws_elastic_block_store?: Single<AwsElasticBlockStore>
  azure_disk?: Single<AzureDisk>
  azure_file?: Single<AzureFile>
  ceph_fs?: Single<CephFs>
  cinder?: Single<Cinder>
  csi?: Single<PersistentVolumeSourceCsi>
  fc?: Single<Fc>
  flex_volume?: Single<FlexVolume>
  flocker?: Single<Flocker>
  gce_persistent_disk?: Single<GcePersistentDisk>
  glusterfs?: Single<Glusterfs>
  host_path?: Single<HostPath>
  iscsi?: Single<Iscsi>
  local?: Single<PersistentVolumeSourceLocal>
  nfs?: Single<Nfs>
  photon_persistent_disk?: Single<PhotonPersistentDisk>
  quobyte?: Single<Quobyte>
  rbd?: Single<Rbd>
  vsphere_volume?: Single<VsphereVolume>
}

export interface PersistentVolumeSourceCsi {
  driver: Value<string>
  fs_type?: Value<string>
  read_only?: Value<boolean>
  volume_attributes?: Value<Record<string, Value<string>>>
  volume_handle: Value<string>
  controller_expand_secret_ref?: Single<SecretRef>
  controller_publish_secret_ref?: Single<SecretRef>
  node_publish_secret_ref?: Single<SecretRef>
  node_stage_secret_ref?: Single<SecretRef>
}

export interface PersistentVolumeSourceLocal {
  path: Value<string>
}

export interface PersistentVolumeV1Arguments {
  metadata: Single<PersistentVolumeV1Metadata>
  spec: Many<PersistentVolumeV1Spec>
  timeouts?: Single<PersistentVolumeClaimV1Timeouts>
}

export interface PersistentVolumeV1Metadata {
  annotations?: Value<Record<string, Value<string>>>
  labels?: Value<Record<string, Value<string>>>
  name?: Value<string>
}

export interface PersistentVolumeV1Spec {
  access_modes: Value<readonly Value<string>[]>
  capacity: Value<Record<string, Value<string>>>
  mount_options?: Value<readonly Value<string>[]>
  persistent_volume_reclaim_policy?: Value<string>
  storage_class_name?: Value<string>
  volume_mode?: Value<string>
  claim_ref?: Single<ClaimRef>
  node_affinity?: Single<PersistentVolumeV1SpecNodeAffinity>
  persistent_volume_source: Single<PersistentVolumeSource>
}

export interface PersistentVolumeV1SpecNodeAffinity {
  required?: Single<Required>
}

export interface PhotonPersistentDisk {
  fs_type?: Value<string>
  pd_id: Value<string>
}

export interface PodAffinity {
  preferred_during_scheduling_ignored_during_execution?: Many<PodAffinityPreferredDuringSchedulingIgnoredDuringExecution>
  required_during_scheduling_ignored_during_execution?: Many<PodAffinityRequiredDuringSchedulingIgnoredDuringExecution>
}

export interface PodAffinityPreferredDuringSchedulingIgnoredDuringExecution {
  weight: Value<number>
  pod_affinity_term: Single<PodAffinityTerm>
}

export interface PodAffinityRequiredDuringSchedulingIgnoredDuringExecution {
  namespaces?: Value<readonly Value<string>[]>
  topology_key: Value<string>
  label_selector?: Many<LabelSelector>
  namespace_selector?: Many<LabelSelector>
}

export interface PodAffinityTerm {
  namespaces?: Value<readonly Value<string>[]>
  topology_key: Value<string>
  label_selector?: Many<LabelSelector>
  namespace_selector?: Many<LabelSelector>
}

export interface PodDisruptionBudgetV1Arguments {
  metadata: Single<Metadata>
  spec: Single<PodDisruptionBudgetV1Spec>
}

export interface PodDisruptionBudgetV1Spec {
  max_unavailable?: Value<string>
  min_available?: Value<string>
  selector: Single<LabelSelector>
}

export interface PodFailurePolicy {
  rule: Many<PodFailurePolicyRule>
}

export interface PodFailurePolicyRule {
  action: Value<string>
  on_exit_codes?: Single<OnExitCodes>
  on_pod_condition?: Many<OnPodCondition>
}

export interface PodSecurityContext {
  fs_group?: Value<string>
  fs_group_change_policy?: Value<string>
  run_as_group?: Value<string>
  run_as_non_root?: Value<boolean>
  run_as_user?: Value<string>
  supplemental_groups?: Value<readonly Value<number>[]>
  se_linux_options?: Single<SeLinuxOptions>
  seccomp_profile?: Single<SeccompProfile>
  sysctl?: Many<Sysctl>
  windows_options?: Single<WindowsOptions>
}

export interface PodSpec {
  active_deadline_seconds?: Value<number>
  automount_service_account_token?: Value<boolean>
  dns_policy?: Value<string>
  enable_service_links?: Value<boolean>
  host_ipc?: Value<boolean>
  host_network?: Value<boolean>
  host_pid?: Value<boolean>
  hostname?: Value<string>
  node_name?: Value<string>
  node_selector?: Value<Record<string, Value<string>>>
  priority_class_name?: Value<string>
  restart_policy?: Value<string>
  runtime_class_name?: Value<string>
  scheduler_name?: Value<string>
  service_account_name?: Value<string>
  share_process_namespace?: Value<boolean>
  subdomain?: Value<string>
  termination_grace_period_seconds?: Value<number>
  affinity?: Single<Affinity>
  container: Many<Container>
  dns_config?: Single<DnsConfig>
  host_aliases?: Many<HostAliases>
  image_pull_secrets?: Many<ImagePullSecrets>
  init_container?: Many<Container>
  os?: Single<Os>
  readiness_gate?: Many<ReadinessGate>
  security_context?: Single<PodSecurityContext>
  toleration?: Many<Toleration>
  topology_spread_constraint?: Many<TopologySpreadConstraint>
  volume?: Many<Volume>
}

export interface Pods {
  metric: Single<ExternalMetric>
  target: Single<Target>
}

export interface Policy {
  period_seconds: Value<number>
  type: Value<string>
  value: Value<number>
}

export interface Ports {
  end_port?: Value<number>
  port?: Value<string>
  protocol?: Value<string>
}

export interface PriorityClassV1Arguments {
  description?: Value<string>
  global_default?: Value<boolean>
  preemption_policy?: Value<string>
  value: Value<number>
  metadata: Single<ClusterMetadata>
}

export interface Probe {
  failure_threshold?: Value<number>
  initial_delay_seconds?: Value<number>
  period_seconds?: Value<number>
  success_threshold?: Value<number>
  timeout_seconds?: Value<number>
  exec?: Single<ProbeExec>
  grpc?: Many<Grpc>
  http_get?: Single<HttpGet>
  tcp_socket?: Many<TcpSocket>
}

export interface ProbeExec {
  command?: Value<readonly Value<string>[]>
}

export interface Projected {
  default_mode?: Value<string>
  sources: Many<Sources>
}

export interface ProviderArguments {
  client_certificate?: Value<string>
  client_key?: Value<string>
  cluster_ca_certificate?: Value<string>
  config_context?: Value<string>
  config_context_auth_info?: Value<string>
  config_context_cluster?: Value<string>
  config_path?: Value<string>
  config_paths?: Value<readonly Value<string>[]>
  host?: Value<string>
  ignore_annotations?: Value<readonly Value<string>[]>
  ignore_labels?: Value<readonly Value<string>[]>
  insecure?: Value<boolean>
  password?: Value<string>
  proxy_url?: Value<string>
  tls_server_name?: Value<string>
  token?: Value<string>
  username?: Value<string>
  exec?: Many<ProviderExec>
  experiments?: Many<Experiments>
}

export interface ProviderExec {
  api_version: Value<string>
  args?: Value<readonly Value<string>[]>
  command: Value<string>
  env?: Value<Record<string, Value<string>>>
}

export interface Quobyte {
  group?: Value<string>
  read_only?: Value<boolean>
  registry: Value<string>
  user?: Value<string>
  volume: Value<string>
}

export interface Rbd {
  ceph_monitors: Value<readonly Value<string>[]>
  fs_type?: Value<string>
  keyring?: Value<string>
  rados_user?: Value<string>
  rbd_image: Value<string>
  rbd_pool?: Value<string>
  read_only?: Value<boolean>
  secret_ref?: Single<SecretRef>
}

export interface ReadinessGate {
  condition_type: Value<string>
}

export interface Required {
  node_selector_term: Many<RequiredNodeSelectorTerm>
}

export interface RequiredNodeSelectorTerm {
  match_expressions?: Many<RequiredNodeSelectorTermMatchExpressions>
  match_fields?: Many<MatchFields>
}

export interface RequiredNodeSelectorTermMatchExpressions {
  key: Value<string>
  operator: Value<string>
  values?: Value<readonly Value<string>[]>
}

export interface RoleBindingV1Arguments {
  metadata: Single<Metadata>
  role_ref: Single<RoleRef>
  subject: Many<Subject>
}

export interface RoleRef {
  api_group: Value<string>
  kind: Value<string>
  name: Value<string>
}

export interface RoleV1Arguments {
  metadata: Single<Metadata>
  rule: Many<RoleV1Rule>
}

export interface RoleV1Rule {
  api_groups: Value<readonly Value<string>[]>
  resource_names?: Value<readonly Value<string>[]>
  resources: Value<readonly Value<string>[]>
  verbs: Value<readonly Value<string>[]>
}

export interface ScaleDown {
  select_policy?: Value<string>
  stabilization_window_seconds?: Value<number>
  policy: Many<Policy>
}

export interface ScaleTargetRef {
  api_version?: Value<string>
  kind: Value<string>
  name: Value<string>
}

export interface ScaleUp {
  select_policy?: Value<string>
  stabilization_window_seconds?: Value<number>
  policy: Many<Policy>
}

export interface SeLinuxOptions {
  level?: Value<string>
  role?: Value<string>
  type?: Value<string>
  user?: Value<string>
}

export interface SeccompProfile {
  localhost_profile?: Value<string>
  type?: Value<string>
}

export interface SecretRef {
  name?: Value<string>
  namespace?: Value<string>
}

export interface SecretV1Arguments {
  /** Sensitive. */
  binary_data?: Value<Record<string, Value<string>>>
  /** Kept in no state. */
  binary_data_wo?: Value<Record<string, Value<string>>>
  binary_data_wo_revision?: Value<number>
  /** Sensitive. */
  data?: Value<Record<string, Value<string>>>
  /** Kept in no state. */
  data_wo?: Value<Record<string, Value<string>>>
  data_wo_revision?: Value<number>
  immutable?: Value<boolean>
  type?: Value<string>
  wait_for_service_account_token?: Value<boolean>
  metadata: Single<Metadata>
  timeouts?: Single<PersistentVolumeClaimV1Timeouts>
}

export interface SecurityContext {
  allow_privilege_escalation?: Value<boolean>
  privileged?: Value<boolean>
  read_only_root_filesystem?: Value<boolean>
  run_as_group?: Value<string>
  run_as_non_root?: Value<boolean>
  run_as_user?: Value<string>
  capabilities?: Single<Capabilities>
  se_linux_options?: Single<SeLinuxOptions>
  seccomp_profile?: Single<SeccompProfile>
}

export interface Service {
  name: Value<string>
  port: Single<ServicePort>
}

export interface ServiceAccountToken {
  audience?: Value<string>
  expiration_seconds?: Value<number>
  path: Value<string>
}

export interface ServiceAccountV1Arguments {
  automount_service_account_token?: Value<boolean>
  image_pull_secret?: Many<ImagePullSecret>
  metadata: Single<Metadata>
  secret?: Many<ServiceAccountV1Secret>
  timeouts?: Single<PersistentVolumeClaimV1Timeouts>
}

export interface ServiceAccountV1Secret {
  name?: Value<string>
}

export interface ServicePort {
  name?: Value<string>
  number?: Value<number>
}

export interface ServiceV1Arguments {
  wait_for_load_balancer?: Value<boolean>
  metadata: Single<Metadata>
  spec: Single<ServiceV1Spec>
  timeouts?: Single<PersistentVolumeClaimV1Timeouts>
}

export interface ServiceV1Spec {
  allocate_load_balancer_node_ports?: Value<boolean>
  cluster_ip?: Value<string>
  cluster_ips?: Value<readonly Value<string>[]>
  external_ips?: Value<readonly Value<string>[]>
  external_name?: Value<string>
  external_traffic_policy?: Value<string>
  health_check_node_port?: Value<number>
  internal_traffic_policy?: Value<string>
  ip_families?: Value<readonly Value<string>[]>
  ip_family_policy?: Value<string>
  load_balancer_class?: Value<string>
  load_balancer_ip?: Value<string>
  load_balancer_source_ranges?: Value<readonly Value<string>[]>
  publish_not_ready_addresses?: Value<boolean>
  selector?: Value<Record<string, Value<string>>>
  session_affinity?: Value<string>
  type?: Value<string>
  port?: Many<ServiceV1SpecPort>
  session_affinity_config?: Single<SessionAffinityConfig>
}

export interface ServiceV1SpecPort {
  app_protocol?: Value<string>
  name?: Value<string>
  node_port?: Value<number>
  port: Value<number>
  protocol?: Value<string>
  target_port?: Value<string>
}

export interface SessionAffinityConfig {
  client_ip?: Single<ClientIp>
}

export interface Sources {
  config_map?: Many<SourcesConfigMap>
  downward_api?: Single<SourcesDownwardApi>
  secret?: Many<SourcesSecret>
  service_account_token?: Single<ServiceAccountToken>
}

export interface SourcesConfigMap {
  name?: Value<string>
  optional?: Value<boolean>
  items?: Many<VolumeConfigMapItems>
}

export interface SourcesDownwardApi {
  items?: Many<SourcesDownwardApiItems>
}

export interface SourcesDownwardApiItems {
  mode?: Value<string>
  path: Value<string>
  field_ref?: Single<FieldRef>
  resource_field_ref?: Single<VolumeDownwardApiItemsResourceFieldRef>
}

export interface SourcesSecret {
  name?: Value<string>
  optional?: Value<boolean>
  items?: Many<VolumeConfigMapItems>
}

export interface StatefulSetV1Arguments {
  wait_for_rollout?: Value<boolean>
  metadata: Single<Metadata>
  spec: Single<StatefulSetV1Spec>
  timeouts?: Single<StatefulSetV1Timeouts>
}

export interface StatefulSetV1Spec {
  min_ready_seconds?: Value<number>
  pod_management_policy?: Value<string>
  replicas?: Value<string>
  revision_history_limit?: Value<number>
  service_name: Value<string>
  persistent_volume_claim_retention_policy?: Many<PersistentVolumeClaimRetentionPolicy>
  selector: Single<LabelSelector>
  template: Single<DaemonSetV1SpecTemplate>
  update_strategy?: Many<UpdateStrategy>
  volume_claim_template?: Many<StatefulSetV1SpecVolumeClaimTemplate>
}

export interface StatefulSetV1SpecVolumeClaimTemplate {
  metadata: Single<Metadata>
  spec: Single<VolumeClaimSpec>
}

export interface StatefulSetV1Timeouts {
  create?: Value<string>
  delete?: Value<string>
  read?: Value<string>
  update?: Value<string>
}

export interface StorageClassV1Arguments {
  allow_volume_expansion?: Value<boolean>
  mount_options?: Value<readonly Value<string>[]>
  parameters?: Value<Record<string, Value<string>>>
  reclaim_policy?: Value<string>
  storage_provisioner: Value<string>
  volume_binding_mode?: Value<string>
  allowed_topologies?: Single<AllowedTopologies>
  metadata: Single<ClusterMetadata>
}

export interface Subject {
  api_group?: Value<string>
  kind: Value<string>
  name: Value<string>
  namespace?: Value<string>
}

export interface Sysctl {
  name: Value<string>
  value: Value<string>
}

export interface Target {
  average_utilization?: Value<number>
  average_value?: Value<string>
  type: Value<string>
  value?: Value<string>
}

export interface TcpSocket {
  port: Value<string>
}

export interface Tls {
  hosts?: Value<readonly Value<string>[]>
  secret_name?: Value<string>
}

export interface To {
  ip_block?: Single<IpBlock>
  namespace_selector?: Single<LabelSelector>
  pod_selector?: Single<LabelSelector>
}

export interface Toleration {
  effect?: Value<string>
  key?: Value<string>
  operator?: Value<string>
  toleration_seconds?: Value<string>
  value?: Value<string>
}

export interface TopologySpreadConstraint {
  match_label_keys?: Value<readonly Value<string>[]>
  max_skew?: Value<number>
  min_domains?: Value<number>
  node_affinity_policy?: Value<string>
  node_taints_policy?: Value<string>
  topology_key: Value<string>
  when_unsatisfiable?: Value<string>
  label_selector?: Many<LabelSelector>
}

export interface UpdateStrategy {
  type?: Value<string>
  rolling_update?: Many<UpdateStrategyRollingUpdate>
}

export interface UpdateStrategyRollingUpdate {
  partition?: Value<number>
}

export interface ValueFrom {
  config_map_key_ref?: Single<KeyRef>
  field_ref?: Single<FieldRef>
  resource_field_ref?: Single<ValueFromResourceFieldRef>
  secret_key_ref?: Single<KeyRef>
}

export interface ValueFromResourceFieldRef {
  container_name?: Value<string>
  divisor?: Value<string>
  resource: Value<string>
}

export interface Volume {
  name: Value<string>
  aws_elastic_block_store?: Single<AwsElasticBlockStore>
  azure_disk?: Single<AzureDisk>
  azure_file?: Single<AzureFile>
  ceph_fs?: Single<CephFs>
  cinder?: Single<Cinder>
  config_map?: Single<VolumeConfigMap>
  csi?: Single<VolumeCsi>
  downward_api?: Single<VolumeDownwardApi>
  empty_dir?: Single<EmptyDir>
  ephemeral?: Single<Ephemeral>
  fc?: Single<Fc>
  flex_volume?: Single<FlexVolume>
  flocker?: Single<Flocker>
  gce_persistent_disk?: Single<GcePersistentDisk>
  git_repo?: Single<GitRepo>
  glusterfs?: Single<Glusterfs>
  host_path?: Single<HostPath>
  iscsi?: Single<Iscsi>
  local?: Single<VolumeLocal>
  nfs?: Single<Nfs>
  persistent_volume_claim?: Single<PersistentVolumeClaim>
  photon_persistent_disk?: Single<PhotonPersistentDisk>
  projected?: Many<Projected>
  quobyte?: Single<Quobyte>
  rbd?: Single<Rbd>
  secret?: Single<VolumeSecret>
  vsphere_volume?: Single<VsphereVolume>
}

export interface VolumeClaimSpec {
  access_modes: Value<readonly Value<string>[]>
  storage_class_name?: Value<string>
  volume_mode?: Value<string>
  volume_name?: Value<string>
  resources: Single<VolumeClaimSpecResources>
  selector?: Single<LabelSelector>
}

export interface VolumeClaimSpecResources {
  limits?: Value<Record<string, Value<string>>>
  requests?: Value<Record<string, Value<string>>>
}

export interface VolumeConfigMap {
  default_mode?: Value<string>
  name?: Value<string>
  optional?: Value<boolean>
  items?: Many<VolumeConfigMapItems>
}

export interface VolumeConfigMapItems {
  key: Value<string>
  mode?: Value<string>
  path: Value<string>
}

export interface VolumeCsi {
  driver: Value<string>
  fs_type?: Value<string>
  read_only?: Value<boolean>
  volume_attributes?: Value<Record<string, Value<string>>>
  node_publish_secret_ref?: Single<NodePublishSecretRef>
}

export interface VolumeDevice {
  device_path: Value<string>
  name: Value<string>
}

export interface VolumeDownwardApi {
  default_mode?: Value<string>
  items?: Many<VolumeDownwardApiItems>
}

export interface VolumeDownwardApiItems {
  mode?: Value<string>
  path: Value<string>
  field_ref: Single<FieldRef>
  resource_field_ref?: Single<VolumeDownwardApiItemsResourceFieldRef>
}

export interface VolumeDownwardApiItemsResourceFieldRef {
  container_name: Value<string>
  divisor?: Value<string>
  resource: Value<string>
}

export interface VolumeLocal {
  path?: Value<string>
}

export interface VolumeMount {
  mount_path: Value<string>
  mount_propagation?: Value<string>
  name: Value<string>
  read_only?: Value<boolean>
  sub_path?: Value<string>
  sub_path_expr?: Value<string>
}

export interface VolumeSecret {
  default_mode?: Value<string>
  optional?: Value<boolean>
  secret_name?: Value<string>
  items?: Many<VolumeConfigMapItems>
}

export interface VsphereVolume {
  fs_type?: Value<string>
  volume_path: Value<string>
}

export interface WindowsOptions {
  gmsa_credential_spec?: Value<string>
  gmsa_credential_spec_name?: Value<string>
  host_process?: Value<boolean>
  run_as_username?: Value<string>
}
