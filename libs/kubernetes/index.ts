export { clusterProvider } from './cluster-provider';
export {
  type ConfigFiles,
  type ConfigFilesProps,
  configFiles,
  contentHash,
  filesBeside,
} from './config-files';
export { type Database, type Expectations, type RestorePoint } from './database';
export { type Environment, type SecretKey, environment, fromSecret } from './environment';
export { type ImageReference, parseImage } from './image-reference';
export { type Labels, labelsOf } from './labels';
export { formatMemory } from './memory';
export { type Health, probes, steadyProbes } from './probes';
export { type Replica } from './replica';
export { type ReplicatedDatabase, replicatedDatabase } from './replicated-database';
export { rules } from './rules';
export { containerSecurity, podSecurity, unprivilegedSecurity } from './security';
export { type AccessRule, type ServiceAccount, serviceAccount } from './service-account';
export { type DashboardEntry, type WebAddress, webAddress } from './web-address';
export { type WorkloadSummary, summarize } from './summarize';
export { type WebApp, type WebAppProps, webApp } from './web-app';
