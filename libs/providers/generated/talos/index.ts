// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {
  talos_cluster_kubeconfig: { arguments: Arguments.ClusterKubeconfigArguments; attributes: Attributes.ClusterKubeconfigAttributes };
  talos_image_factory_schematic: { arguments: Arguments.ImageFactorySchematicArguments; attributes: Attributes.ImageFactorySchematicAttributes };
  talos_machine_bootstrap: { arguments: Arguments.MachineBootstrapArguments; attributes: Attributes.MachineBootstrapAttributes };
  talos_machine_configuration_apply: { arguments: Arguments.MachineConfigurationApplyArguments; attributes: Attributes.MachineConfigurationApplyAttributes };
  talos_machine_secrets: { arguments: Arguments.MachineSecretsArguments; attributes: Attributes.MachineSecretsAttributes };
}

export interface DataSources {
  talos_client_configuration: { arguments: Arguments.DataClientConfigurationArguments; attributes: Attributes.DataClientConfigurationAttributes };
  talos_image_factory_urls: { arguments: Arguments.DataImageFactoryUrlsArguments; attributes: Attributes.DataImageFactoryUrlsAttributes };
  talos_machine_configuration: { arguments: Arguments.DataMachineConfigurationArguments; attributes: Attributes.DataMachineConfigurationAttributes };
}

export interface EphemeralResources {}

export type Configuration = Arguments.ProviderArguments;
