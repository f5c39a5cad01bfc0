// Made by tools/sync-schemas from Talos' JSON Schema of a machine configuration, version 1.13; npm run sync-schemas makes it again.

export type MachineDocument =
  | MainConfig
  | HostnameConfig
  | Layer2VIPConfig
  | LinkAliasConfig
  | LinkConfig
  | ResolverConfig
  | TimeSyncConfig;

export interface MainConfig {
  cluster?: ClusterConfig;
  debug?: boolean;
  machine?: MachineConfig;
  version?: 'v1alpha1';
}
export interface ClusterConfig {
  acceptedCAs?: {
    crt?: string;
  };
  adminKubeconfig?: AdminKubeconfigConfig;
  aescbcEncryptionSecret?: string;
  aggregatorCA?: {
    crt?: string;
    key?: string;
  };
  allowSchedulingOnControlPlanes?: boolean;
  apiServer?: APIServerConfig;
  ca?: {
    crt?: string;
    key?: string;
  };
  clusterName?: string;
  controlPlane?: ControlPlaneConfig;
  controllerManager?: ControllerManagerConfig;
  coreDNS?: CoreDNS;
  discovery?: ClusterDiscoveryConfig;
  etcd?: EtcdConfig;
  externalCloudProvider?: ExternalCloudProviderConfig;
  extraManifestHeaders?: {
    [k: string]: string;
  };
  extraManifests?: string[];
  id?: string;
  inlineManifests?: ClusterInlineManifest[];
  network?: ClusterNetworkConfig;
  proxy?: ProxyConfig;
  scheduler?: SchedulerConfig;
  secret?: string;
  secretboxEncryptionSecret?: string;
  serviceAccount?: {
    key?: string;
  };
  token?: string;
}
export interface AdminKubeconfigConfig {
  certLifetime?: string;
}
export interface APIServerConfig {
  admissionControl?: AdmissionPluginConfig[];
  auditPolicy?: {
    [k: string]: unknown;
  };
  authorizationConfig?: AuthorizationConfigAuthorizerConfig[];
  certSANs?: string[];
  env?: {
    [k: string]: string;
  };
  extraArgs?: {
    [k: string]: string | string[];
  };
  extraVolumes?: VolumeMountConfig[];
  image?: string;
  resources?: {
    [k: string]: unknown;
  };
}
export interface AdmissionPluginConfig {
  configuration?: {
    [k: string]: unknown;
  };
  name?: string;
}
export interface AuthorizationConfigAuthorizerConfig {
  name?: string;
  type?: string;
  webhook?: {
    [k: string]: unknown;
  };
}
export interface VolumeMountConfig {
  hostPath?: string;
  mountPath?: string;
  readonly?: boolean;
}
export interface ControlPlaneConfig {
  endpoint?: string;
  localAPIServerPort?: number;
}
export interface ControllerManagerConfig {
  env?: {
    [k: string]: string;
  };
  extraArgs?: {
    [k: string]: string | string[];
  };
  extraVolumes?: VolumeMountConfig[];
  image?: string;
  resources?: {
    [k: string]: unknown;
  };
}
export interface CoreDNS {
  disabled?: boolean;
  image?: string;
}
export interface ClusterDiscoveryConfig {
  enabled?: boolean;
  registries?: DiscoveryRegistriesConfig;
}
export interface DiscoveryRegistriesConfig {
  kubernetes?: RegistryKubernetesConfig;
  service?: RegistryServiceConfig;
}
export interface RegistryKubernetesConfig {
  disabled?: boolean;
}
export interface RegistryServiceConfig {
  disabled?: boolean;
  endpoint?: string;
}
export interface EtcdConfig {
  advertisedSubnets?: string[];
  ca?: {
    crt?: string;
    key?: string;
  };
  extraArgs?: {
    [k: string]: string | string[];
  };
  image?: string;
  listenSubnets?: string[];
}
export interface ExternalCloudProviderConfig {
  enabled?: boolean;
  manifests?: string[];
}
export interface ClusterInlineManifest {
  contents?: string;
  name?: string;
}
export interface ClusterNetworkConfig {
  cni?: CNIConfig;
  dnsDomain?: string;
  podSubnets?: string[];
  serviceSubnets?: string[];
}
export interface CNIConfig {
  flannel?: FlannelCNIConfig;
  name?: 'flannel' | 'custom' | 'none';
  urls?: string[];
}
export interface FlannelCNIConfig {
  extraArgs?: string[];
  kubeNetworkPoliciesEnabled?: boolean;
}
export interface ProxyConfig {
  disabled?: boolean;
  extraArgs?: {
    [k: string]: string | string[];
  };
  image?: string;
  mode?: string;
}
export interface SchedulerConfig {
  config?: {
    [k: string]: unknown;
  };
  env?: {
    [k: string]: string;
  };
  extraArgs?: {
    [k: string]: string | string[];
  };
  extraVolumes?: VolumeMountConfig[];
  image?: string;
  resources?: {
    [k: string]: unknown;
  };
}
export interface MachineConfig {
  acceptedCAs?: {
    crt?: string;
  };
  baseRuntimeSpecOverrides?: {
    [k: string]: unknown;
  };
  ca?: {
    crt?: string;
    key?: string;
  };
  certSANs?: string[];
  controlPlane?: MachineControlPlaneConfig;
  features?: FeaturesConfig;
  files?: MachineFile[];
  install?: InstallConfig;
  kernel?: KernelConfig;
  kubelet?: KubeletConfig;
  logging?: LoggingConfig;
  nodeAnnotations?: {
    [k: string]: string;
  };
  nodeLabels?: {
    [k: string]: string;
  };
  nodeTaints?: {
    [k: string]: string;
  };
  pods?: {
    [k: string]: unknown;
  }[];
  seccompProfiles?: MachineSeccompProfile[];
  sysctls?: {
    [k: string]: string;
  };
  sysfs?: {
    [k: string]: string;
  };
  token?: string;
  type?: 'controlplane' | 'worker';
  udev?: UdevConfig;
}
export interface MachineControlPlaneConfig {
  controllerManager?: MachineControllerManagerConfig;
  scheduler?: MachineSchedulerConfig;
}
export interface MachineControllerManagerConfig {
  disabled?: boolean;
}
export interface MachineSchedulerConfig {
  disabled?: boolean;
}
export interface FeaturesConfig {
  diskQuotaSupport?: boolean;
  hostDNS?: HostDNSConfig;
  imageCache?: ImageCacheConfig;
  kubePrism?: KubePrism;
  kubernetesTalosAPIAccess?: KubernetesTalosAPIAccessConfig;
  nodeAddressSortAlgorithm?: string;
}
export interface HostDNSConfig {
  enabled?: boolean;
  forwardKubeDNSToHost?: boolean;
  resolveMemberNames?: boolean;
}
export interface ImageCacheConfig {
  localEnabled?: boolean;
}
export interface KubePrism {
  enabled?: boolean;
  port?: number;
}
export interface KubernetesTalosAPIAccessConfig {
  allowedKubernetesNamespaces?: string[];
  allowedRoles?: string[];
  enabled?: boolean;
}
export interface MachineFile {
  content?: string;
  op?: 'create' | 'append' | 'overwrite';
  path?: string;
  permissions?: number;
}
export interface InstallConfig {
  disk?: string;
  diskSelector?: InstallDiskSelector;
  grubUseUKICmdline?: boolean;
  image?: string;
  legacyBIOSSupport?: boolean;
  wipe?: boolean;
}
export interface InstallDiskSelector {
  busPath?: string;
  modalias?: string;
  model?: string;
  name?: string;
  serial?: string;
  size?: string;
  type?: 'ssd' | 'hdd' | 'nvme' | 'sd';
  uuid?: string;
  wwid?: string;
}
export interface KernelConfig {
  modules?: KernelModuleConfig[];
}
export interface KernelModuleConfig {
  name?: string;
  parameters?: string[];
}
export interface KubeletConfig {
  clusterDNS?: string[];
  credentialProviderConfig?: {
    [k: string]: unknown;
  };
  defaultRuntimeSeccompProfileEnabled?: boolean;
  disableManifestsDirectory?: boolean;
  extraArgs?: {
    [k: string]: string | string[];
  };
  extraConfig?: KubeletSettings;
  extraMounts?: ExtraMount[];
  image?: string;
  nodeIP?: KubeletNodeIPConfig;
  registerWithFQDN?: boolean;
  skipNodeRegistration?: boolean;
}
export interface KubeletSettings {
  /**
   * a span of time such as "80s"
   */
  shutdownGracePeriod?: string;
  /**
   * a span of time such as "80s"
   */
  shutdownGracePeriodCriticalPods?: string;
  evictionSoft?: {
    /**
     * an amount such as "400Mi" or "10%"
     */
    'memory.available'?: string;
  };
  evictionSoftGracePeriod?: {
    /**
     * a span of time such as "80s"
     */
    'memory.available'?: string;
  };
  evictionMaxPodGracePeriod?: number;
  /**
   * a span of time such as "80s"
   */
  evictionPressureTransitionPeriod?: string;
}
export interface ExtraMount {
  destination?: string;
  gidMappings?: LinuxIDMapping[];
  options?: string[];
  source?: string;
  type?: string;
  uidMappings?: LinuxIDMapping[];
}
export interface LinuxIDMapping {
  containerID?: number;
  hostID?: number;
  size?: number;
}
export interface KubeletNodeIPConfig {
  validSubnets?: string[];
}
export interface LoggingConfig {
  destinations?: LoggingDestination[];
}
export interface LoggingDestination {
  endpoint?: Endpoint;
  extraTags?: {
    [k: string]: string;
  };
  format?: 'json_lines';
}
export interface Endpoint {}
export interface MachineSeccompProfile {
  name?: string;
  value?: {
    [k: string]: unknown;
  };
}
export interface UdevConfig {
  rules?: string[];
}
export interface HostnameConfig {
  apiVersion: 'v1alpha1';
  auto?: 'stable' | 'off';
  hostname?: string;
  kind: 'HostnameConfig';
}
export interface Layer2VIPConfig {
  apiVersion: 'v1alpha1';
  kind: 'Layer2VIPConfig';
  link?: string;
  name: string;
}
export interface LinkAliasConfig {
  apiVersion: 'v1alpha1';
  kind: 'LinkAliasConfig';
  name: string;
  selector?: LinkSelector;
}
export interface LinkSelector {
  match?: string;
}
export interface LinkConfig {
  addresses?: AddressConfig[];
  apiVersion: 'v1alpha1';
  kind: 'LinkConfig';
  mtu?: number;
  multicast?: boolean;
  name: string;
  routes?: RouteConfig[];
  up?: boolean;
}
export interface AddressConfig {
  address: string;
  routePriority?: number;
}
export interface RouteConfig {
  destination?: string;
  gateway?: string;
  metric?: number;
  mtu?: number;
  source?: string;
  table?: string;
}
export interface ResolverConfig {
  apiVersion: 'v1alpha1';
  kind: 'ResolverConfig';
  nameservers?: NameserverConfig[];
  searchDomains?: SearchDomainsConfig;
}
export interface NameserverConfig {
  address?: string;
}
export interface SearchDomainsConfig {
  disableDefault?: boolean;
  domains?: string[];
}
export interface TimeSyncConfig {
  apiVersion: 'v1alpha1';
  bootTimeout?: string;
  enabled?: boolean;
  kind: 'TimeSyncConfig';
  ntp?: NTPConfig;
  ptp?: PTPConfig;
}
export interface NTPConfig {
  servers?: string[];
}
export interface PTPConfig {
  devices?: string[];
}
