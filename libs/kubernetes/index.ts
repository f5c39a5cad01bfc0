export { clusterProvider } from './app/cluster-provider';
export { type ConfigFiles, type ConfigFilesProps, configFiles, filesBeside } from './app/config-files';
export {
  type Environment,
  type Health,
  type SecretKey,
  environment,
  fromSecret,
  probes,
  steadyProbes,
} from './app/container';
export { derivedSecret } from './app/derived-secret';
export { entryPods } from './app/entry-pods';
export { mountOptions } from './app/kept-files';
export { type Labels, labelsOf } from './app/labels';
export { type PodPart, type PodProps, daemonSet, deployment, statefulSet } from './app/pods';
export { secretFiles } from './app/secret-files';
export { type AccessRule, type ServiceAccount, serviceAccount } from './app/service-account';
export {
  type WebAddress,
  accessAnnotations,
  isKnownToWorld,
  loginAt,
  loginMiddleware,
  middlewaresAnnotation,
  webAddress,
} from './app/web-address';
export { type WebApp, webApp } from './app/web-app';
export { daemon } from './app/daemon';
export { job } from './app/job';
export { type Worker, worker } from './app/worker';
export type {
  DaemonProps,
  DashboardEntry,
  Database,
  Expectations,
  JobProps,
  Replica,
  RestorePoint,
  WebAppProps,
  WorkerProps,
} from './generated/web-app';
export {
  type LitestreamReplica,
  type Writer,
  readLitestreamConfig,
  writersIn,
} from './litestream/replications';
export { storeRights } from './litestream/store-rights';
export { isClusterWide, kindOf } from './read/objects';
export { isHarmlessCapability, isSafeSysctl } from './read/pod-security';
export { formatMemory, podsOf } from './read/pods';
export { roomsIn } from './read/rooms';
export { type WorkloadSummary, summarize } from './read/summarize';
export {
  type JudgedSpec,
  type JudgedSpecs,
  blockOfSpec,
  judgedFile,
  readJudgedSpecs,
} from './rules/accepted/judged-specs';
export { owesLogin } from './rules/logins';
export {
  madeElsewhereAnnotation,
  oddSelectors,
  selectorAnnotation,
  spellingOf,
  unmadeReferences,
} from './rules/objects';
export { exceedsBaseline, owedReasons } from './rules/reasons';
export { looksSecret, optionIn } from './secrets/looks-secret';
export { isSecretName, tellsOther } from './secrets/secret-names';
