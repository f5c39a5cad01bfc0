import { type Home, home } from '@home/home';
import { type Rule } from '@home/terraform';
import { requireAcceptedObjects } from './accepted';
import { requireRecreateWithHostPorts, uniqueHostPorts } from './host-ports';
import { noCarriageReturns } from './line-ends';
import { noLiteralSecrets } from './literal-secrets';
import { requireLogins } from './logins';
import { requireValidNames } from './names';
import {
  requireMadeKeys,
  requireMadeObjects,
  requireMatchingSelectors,
  uniqueIngressHosts,
  uniqueObjects,
} from './objects';
import {
  requireDefinedVolumes,
  requireFittingMemory,
  requireGrantedGrace,
  requirePinnedImages,
  requireReadOnlyRoots,
  requireValidSchedules,
  uniqueMountPaths,
} from './pods';
import { requireGrantedRights } from './pod-security';
import { requireNamedPorts, requireValidPorts, uniqueNodePorts } from './ports';
import { requireOneWriter, requireTimeForLastSync, uniqueReplicaPaths } from './replicas';
import { noDatabasesOnShares, uniqueShareFolders } from './shares';
import { noLeakedSecrets, noSecretsAcrossStacks } from './secrets';

/** What rules have to know of a home besides its blocks. */
export type RuleFacts = Pick<Home, 'domain' | 'cluster' | 'https' | 'logins' | 'network'>;

/** All rules, for a home with the given facts. Each sees the whole home, and reads the facts only when it checks. */
export const rulesFor = (facts: RuleFacts): readonly Rule[] => [
  noCarriageReturns,
  noDatabasesOnShares,
  noLeakedSecrets,
  noLiteralSecrets,
  noSecretsAcrossStacks,
  requireAcceptedObjects,
  requireDefinedVolumes,
  requireFittingMemory(facts),
  requireGrantedGrace,
  requireGrantedRights,
  requireLogins(facts),
  requireMadeKeys,
  requireMadeObjects,
  requireMatchingSelectors,
  requireNamedPorts,
  requireOneWriter,
  requirePinnedImages,
  requireReadOnlyRoots,
  requireRecreateWithHostPorts,
  requireTimeForLastSync,
  requireValidNames,
  requireValidPorts,
  requireValidSchedules,
  uniqueHostPorts(facts),
  uniqueIngressHosts(facts),
  uniqueMountPaths,
  uniqueNodePorts,
  uniqueObjects,
  uniqueReplicaPaths,
  uniqueShareFolders,
];

/** All rules, for this home. */
export const rules: readonly Rule[] = rulesFor(home);
