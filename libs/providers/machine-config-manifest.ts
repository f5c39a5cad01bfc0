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
} as const satisfies { version: string; documents: Readonly<Record<string, string>> };
