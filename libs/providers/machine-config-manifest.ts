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

/** Which Talos' schema of a machine configuration is recorded, and which of its documents the home writes. */
export const machineConfigManifest = {
  version: '1.13',
  documents: {
    MainConfig: 'v1alpha1.Config',
    HostnameConfig: 'network.HostnameConfigV1Alpha1',
    Layer2VIPConfig: 'network.Layer2VIPConfigV1Alpha1',
    LinkAliasConfig: 'network.LinkAliasConfigV1Alpha1',
    LinkConfig: 'network.LinkConfigV1Alpha1',
    ResolverConfig: 'network.ResolverConfigV1Alpha1',
    TimeSyncConfig: 'network.TimeSyncConfigV1Alpha1',
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
