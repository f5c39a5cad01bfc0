// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {
  kubernetes_cluster_role_binding_v1: { arguments: Arguments.ClusterRoleBindingV1Arguments; attributes: Attributes.ClusterRoleBindingV1Attributes };
  kubernetes_cluster_role_v1: { arguments: Arguments.ClusterRoleV1Arguments; attributes: Attributes.ClusterRoleV1Attributes };
  kubernetes_config_map_v1: { arguments: Arguments.ConfigMapV1Arguments; attributes: Attributes.ConfigMapV1Attributes };
  kubernetes_cron_job_v1: { arguments: Arguments.CronJobV1Arguments; attributes: Attributes.CronJobV1Attributes };
  kubernetes_daemon_set_v1: { arguments: Arguments.DaemonSetV1Arguments; attributes: Attributes.DaemonSetV1Attributes };
  kubernetes_deployment_v1: { arguments: Arguments.DeploymentV1Arguments; attributes: Attributes.DeploymentV1Attributes };
  kubernetes_horizontal_pod_autoscaler_v2: { arguments: Arguments.HorizontalPodAutoscalerV2Arguments; attributes: Attributes.HorizontalPodAutoscalerV2Attributes };
  kubernetes_ingress_class_v1: { arguments: Arguments.IngressClassV1Arguments; attributes: Attributes.IngressClassV1Attributes };
  kubernetes_ingress_v1: { arguments: Arguments.IngressV1Arguments; attributes: Attributes.IngressV1Attributes };
  kubernetes_job_v1: { arguments: Arguments.JobV1Arguments; attributes: Attributes.JobV1Attributes };
  kubernetes_namespace_v1: { arguments: Arguments.NamespaceV1Arguments; attributes: Attributes.NamespaceV1Attributes };
  kubernetes_network_policy_v1: { arguments: Arguments.NetworkPolicyV1Arguments; attributes: Attributes.NetworkPolicyV1Attributes };
  kubernetes_persistent_volume_claim_v1: { arguments: Arguments.PersistentVolumeClaimV1Arguments; attributes: Attributes.PersistentVolumeClaimV1Attributes };
  kubernetes_persistent_volume_v1: { arguments: Arguments.PersistentVolumeV1Arguments; attributes: Attributes.PersistentVolumeV1Attributes };
  kubernetes_pod_disruption_budget_v1: { arguments: Arguments.PodDisruptionBudgetV1Arguments; attributes: Attributes.PodDisruptionBudgetV1Attributes };
  kubernetes_priority_class_v1: { arguments: Arguments.PriorityClassV1Arguments; attributes: Attributes.PriorityClassV1Attributes };
  kubernetes_role_binding_v1: { arguments: Arguments.RoleBindingV1Arguments; attributes: Attributes.RoleBindingV1Attributes };
  kubernetes_role_v1: { arguments: Arguments.RoleV1Arguments; attributes: Attributes.RoleV1Attributes };
  kubernetes_secret_v1: { arguments: Arguments.SecretV1Arguments; attributes: Attributes.SecretV1Attributes };
  kubernetes_service_account_v1: { arguments: Arguments.ServiceAccountV1Arguments; attributes: Attributes.ServiceAccountV1Attributes };
  kubernetes_service_v1: { arguments: Arguments.ServiceV1Arguments; attributes: Attributes.ServiceV1Attributes };
  kubernetes_stateful_set_v1: { arguments: Arguments.StatefulSetV1Arguments; attributes: Attributes.StatefulSetV1Attributes };
  kubernetes_storage_class_v1: { arguments: Arguments.StorageClassV1Arguments; attributes: Attributes.StorageClassV1Attributes };
}

export interface DataSources {
  kubernetes_resources: { arguments: Arguments.DataResourcesArguments; attributes: Attributes.DataResourcesAttributes };
}

export interface EphemeralResources {}

export type Configuration = Arguments.ProviderArguments;
