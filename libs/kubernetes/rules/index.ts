import { type Home, home } from '@home/home';
import { type Rule } from '@home/terraform';
import { noLeakedSecrets } from './secrets/no-leaked-secrets';
import { noLiteralSecrets } from './secrets/no-literal-secrets';
import { noSecretsAcrossStacks } from './secrets/no-secrets-across-stacks';
import { requireDefinedVolumes } from './pods/require-defined-volumes';
import { requireFittingMemory } from './pods/require-fitting-memory';
import { requireMadeKeys } from './objects/require-made-keys';
import { requireMadeObjects } from './objects/require-made-objects';
import { requireMatchingSelectors } from './objects/require-matching-selectors';
import { requireNamedPorts } from './ports/require-named-ports';
import { requireOneWriter } from './replicas/require-one-writer';
import { requirePinnedImages } from './pods/require-pinned-images';
import { requireRecreateWithHostPorts } from './ports/require-recreate-with-host-ports';
import { requireTimeForLastSync } from './replicas/require-time-for-last-sync';
import { requireValidNames } from './objects/require-valid-names';
import { requireValidPorts } from './ports/require-valid-ports';
import { requireValidSchedules } from './pods/require-valid-schedules';
import { uniqueHostPorts } from './ports/unique-host-ports';
import { uniqueIngressHosts } from './ports/unique-ingress-hosts';
import { uniqueObjects } from './objects/unique-objects';
import { uniqueReplicaPaths } from './replicas/unique-replica-paths';

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
