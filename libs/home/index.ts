export { checkFacts } from './check-facts';
export { type ScheduleReader, scheduleFault } from './schedule';
export type { RecordedSecrets } from './generated/secrets';
export { factsFile } from './mistake';
export { readFacts } from './read-facts';
export { readSecrets, secretsFile } from './read-secrets';
export { type PathedProblem, checkAgainst, quoted, soundBut } from './check-against';
export type { BackendChoice, Hardware, HomeFacts, Link, NodeFacts, Taint } from './generated/facts';
export { isMoment, isTimezone } from './formats';
export { type ImageReference, imageFault, parseImage } from './image';
export { type Home, addressOf, askedByAddress, home, host, settle, url, urlOf } from './home';
export type { MachineFacts } from './machine-facts';
export { families, inUrl, isAtHome, prefixLength } from './addresses';
export { dnsProviderKey, onePasswordVault, pingAddresses, replicaKeys } from './given-variables';
export { isFolder, mountFault, normalizedFolder } from './mount-path';
export { longestGraceSeconds } from './longest-grace';
export { publicResolver } from './public-resolver';
export { bytes, memoryFault, secondsOf } from './quantity';
export {
  derive,
  derivedFrom,
  fingerprintOf,
  isRootOfHome,
  revision,
  revisionOf,
  rootSecret,
  usedPurposes,
} from './secrets';
export { backendFor, stack } from './stack';
export { compareMinors, minorOf, talosSupport } from './check-versions';
