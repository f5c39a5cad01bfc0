/**
 * Settings of the main document that documents of their own have replaced since Talos 1.12. Talos still reads them from
 * the configurations of old homes, but its schema of 1.13 has them no more:
 * https://docs.siderolabs.com/talos/v1.13/getting-started/what's-new-in-talos
 */
export const formerSettings = [
  {
    path: ['machine', 'network'],
    successors: 'HostnameConfig, LinkConfig, LinkAliasConfig, ResolverConfig, Layer2VIPConfig',
  },
  { path: ['machine', 'time'], successors: 'TimeSyncConfig' },
  { path: ['machine', 'features', 'stableHostname'], successors: 'HostnameConfig' },
] as const;
