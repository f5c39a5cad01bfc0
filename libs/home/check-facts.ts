import type { Problem } from '@home/terraform';
import { checkAgainst } from './check-against';
import { checkAddresses } from './check-addresses';
import { checkControlPlanes, checkNodes } from './check-machines';
import schema from './facts.schema.json';
import type { HomeFacts } from './generated/facts';
import { factsFile, mistake } from './mistake';
import { checkVersions } from './check-versions';

/** What spans several values, and so is beyond the schema. */
const checks = [checkAddresses, checkNodes, checkControlPlanes, checkVersions, checkEncryption, checkStore];

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

function* checkStore({ nas: { s3 } }: HomeFacts): Generator<Problem> {
  if (s3.caFile === undefined || s3.endpoint.startsWith('https:')) return;
  const must =
    'must come with an endpoint over https: over http nothing is encrypted, and no certificate looked at';
  yield mistake('nas.s3.caFile', s3.caFile, must, 'Write nas.s3.endpoint with https, or leave it out');
}
