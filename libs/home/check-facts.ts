import type { Problem } from '@home/terraform';
import { checkControlPlanes } from './check-control-planes';
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
  return checks.flatMap((check) => {
    try {
      return check(facts);
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      return [
        {
          where: factsFile,
          what: `must have everything that HomeFacts demands (${cause.message})`,
          remedy: 'npx tsc --noEmit names what is missing',
        },
      ];
    }
  });
}
