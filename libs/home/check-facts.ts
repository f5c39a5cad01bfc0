import type { Problem } from '@home/terraform';
import { checkAgainst } from './check-against';
import { checkAddresses } from './check-addresses';
import { checkControlPlanes } from './check-control-planes';
import { checkNodes } from './check-nodes';
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
  const malformed = checkAgainst(schema, factsFile, facts);
  const disagreeing = checks.flatMap((check) => {
    try {
      return check(facts);
    } catch (cause) {
      // What is missing or of a wrong type is told already.
      if (cause instanceof TypeError && malformed.length > 0) return [];
      throw cause;
    }
  });
  return [...malformed, ...disagreeing];
}

function checkEncryption({ terraform: { stateEncryption, binary } }: HomeFacts): Problem[] {
  if (stateEncryption !== 'required' || binary !== 'terraform') return [];
  return [
    mistake(
      'terraform.stateEncryption',
      stateEncryption,
      'must be "when-possible" with Terraform, which encrypts no state',
      'Set terraform.binary to "tofu", or rely on the backend',
    ),
  ];
}
