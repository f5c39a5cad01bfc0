export { checkFacts } from './check-facts';
export { type ScheduleReader, scheduleFault } from './check-schedule';
export { facts } from './facts';
export { backendFor } from './backend';
export { fingerprintOf } from './fingerprint';
export { checkAgainst } from './check-against';
export type { BackendChoice, Hardware, HomeFacts, NodeFacts, Taint } from './generated/facts';
export { type Home, home, host, settle, url } from './home';
export { prefixLength } from './addresses';
export { onePasswordVault } from './one-password';
export { replicaKeys } from './replica-keys';
export { bytes, isQuantity } from './quantity';
export {
  type RecordedSecrets,
  derive,
  isRootOfHome,
  revision,
  revisionOf,
  rootSecret,
  usedPurposes,
} from './secrets';
export { stack } from './stack';
export { compareMinors, minorOf, talosSupport } from './talos-support';
