import { readEnvironment } from '@home/command';
import { home } from '@home/home';
import { systemProgram } from '@life/programs';
import { refuse } from '@home/terraform';
import { type House, lastWords, openHouse } from '../rehearse/house/house';
import { plotIn } from '../rehearse/house/plot';
import { type Figure, timed } from './measure';

/**
 * What the commands add to Terraform's own time on this home, where nothing has changed. Stand-ins answer for its
 * providers, at once, so that Terraform's time is its own alone.
 *
 * @param folder where the home is brought up
 * @param print measures and prints figures while the home is up
 */
export async function life(
  folder: string,
  print: (figures: readonly Figure[]) => Promise<void>,
): Promise<void> {
  const { binary } = home.terraform;
  if (systemProgram(binary) === undefined) {
    console.log(
      `SKIPPED: what the commands add to Terraform's own time, since ${binary} is not on the PATH.`,
    );
    return;
  }
  const house = await openHouse({ ...plotIn(folder), real: undefined });
  try {
    await house.furnish();
    const deployed = await house.npm('deploy', '--yes');
    if (deployed.code !== 0) refuse('npm run deploy', 'must succeed with stand-ins', lastWords(deployed));
    await print(figuresOf(house, binary));
  } finally {
    house.close();
  }
}

function figuresOf(house: House, binary: string): Figure[] {
  // Terraform by itself gets what the commands would give it.
  const env = { ...readEnvironment(house.root, house.environment) };
  const once =
    (...command: string[]) =>
    () =>
      timed(command, { cwd: house.root, env });
  const npm = (...command: string[]) => once('npm', 'run', '--silent', ...command);
  const bare = (stack: string): string => `${binary} plan of ${stack}`;
  const stacks = house.stacks();
  const all = stacks.map(bare);
  return [
    ...stacks.map((stack) => ({
      what: bare(stack),
      once: once(binary, `-chdir=terraform/${stack}`, 'plan'),
    })),
    ...stacks.map((stack) => ({
      what: `npm run plan -- ${stack}`,
      beside: [bare(stack)],
      once: npm('plan', '--', stack),
    })),
    { what: 'npm run plan', beside: all, once: npm('plan') },
    { what: 'npm run drift', beside: all, once: npm('drift') },
    { what: 'npm run deploy', beside: all, once: npm('deploy', '--', '--yes') },
  ];
}
