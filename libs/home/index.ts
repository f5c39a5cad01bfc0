export { checkFacts } from './check-facts';
export { type ScheduleReader, scheduleFault } from './schedule';
export { facts } from './facts';
export { checkAgainst, soundBut } from './check-against';
export type { BackendChoice, Hardware, HomeFacts, NodeFacts, Taint } from './generated/facts';
export { isMoment, isTimezone } from './formats';
export { type ImageReference, imageFault, parseImage } from './image';
export { type Home, home, host, settle, url } from './home';
export { isAtHome, prefixLength } from './addresses';
export { onePasswordVault, replicaKeys } from './given-variables';
export { normalizedFolder } from './mount-path';
export { longestGraceSeconds } from './longest-grace';
export { bytes, memoryFault, secondsOf } from './quantity';
export {
  type RecordedSecrets,
  derive,
  fingerprintOf,
  isRootOfHome,
  revision,
  revisionOf,
  rootSecret,
  usedPurposes,
} from './secrets';
export { backendFor, stack } from './stack';
export { compareMinors, minorOf, talosSupport } from './check-versions';
