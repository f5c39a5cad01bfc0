// Made by tools/sync-schemas from Talos' JSON Schema of a machine configuration, version 1.13; npm run sync-schemas makes it again.

export type MachineDocument =
  | MainConfig
  | BlackholeRouteConfig
  | BondConfig
  | BridgeConfig
  | DHCPv4Config
  | DHCPv6Config
  | DummyLinkConfig
  | EnvironmentConfig
  | EthernetConfig
  | EventSinkConfig
  | ExistingVolumeConfig
  | ExtensionServiceConfig
  | ExternalVolumeConfig
  | HostnameConfig
  | KmsgLogConfig
  | KubeSpanConfig
  | KubeSpanEndpoints
  | Layer2VIPConfig
  | LinkAliasConfig
  | LinkConfig
  | NetworkDefaultActionConfig
  | NetworkRuleConfig
  | OOMConfig
  | PCIDriverRebindConfig
  | RawVolumeConfig
  | RegistryAuthConfig
  | RegistryMirrorConfig
  | RegistryTLSConfig
  | ResolverConfig
  | RoutingRuleConfig
  | StaticHostConfig
  | SwapVolumeConfig
  | TCPProbeConfig
  | TimeSyncConfig
  | TrustedRootsConfig
  | UserVolumeConfig
  | VLANConfig
  | VRFConfig
  | VolumeConfig
  | WatchdogTimerConfig
  | WireguardConfig
  | ZswapConfig;

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
export interface BlackholeRouteConfig {
  apiVersion: 'v1alpha1';
  kind: 'BlackholeRouteConfig';
  metric?: number;
  name: string;
}
export interface BondConfig {
  adActorSysPrio?: number;
  adLACPActive?: 'on' | 'off';
  adSelect?: 'stable' | 'bandwidth' | 'count';
  adUserPortKey?: number;
  addresses?: AddressConfig[];
  allSlavesActive?: number;
  apiVersion: 'v1alpha1';
  arpAllTargets?: 'any' | 'all';
  arpInterval?: number;
  arpIpTargets?: string[];
  arpValidate?: 'none' | 'active' | 'backup' | 'all' | 'filter' | 'filter-active' | 'filter-backup';
  bondMode:
    'balance-rr' | 'active-backup' | 'balance-xor' | 'broadcast' | '802.3ad' | 'balance-tlb' | 'balance-alb';
  downdelay?: number;
  failOverMac?: 'none' | 'active' | 'follow';
  hardwareAddr?: string;
  kind: 'BondConfig';
  lacpRate?: 'slow' | 'fast';
  links: string[];
  lpInterval?: number;
  miimon?: number;
  minLinks?: number;
  missedMax?: number;
  mtu?: number;
  multicast?: boolean;
  name: string;
  nsIp6Targets?: string[];
  numPeerNotif?: number;
  packetsPerSlave?: number;
  peerNotifDelay?: number;
  primaryReselect?: 'always' | 'better' | 'failure';
  resendIGMP?: number;
  routes?: RouteConfig[];
  tlbLogicalLb?: number;
  up?: boolean;
  updelay?: number;
  useCarrier?: boolean;
  xmitHashPolicy?: 'layer2' | 'layer3+4' | 'layer2+3' | 'encap2+3' | 'encap3+4';
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
export interface BridgeConfig {
  addresses?: AddressConfig[];
  apiVersion: 'v1alpha1';
  hardwareAddr?: string;
  kind: 'BridgeConfig';
  links: string[];
  mtu?: number;
  multicast?: boolean;
  name: string;
  routes?: RouteConfig[];
  stp?: BridgeSTPConfig;
  up?: boolean;
  vlan?: BridgeVLANConfig;
}
export interface BridgeSTPConfig {
  enabled?: boolean;
}
export interface BridgeVLANConfig {
  filtering?: boolean;
}
export interface DHCPv4Config {
  apiVersion: 'v1alpha1';
  clientIdentifier?: 'none' | 'mac' | 'duid';
  duidRaw?: string;
  ignoreHostname?: boolean;
  kind: 'DHCPv4Config';
  name: string;
  routeMetric?: number;
}
export interface DHCPv6Config {
  apiVersion: 'v1alpha1';
  clientIdentifier?: 'none' | 'mac' | 'duid';
  duidRaw?: string;
  ignoreHostname?: boolean;
  kind: 'DHCPv6Config';
  name: string;
  routeMetric?: number;
}
export interface DummyLinkConfig {
  addresses?: AddressConfig[];
  apiVersion: 'v1alpha1';
  hardwareAddr?: string;
  kind: 'DummyLinkConfig';
  mtu?: number;
  multicast?: boolean;
  name: string;
  routes?: RouteConfig[];
  up?: boolean;
}
export interface EnvironmentConfig {
  apiVersion: 'v1alpha1';
  kind: 'EnvironmentConfig';
  variables?: {
    [k: string]: string;
  };
}
export interface EthernetConfig {
  apiVersion: 'v1alpha1';
  channels?: EthernetChannelsConfig;
  features?: {
    [k: string]: boolean;
  };
  kind: 'EthernetConfig';
  name: string;
  rings?: EthernetRingsConfig;
  wakeOnLan?: string[];
}
export interface EthernetChannelsConfig {
  combined?: number;
  other?: number;
  rx?: number;
  tx?: number;
}
export interface EthernetRingsConfig {
  'cqe-size'?: number;
  rx?: number;
  'rx-buf-len'?: number;
  'rx-jumbo'?: number;
  'rx-mini'?: number;
  'rx-push'?: boolean;
  'tcp-data-split'?: boolean;
  tx?: number;
  'tx-push'?: boolean;
  'tx-push-buf-len'?: number;
}
export interface EventSinkConfig {
  apiVersion: 'v1alpha1';
  endpoint?: string;
  kind: 'EventSinkConfig';
}
export interface ExistingVolumeConfig {
  apiVersion: 'v1alpha1';
  discovery?: VolumeDiscoverySpec;
  kind: 'ExistingVolumeConfig';
  mount?: ExistingMountSpec;
  name?: string;
}
export interface VolumeDiscoverySpec {
  volumeSelector?: VolumeSelector;
}
export interface VolumeSelector {
  match?: string;
}
export interface ExistingMountSpec {
  disableAccessTime?: boolean;
  readOnly?: boolean;
  secure?: boolean;
}
export interface ExtensionServiceConfig {
  apiVersion: 'v1alpha1';
  configFiles?: ConfigFile[];
  environment?: string[];
  kind: 'ExtensionServiceConfig';
  name: string;
}
export interface ConfigFile {
  content?: string;
  mountPath?: string;
}
export interface ExternalVolumeConfig {
  apiVersion: 'v1alpha1';
  filesystemType?: 'virtiofs';
  kind: 'ExternalVolumeConfig';
  mount?: ExternalMountSpec;
  name?: string;
}
export interface ExternalMountSpec {
  disableAccessTime?: boolean;
  readOnly?: boolean;
  secure?: boolean;
  virtiofs?: VirtiofsMountSpec;
}
export interface VirtiofsMountSpec {
  tag?: string;
}
export interface HostnameConfig {
  apiVersion: 'v1alpha1';
  auto?: 'stable' | 'off';
  hostname?: string;
  kind: 'HostnameConfig';
}
export interface KmsgLogConfig {
  apiVersion: 'v1alpha1';
  kind: 'KmsgLogConfig';
  name?: string;
  url?: string;
}
export interface KubeSpanConfig {
  advertiseKubernetesNetworks?: boolean;
  allowDownPeerBypass?: boolean;
  apiVersion: 'v1alpha1';
  enabled?: boolean;
  filters?: KubeSpanFiltersConfig;
  harvestExtraEndpoints?: boolean;
  kind: 'KubeSpanConfig';
  mtu?: number;
}
export interface KubeSpanFiltersConfig {
  endpoints?: string[];
  excludeAdvertisedNetworks?: string[];
}
export interface KubeSpanEndpoints {
  apiVersion: 'v1alpha1';
  extraAnnouncedEndpoints?: string[];
  kind: 'KubeSpanEndpoints';
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
export interface NetworkDefaultActionConfig {
  apiVersion: 'v1alpha1';
  ingress?: 'accept' | 'block';
  kind: 'NetworkDefaultActionConfig';
}
export interface NetworkRuleConfig {
  apiVersion: 'v1alpha1';
  ingress?: IngressRule[];
  kind: 'NetworkRuleConfig';
  name: string;
  portSelector?: RulePortSelector;
}
export interface IngressRule {
  except?: string;
  subnet?: string;
}
export interface RulePortSelector {
  ports?: (number | string)[];
  protocol?: 'tcp' | 'udp' | 'icmp' | 'icmpv6';
}
export interface OOMConfig {
  apiVersion: 'v1alpha1';
  cgroupRankingExpression?: string;
  kind: 'OOMConfig';
  sampleInterval?: string;
  strictCgroupClassOrdering?: boolean;
  triggerExpression?: string;
}
export interface PCIDriverRebindConfig {
  apiVersion: 'v1alpha1';
  kind: 'PCIDriverRebindConfig';
  name: string;
  targetDriver: string;
}
export interface RawVolumeConfig {
  apiVersion: 'v1alpha1';
  encryption?: EncryptionSpec;
  kind: 'RawVolumeConfig';
  name?: string;
  provisioning?: ProvisioningSpec;
}
export interface EncryptionSpec {
  blockSize?: number;
  cipher?: 'aes-xts-plain64' | 'xchacha12,aes-adiantum-plain64' | 'xchacha20,aes-adiantum-plain64';
  keySize?: number;
  keys?: EncryptionKey[];
  options?: string[];
  provider?: 'luks2';
}
export interface EncryptionKey {
  kms?: EncryptionKeyKMS;
  lockToState?: boolean;
  nodeID?: EncryptionKeyNodeID;
  slot?: number;
  static?: EncryptionKeyStatic;
  tpm?: EncryptionKeyTPM;
}
export interface EncryptionKeyKMS {
  endpoint?: string;
}
export interface EncryptionKeyNodeID {}
export interface EncryptionKeyStatic {
  passphrase?: string;
}
export interface EncryptionKeyTPM {
  checkSecurebootStatusOnEnroll?: boolean;
  options?: EncryptionKeyTPMOptions;
}
export interface EncryptionKeyTPMOptions {
  pcrs?: number[];
}
export interface ProvisioningSpec {
  diskSelector?: DiskSelector;
  grow?: boolean;
  maxSize?: string;
  minSize?: string;
}
export interface DiskSelector {
  match?: string;
}
export interface RegistryAuthConfig {
  apiVersion: 'v1alpha1';
  auth?: string;
  identityToken?: string;
  kind: 'RegistryAuthConfig';
  name: string;
  password?: string;
  username?: string;
}
export interface RegistryMirrorConfig {
  apiVersion: 'v1alpha1';
  endpoints?: RegistryEndpoint[];
  kind: 'RegistryMirrorConfig';
  name: string;
  skipFallback?: boolean;
}
export interface RegistryEndpoint {
  overridePath?: boolean;
  url: string;
}
export interface RegistryTLSConfig {
  apiVersion: 'v1alpha1';
  ca?: string;
  clientIdentity?: {
    crt?: string;
    key?: string;
  };
  insecureSkipVerify?: boolean;
  kind: 'RegistryTLSConfig';
  name: string;
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
export interface RoutingRuleConfig {
  action?: number;
  apiVersion: 'v1alpha1';
  dst?: string;
  fwMark?: number;
  fwMask?: number;
  iifName?: string;
  kind: 'RoutingRuleConfig';
  name: string;
  oifName?: string;
  src?: string;
  table: string;
}
export interface StaticHostConfig {
  apiVersion: 'v1alpha1';
  hostnames?: string[];
  kind: 'StaticHostConfig';
  name: string;
}
export interface SwapVolumeConfig {
  apiVersion: 'v1alpha1';
  encryption?: EncryptionSpec;
  kind: 'SwapVolumeConfig';
  name?: string;
  provisioning?: ProvisioningSpec;
}
export interface TCPProbeConfig {
  apiVersion: 'v1alpha1';
  endpoint: string;
  failureThreshold?: number;
  interval?: string;
  kind: 'TCPProbeConfig';
  name: string;
  timeout?: string;
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
export interface TrustedRootsConfig {
  apiVersion: 'v1alpha1';
  certificates?: string;
  kind: 'TrustedRootsConfig';
  name: string;
}
export interface UserVolumeConfig {
  apiVersion: 'v1alpha1';
  encryption?: EncryptionSpec;
  filesystem?: FilesystemSpec;
  kind: 'UserVolumeConfig';
  mount?: UserMountSpec;
  name?: string;
  provisioning?: ProvisioningSpec;
  volumeType?: 'directory' | 'disk' | 'partition';
}
export interface FilesystemSpec {
  projectQuotaSupport?: boolean;
  type?: 'ext4' | 'xfs';
}
export interface UserMountSpec {
  disableAccessTime?: boolean;
  secure?: boolean;
}
export interface VLANConfig {
  addresses?: AddressConfig[];
  apiVersion: 'v1alpha1';
  kind: 'VLANConfig';
  mtu?: number;
  multicast?: boolean;
  name: string;
  parent: string;
  routes?: RouteConfig[];
  up?: boolean;
  vlanID: number;
  vlanMode?: '802.1q' | '802.1ad';
}
export interface VRFConfig {
  addresses?: AddressConfig[];
  apiVersion: 'v1alpha1';
  hardwareAddr?: string;
  kind: 'VRFConfig';
  links: string[];
  mtu?: number;
  multicast?: boolean;
  name: string;
  routes?: RouteConfig[];
  table: string;
  up?: boolean;
}
export interface VolumeConfig {
  apiVersion: 'v1alpha1';
  encryption?: EncryptionSpec;
  kind: 'VolumeConfig';
  mount?: MountSpec;
  name?: string;
  provisioning?: ProvisioningSpec;
}
export interface MountSpec {
  secure?: boolean;
}
export interface WatchdogTimerConfig {
  apiVersion: 'v1alpha1';
  device?: string;
  kind: 'WatchdogTimerConfig';
  timeout?: string;
}
export interface WireguardConfig {
  addresses?: AddressConfig[];
  apiVersion: 'v1alpha1';
  firewallMark?: number;
  kind: 'WireguardConfig';
  listenPort?: number;
  mtu?: number;
  multicast?: boolean;
  name: string;
  peers?: WireguardPeer[];
  privateKey: string;
  routes?: RouteConfig[];
  up?: boolean;
}
export interface WireguardPeer {
  allowedIPs?: string[];
  endpoint?: string;
  persistentKeepaliveInterval?: string;
  presharedKey?: string;
  publicKey: string;
}
export interface ZswapConfig {
  apiVersion: 'v1alpha1';
  kind: 'ZswapConfig';
  maxPoolPercent?: number;
  shrinkerEnabled?: boolean;
}
