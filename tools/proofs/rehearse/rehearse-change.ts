import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { openTerminal } from '@home/command';
import { readSecrets } from '@home/home';
import { refuse } from '@home/terraform';
import { lendPackages } from '@home/testing';
import { type Plot, lastWords, openHouse } from './house/house';

/**
 * Brings up the home of the last commit with stand-ins, and shows what Terraform would do for the work tree as it is.
 *
 * @returns the exit code: 0, whether or not anything would change
 * @throws ProblemsError when the last commit is somebody else's home, or one of the two does not generate or come up
 */
export async function rehearseChange(plot: Plot): Promise<number> {
  const terminal = openTerminal();
  const committed = join(plot.folder, 'committed');
  execFileSync('git', ['clone', '--quiet', '--shared', plot.from, committed]);
  if (readSecrets(committed).rootFingerprint !== readSecrets(plot.from).rootFingerprint)
    refuse(
      'npm run rehearse -- --change',
      'must find this home in the last commit, but that one has another root secret',
      'Commit what `npm run setup` wrote; without --change all of the home is played',
    );
  lendPackages(plot.from, committed);
  const house = await openHouse({ ...plot, from: committed });
  try {
    terminal.step(
      'bringing up the home of the last commit, where everything that it meets is a stand-in',
      1,
      2,
    );
    await house.furnish();
    const deployed = await house.npm('deploy', '--yes');
    if (deployed.code !== 0) refuseCommand('npm run deploy', lastWords(deployed));
    terminal.step('planning what was changed since', 2, 2);
    await house.refurnish(plot.from);
    const plan = await house.npm('plan');
    terminal.say(plan.all);
    if (plan.code !== 0 && plan.code !== 2) refuseCommand('npm run plan', 'It says above what is wrong');
    return 0;
  } finally {
    house.close();
  }
}

const refuseCommand = (command: string, remedy: string): never =>
  refuse(command, 'must succeed in the rehearsal', remedy);
