import { home } from '@home/home';
import { type Rule } from '@home/terraform';
import { requirePinnedImages } from './require-pinned-images';
import { requireRecreateWithHostPorts } from './require-recreate-with-host-ports';
import { uniqueHostPorts } from './unique-host-ports';
import { uniqueIngressHosts } from './unique-ingress-hosts';

/** What rules have to know of a home besides its blocks. */
export type RuleFacts = Pick<typeof home, 'domain'>;

/** All rules, for a home with the given facts. The facts are read only when a rule checks. */
export const rulesFor = (facts: RuleFacts): readonly Rule[] => [
  requirePinnedImages,
  requireRecreateWithHostPorts,
  uniqueHostPorts,
  uniqueIngressHosts(() => facts.domain),
];

/** All rules, for this home. Each sees the whole home. */
export const rules: readonly Rule[] = rulesFor(home);
