// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface ClusterKubeconfigAttributes {
  certificate_renewal_duration: string
  client_configuration: DataClientConfigurationClientConfigurationAttributes
  endpoint: string
  id: string
  /** Sensitive. */
  kubeconfig_raw: string
  kubernetes_client_configuration: KubernetesClientConfigurationAttributes
  node: string
  timeouts: ClusterKubeconfigTimeoutsAttributes
}

export interface ClusterKubeconfigTimeoutsAttributes {
  create: string
  update: string
}

export interface DataClientConfigurationAttributes {
  client_configuration: DataClientConfigurationClientConfigurationAttributes
  cluster_name: string
  endpoints: string[]
  id: string
  nodes: string[]
  /** Sensitive. */
  talos_config: string
}

export interface DataClientConfigurationClientConfigurationAttributes {
  ca_certificate: string
  client_certificate: string
  /** Sensitive. */
  client_key: string
}

export interface DataImageFactoryUrlsAttributes {
  architecture: string
  id: string
  platform: string
  sbc: string
  schematic_id: string
  talos_version: string
  urls: UrlsAttributes
}

export interface DataMachineConfigurationAttributes {
  cluster_endpoint: string
  cluster_name: string
  config_patches: string[]
  docs: boolean
  examples: boolean
  id: string
  kubernetes_version: string
  /** Sensitive. */
  machine_configuration: string
  machine_secrets: DataMachineConfigurationMachineSecretsAttributes
  machine_type: string
  talos_version: string
}

export interface DataMachineConfigurationMachineSecretsAttributes {
  certs: DataMachineConfigurationMachineSecretsCertsAttributes
  cluster: DataMachineConfigurationMachineSecretsClusterAttributes
  secrets: DataMachineConfigurationMachineSecretsSecretsAttributes
  trustdinfo: DataMachineConfigurationMachineSecretsTrustdinfoAttributes
}

export interface DataMachineConfigurationMachineSecretsCertsAttributes {
  etcd: DataMachineConfigurationMachineSecretsCertsEtcdAttributes
  k8s: DataMachineConfigurationMachineSecretsCertsK8SAttributes
  k8s_aggregator: DataMachineConfigurationMachineSecretsCertsK8SAggregatorAttributes
  k8s_serviceaccount: DataMachineConfigurationMachineSecretsCertsK8SServiceaccountAttributes
  os: DataMachineConfigurationMachineSecretsCertsOsAttributes
}

export interface DataMachineConfigurationMachineSecretsCertsEtcdAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface DataMachineConfigurationMachineSecretsCertsK8SAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface DataMachineConfigurationMachineSecretsCertsK8SAggregatorAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface DataMachineConfigurationMachineSecretsCertsK8SServiceaccountAttributes {
  /** Sensitive. */
  key: string
}

export interface DataMachineConfigurationMachineSecretsCertsOsAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface DataMachineConfigurationMachineSecretsClusterAttributes {
  id: string
  /** Sensitive. */
  secret: string
}

export interface DataMachineConfigurationMachineSecretsSecretsAttributes {
  /** Sensitive. */
  aescbc_encryption_secret: string
  /** Sensitive. */
  bootstrap_token: string
  /** Sensitive. */
  secretbox_encryption_secret: string
}

export interface DataMachineConfigurationMachineSecretsTrustdinfoAttributes {
  /** Sensitive. */
  token: string
}

export interface ImageFactorySchematicAttributes {
  id: string
  schematic: string
}

export interface KubernetesClientConfigurationAttributes {
  ca_certificate: string
  client_certificate: string
  /** Sensitive. */
  client_key: string
  host: string
}

export interface MachineBootstrapAttributes {
  client_configuration: DataClientConfigurationClientConfigurationAttributes
  endpoint: string
  id: string
  node: string
  timeouts: MachineBootstrapTimeoutsAttributes
}

export interface MachineBootstrapTimeoutsAttributes {
  create: string
}

export interface MachineConfigurationApplyAttributes {
  apply_mode: string
  client_configuration: DataClientConfigurationClientConfigurationAttributes
  config_patches: string[]
  endpoint: string
  id: string
  /** Sensitive. */
  machine_configuration: string
  machine_configuration_hash: string
  /** Sensitive. */
  machine_configuration_input: string
  node: string
  on_destroy: OnDestroyAttributes
  resolved_apply_mode: string
  timeouts: MachineConfigurationApplyTimeoutsAttributes
}

export interface MachineConfigurationApplyTimeoutsAttributes {
  create: string
  delete: string
  update: string
}

export interface MachineSecretsAttributes {
  client_configuration: MachineSecretsClientConfigurationAttributes
  id: string
  machine_secrets: MachineSecretsMachineSecretsAttributes
  talos_version: string
}

export interface MachineSecretsClientConfigurationAttributes {
  ca_certificate: string
  client_certificate: string
  /** Sensitive. */
  client_key: string
}

export interface MachineSecretsMachineSecretsAttributes {
  certs: MachineSecretsMachineSecretsCertsAttributes
  cluster: MachineSecretsMachineSecretsClusterAttributes
  secrets: MachineSecretsMachineSecretsSecretsAttributes
  trustdinfo: MachineSecretsMachineSecretsTrustdinfoAttributes
}

export interface MachineSecretsMachineSecretsCertsAttributes {
  etcd: MachineSecretsMachineSecretsCertsEtcdAttributes
  k8s: MachineSecretsMachineSecretsCertsK8SAttributes
  k8s_aggregator: MachineSecretsMachineSecretsCertsK8SAggregatorAttributes
  k8s_serviceaccount: MachineSecretsMachineSecretsCertsK8SServiceaccountAttributes
  os: MachineSecretsMachineSecretsCertsOsAttributes
}

export interface MachineSecretsMachineSecretsCertsEtcdAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface MachineSecretsMachineSecretsCertsK8SAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface MachineSecretsMachineSecretsCertsK8SAggregatorAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface MachineSecretsMachineSecretsCertsK8SServiceaccountAttributes {
  /** Sensitive. */
  key: string
}

export interface MachineSecretsMachineSecretsCertsOsAttributes {
  cert: string
  /** Sensitive. */
  key: string
}

export interface MachineSecretsMachineSecretsClusterAttributes {
  id: string
  /** Sensitive. */
  secret: string
}

export interface MachineSecretsMachineSecretsSecretsAttributes {
  /** Sensitive. */
  aescbc_encryption_secret: string
  /** Sensitive. */
  bootstrap_token: string
  /** Sensitive. */
  secretbox_encryption_secret: string
}

export interface MachineSecretsMachineSecretsTrustdinfoAttributes {
  /** Sensitive. */
  token: string
}

export interface OnDestroyAttributes {
  graceful: boolean
  reboot: boolean
  reset: boolean
}

export interface UrlsAttributes {
  disk_image: string
  disk_image_secureboot: string
  initramfs: string
  installer: string
  installer_secureboot: string
  iso: string
  iso_secureboot: string
  kernel: string
  kernel_command_line: string
  pxe: string
  uki: string
}
