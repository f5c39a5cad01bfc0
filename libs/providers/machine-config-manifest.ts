const span = {
  description: 'a span of time such as "80s"',
  type: 'string',
  pattern: '^((\\d+\\.?\\d*|\\.\\d+)(ms|s|m|h))+$',
} as const;
const amount = {
  description: 'an amount such as "400Mi" or "10%"',
  type: 'string',
  pattern: '^\\d+(\\.\\d+)?([kMGT]|[KMGT]i|%)?$',
} as const;

const ofMemory = (value: object) => ({
  type: 'object',
  additionalProperties: false,
  properties: { 'memory.available': value },
});

/** Which Talos' schema of a machine configuration is recorded, and which of its documents a home may write: all but those of a cloud. */
export const machineConfigManifest = {
  version: '1.13',
  documents: {
    MainConfig: 'v1alpha1.Config',
    BlackholeRouteConfig: 'network.BlackholeRouteConfigV1Alpha1',
    BondConfig: 'network.BondConfigV1Alpha1',
    BridgeConfig: 'network.BridgeConfigV1Alpha1',
    DHCPv4Config: 'network.DHCPv4ConfigV1Alpha1',
    DHCPv6Config: 'network.DHCPv6ConfigV1Alpha1',
    DummyLinkConfig: 'network.DummyLinkConfigV1Alpha1',
    EnvironmentConfig: 'runtime.EnvironmentV1Alpha1',
    EthernetConfig: 'network.EthernetConfigV1Alpha1',
    EventSinkConfig: 'runtime.EventSinkV1Alpha1',
    ExistingVolumeConfig: 'block.ExistingVolumeConfigV1Alpha1',
    ExtensionServiceConfig: 'extensions.ServiceConfigV1Alpha1',
    ExternalVolumeConfig: 'block.ExternalVolumeConfigV1Alpha1',
    HostnameConfig: 'network.HostnameConfigV1Alpha1',
    KmsgLogConfig: 'runtime.KmsgLogV1Alpha1',
    KubeSpanConfig: 'network.KubeSpanConfigV1Alpha1',
    KubeSpanEndpoints: 'network.KubespanEndpointsConfigV1Alpha1',
    Layer2VIPConfig: 'network.Layer2VIPConfigV1Alpha1',
    LinkAliasConfig: 'network.LinkAliasConfigV1Alpha1',
    LinkConfig: 'network.LinkConfigV1Alpha1',
    NetworkDefaultActionConfig: 'network.DefaultActionConfigV1Alpha1',
    NetworkRuleConfig: 'network.RuleConfigV1Alpha1',
    OOMConfig: 'runtime.OOMV1Alpha1',
    PCIDriverRebindConfig: 'hardware.PCIDriverRebindConfigV1Alpha1',
    RawVolumeConfig: 'block.RawVolumeConfigV1Alpha1',
    RegistryAuthConfig: 'cri.RegistryAuthConfigV1Alpha1',
    RegistryMirrorConfig: 'cri.RegistryMirrorConfigV1Alpha1',
    RegistryTLSConfig: 'cri.RegistryTLSConfigV1Alpha1',
    ResolverConfig: 'network.ResolverConfigV1Alpha1',
    RoutingRuleConfig: 'network.RoutingRuleConfigV1Alpha1',
    StaticHostConfig: 'network.StaticHostConfigV1Alpha1',
    SwapVolumeConfig: 'block.SwapVolumeConfigV1Alpha1',
    TCPProbeConfig: 'network.TCPProbeConfigV1Alpha1',
    TimeSyncConfig: 'network.TimeSyncConfigV1Alpha1',
    TrustedRootsConfig: 'security.TrustedRootsConfigV1Alpha1',
    UserVolumeConfig: 'block.UserVolumeConfigV1Alpha1',
    VLANConfig: 'network.VLANConfigV1Alpha1',
    VRFConfig: 'network.VRFConfigV1Alpha1',
    VolumeConfig: 'block.VolumeConfigV1Alpha1',
    WatchdogTimerConfig: 'runtime.WatchdogTimerV1Alpha1',
    WireguardConfig: 'network.WireguardConfigV1Alpha1',
    ZswapConfig: 'block.ZswapConfigV1Alpha1',
  },
  /**
   * What the home knows of `machine.kubelet.extraConfig`. Talos hands it on unread, and a kubelet that cannot read it does
   * not start: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
   */
  kubelet: {
    shutdownGracePeriod: span,
    shutdownGracePeriodCriticalPods: span,
    evictionSoft: ofMemory(amount),
    evictionSoftGracePeriod: ofMemory(span),
    evictionMaxPodGracePeriod: { type: 'integer', minimum: 0 },
    evictionPressureTransitionPeriod: span,
  },
} as const satisfies {
  version: string;
  documents: Readonly<Record<string, string>>;
  kubelet: Readonly<Record<string, object>>;
};
