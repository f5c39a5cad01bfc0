import type { Problem } from '@home/terraform';
import { checkAgainst } from './check-against';
import { checkAddresses } from './check-addresses';
import { checkControlPlanes, checkNodes } from './check-machines';
import schema from './facts.schema.json';
import type { HomeFacts } from './generated/facts';
import { factsFile, mistake } from './mistake';
import { checkVersions } from './check-versions';

/** What spans several values, and so is beyond the schema. */
const checks = [checkAddresses, checkNodes, checkControlPlanes, checkVersions, checkEncryption];

/** The names of all facts, in order. */
export const factNames = Object.keys(schema.properties);

/** Every mistake in the facts at once, each with the path of the value and what to do. */
export function checkFacts(facts: HomeFacts): Problem[] {
  const problems = checkAgainst(schema, factsFile, facts);
  const isMalformed = problems.length > 0;
  for (const check of checks) {
    try {
      problems.push(...check(facts));
    } catch (cause) {
      // What is missing or of a wrong type is reported already.
      if (!(cause instanceof TypeError && isMalformed)) throw cause;
    }
  }
  return problems;
}

function* checkEncryption({ terraform: { stateEncryption, binary } }: HomeFacts): Generator<Problem> {
  if (stateEncryption !== 'required' || binary !== 'terraform') return;
  yield mistake(
    'terraform.stateEncryption',
    stateEncryption,
    'must be "when-possible" with Terraform, which encrypts no state',
    'Set terraform.binary to "tofu", or rely on the backend',
  );
}
