import { type Problem, ProblemsError } from '@home/terraform';
import type { RootModule } from '../root-module';
import type { Threat } from './protect';

/**
 * Refuses a plan that destroys precious things which its owner did not name.
 *
 * @param allowed the addresses of `--allow-destroy`
 * @throws ProblemsError with one line for each
 */
export function refuseThreats(
  module: RootModule,
  threats: readonly Threat[],
  allowed: readonly string[],
  command: string,
): void {
  const refused = threats.filter(({ address }) => !allowed.includes(address));
  if (refused.length > 0) throw new ProblemsError(refused.map((threat) => refusal(module, threat, command)));
}

function refusal(module: RootModule, { address, deed, loss, unfinished }: Threat, command: string): Problem {
  const workload = module.workloadOf(address);
  const where = workload === undefined ? module.stack : `${module.stack}/${workload}`;
  return {
    where: `${where}: ${address}`,
    what: unfinished
      ? `would be replaced because an earlier run left it unfinished, and it ${loss}`
      : `would be ${deed}, and it ${loss}`,
    remedy: unfinished
      ? `If it is whole, \`npm run state -- keep ${module.stack} '${address}'\` keeps it. To make it anew, repeat ${command} with --allow-destroy='${address}'`
      : `To do it all the same, repeat ${command} with --allow-destroy='${address}'`,
  };
}
