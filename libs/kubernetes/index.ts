export { clusterProvider } from './app/cluster-provider';
export {
  type ConfigFiles,
  type ConfigFilesProps,
  configFiles,
  contentHash,
  filesBeside,
} from './app/config-files';
export { type Database, type Expectations, type RestorePoint } from './litestream/database';
export { type Environment, type SecretKey, environment, fromSecret } from './app/environment';
export { type ImageReference, parseImage } from './read/image-reference';
export { type Labels, labelsOf } from './app/labels';
export { formatMemory } from './read/memory';
export { type Health, probes, steadyProbes } from './app/probes';
export { type Replica } from './litestream/replica';
export { type ReplicatedDatabase, replicatedDatabase } from './litestream/replicated-database';
export { rules } from './rules';
export { containerSecurity, podSecurity, unprivilegedSecurity } from './app/security';
export { type AccessRule, type ServiceAccount, serviceAccount } from './app/service-account';
export { type DashboardEntry, type WebAddress, webAddress } from './app/web-address';
export { type WorkloadSummary, summarize } from './read/summarize';
export { type WebApp, type WebAppProps, webApp } from './app/web-app';
