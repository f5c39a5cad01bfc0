import { type Home, home } from '@home/home';
import { type Rule } from '@home/terraform';
import { noLeakedSecrets } from './no-leaked-secrets';
import { noLiteralSecrets } from './no-literal-secrets';
import { noSecretsAcrossStacks } from './no-secrets-across-stacks';
import { requireDefinedVolumes } from './require-defined-volumes';
import { requireFittingMemory } from './require-fitting-memory';
import { requireMadeKeys } from './require-made-keys';
import { requireMadeObjects } from './require-made-objects';
import { requireMatchingSelectors } from './require-matching-selectors';
import { requireNamedPorts } from './require-named-ports';
import { requireOneWriter } from './require-one-writer';
import { requirePinnedImages } from './require-pinned-images';
import { requireRecreateWithHostPorts } from './require-recreate-with-host-ports';
import { requireTimeForLastSync } from './require-time-for-last-sync';
import { requireValidNames } from './require-valid-names';
import { requireValidPorts } from './require-valid-ports';
import { requireValidSchedules } from './require-valid-schedules';
import { uniqueHostPorts } from './unique-host-ports';
import { uniqueIngressHosts } from './unique-ingress-hosts';
import { uniqueObjects } from './unique-objects';
import { uniqueReplicaPaths } from './unique-replica-paths';

/** What rules have to know of a home besides its blocks. */
export type RuleFacts = Pick<Home, 'domain' | 'cluster' | 'network'>;

/** All rules, for a home with the given facts. Each sees the whole home, and reads the facts only when it checks. */
export const rulesFor = (facts: RuleFacts): readonly Rule[] => [
  noLeakedSecrets,
  noLiteralSecrets,
  noSecretsAcrossStacks,
  requireDefinedVolumes,
  requireFittingMemory(facts),
  requireMadeKeys,
  requireMadeObjects,
  requireMatchingSelectors,
  requireNamedPorts,
  requireOneWriter,
  requirePinnedImages,
  requireRecreateWithHostPorts,
  requireTimeForLastSync,
  requireValidNames,
  requireValidPorts,
  requireValidSchedules,
  uniqueHostPorts(facts),
  uniqueIngressHosts(facts),
  uniqueObjects,
  uniqueReplicaPaths,
];

/** All rules, for this home. */
export const rules: readonly Rule[] = rulesFor(home);
