import type { Problem } from '@home/terraform';
import { checkControlPlanes } from './check-control-planes';
import { checkNames } from './check-names';
import { checkNetwork } from './check-network';
import { checkNodes } from './check-nodes';
import { checkSettings } from './check-settings';
import { checkTerraform } from './check-terraform';
import { checkVersions } from './check-versions';
import type { HomeFacts } from './home-facts';
import { factsFile } from './mistake';

const checks = [checkSettings, checkNetwork, checkNodes, checkControlPlanes, checkVersions, checkTerraform];

/** Every mistake in the facts at once, each with the path of the value and what to do. */
export function checkFacts(facts: HomeFacts): Problem[] {
  const misnamed = checkNames(facts);
  const mistakes = checks.flatMap((check) => {
    try {
      return check(facts);
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      // What is missing or misspelt is told already.
      return misnamed.length > 0 ? [] : [wrongType(cause)];
    }
  });
  return [...misnamed, ...mistakes];
}

const wrongType = ({ message }: TypeError): Problem => ({
  where: factsFile,
  what: `must have values of the types that HomeFacts demands (${message})`,
  remedy: '`npm run types` names what is wrong',
});
