// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Value } from '@home/terraform';

export interface ClientConfigurationWo {
  /** Kept in no state. */
  ca_certificate: Value<string>
  /** Kept in no state. */
  client_certificate: Value<string>
  /** Sensitive. Kept in no state. */
  client_key: Value<string>
}

export interface ClusterKubeconfigArguments {
  certificate_renewal_duration?: Value<string>
  client_configuration: Value<DataClientConfigurationClientConfiguration>
  endpoint?: Value<string>
  node: Value<string>
  timeouts?: Value<ClusterKubeconfigTimeouts>
}

export interface ClusterKubeconfigTimeouts {
  create?: Value<string>
  update?: Value<string>
}

export interface DataClientConfigurationArguments {
  client_configuration: Value<DataClientConfigurationClientConfiguration>
  cluster_name: Value<string>
  endpoints?: Value<readonly Value<string>[]>
  nodes?: Value<readonly Value<string>[]>
}

export interface DataClientConfigurationClientConfiguration {
  ca_certificate: Value<string>
  client_certificate: Value<string>
  /** Sensitive. */
  client_key: Value<string>
}

export interface DataImageFactoryUrlsArguments {
  architecture?: Value<string>
  platform?: Value<string>
  sbc?: Value<string>
  schematic_id: Value<string>
  talos_version: Value<string>
}

export interface DataMachineConfigurationArguments {
  cluster_endpoint: Value<string>
  cluster_name: Value<string>
  config_patches?: Value<readonly Value<string>[]>
  docs?: Value<boolean>
  examples?: Value<boolean>
  kubernetes_version?: Value<string>
  machine_secrets: Value<DataMachineConfigurationMachineSecrets>
  machine_type: Value<string>
  talos_version?: Value<string>
}

export interface DataMachineConfigurationMachineSecrets {
  certs: Value<DataMachineConfigurationMachineSecretsCerts>
  cluster: Value<DataMachineConfigurationMachineSecretsCluster>
  secrets: Value<DataMachineConfigurationMachineSecretsSecrets>
  trustdinfo: Value<DataMachineConfigurationMachineSecretsTrustdinfo>
}

export interface DataMachineConfigurationMachineSecretsCerts {
  etcd: Value<DataMachineConfigurationMachineSecretsCertsEtcd>
  k8s: Value<DataMachineConfigurationMachineSecretsCertsK8S>
  k8s_aggregator: Value<DataMachineConfigurationMachineSecretsCertsK8SAggregator>
  k8s_serviceaccount: Value<DataMachineConfigurationMachineSecretsCertsK8SServiceaccount>
  os: Value<DataMachineConfigurationMachineSecretsCertsOs>
}

export interface DataMachineConfigurationMachineSecretsCertsEtcd {
  cert: Value<string>
  /** Sensitive. */
  key: Value<string>
}

export interface DataMachineConfigurationMachineSecretsCertsK8S {
  cert: Value<string>
  /** Sensitive. */
  key: Value<string>
}

export interface DataMachineConfigurationMachineSecretsCertsK8SAggregator {
  cert: Value<string>
  /** Sensitive. */
  key: Value<string>
}

export interface DataMachineConfigurationMachineSecretsCertsK8SServiceaccount {
  /** Sensitive. */
  key: Value<string>
}

export interface DataMachineConfigurationMachineSecretsCertsOs {
  cert: Value<string>
  /** Sensitive. */
  key: Value<string>
}

export interface DataMachineConfigurationMachineSecretsCluster {
  id: Value<string>
  /** Sensitive. */
  secret: Value<string>
}

export interface DataMachineConfigurationMachineSecretsSecrets {
  /** Sensitive. */
  aescbc_encryption_secret?: Value<string>
  /** Sensitive. */
  bootstrap_token: Value<string>
  /** Sensitive. */
  secretbox_encryption_secret: Value<string>
}

export interface DataMachineConfigurationMachineSecretsTrustdinfo {
  /** Sensitive. */
  token: Value<string>
}

export interface ImageFactorySchematicArguments {
  schematic?: Value<string>
}

export interface MachineBootstrapArguments {
  client_configuration?: Value<DataClientConfigurationClientConfiguration>
  /** Kept in no state. */
  client_configuration_wo?: Value<ClientConfigurationWo>
  endpoint?: Value<string>
  node: Value<string>
  timeouts?: Value<MachineBootstrapTimeouts>
}

export interface MachineBootstrapTimeouts {
  create?: Value<string>
}

export interface MachineConfigurationApplyArguments {
  apply_mode?: Value<string>
  client_configuration?: Value<DataClientConfigurationClientConfiguration>
  /** Kept in no state. */
  client_configuration_wo?: Value<ClientConfigurationWo>
  config_patches?: Value<readonly Value<string>[]>
  endpoint?: Value<string>
  /** Sensitive. */
  machine_configuration_input?: Value<string>
  /** Kept in no state. */
  machine_configuration_input_wo?: Value<string>
  node: Value<string>
  on_destroy?: Value<OnDestroy>
  timeouts?: Value<MachineConfigurationApplyTimeouts>
}

export interface MachineConfigurationApplyTimeouts {
  create?: Value<string>
  delete?: Value<string>
  update?: Value<string>
}

export interface MachineSecretsArguments {
  talos_version?: Value<string>
}

export interface OnDestroy {
  graceful?: Value<boolean>
  reboot?: Value<boolean>
  reset?: Value<boolean>
}

export interface ProviderArguments {
  image_factory_url?: Value<string>
}
