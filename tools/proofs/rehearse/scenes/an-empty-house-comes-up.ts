import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Story, scene } from '../story';
import { inventoryOf, inventoryOfStates } from './inventory';

/** Brings everything up, and looks whether it is really everything and whether anything got out. */
export default scene(
  'An empty house comes up in one run',
  { short: true, providers: 'any', from: 'empty', seconds: 40 },
  async (stage) => {
    const { house, runs, holds, equals } = stage;
    const up = await bringUp(stage);
    if (!house.isReal) {
      equals(
        'the world holds what the states say, and nothing else',
        inventoryOf(house.world),
        inventoryOfStates(house),
      );
      equals(
        'all of it was made once',
        house.world.deeds.filter(({ verb }) => verb !== 'create'),
        [],
      );
    }
    const plan = await runs(house.npm('plan'));
    const nothing = house.stacks().filter((stack) => plan.output.includes(`${stack}: nothing to do`));
    equals('a second plan of every stack is empty', nothing, house.stacks());
    if (!house.isReal) {
      const again = await runs(house.npm('deploy'));
      holds('a deploy with nothing to do asks nothing', !/Apply\?/.test(again.all), again.all);
    }
    keepsSecrets(stage, up + plan.all);
    equals('states and access are readable by their owner alone', files(stage).filter(isOpen), []);
  },
);

function files({ house }: Story): string[] {
  const states = house.stacks().map((stack) => `.state/${stack}.tfstate`);
  return [...states, 'kubeconfig', ...(house.isReal ? [] : ['talosconfig'])].map((file) =>
    join(house.root, file),
  );
}

const isOpen = (file: string): boolean => (statSync(file).mode & 0o077) !== 0;

/** Neither the root secret nor what is made of it may stand in a state or in what the commands say. */
function keepsSecrets({ house, holds }: Story, said: string): void {
  const root = /TF_VAR_home_root_secret=(\w+)/.exec(house.read('.env'))?.[1] ?? '';
  const derived = house.world.writeOnly().filter((text) => /^[0-9a-f]{64}$/.test(text));
  const told = [said, ...house.stacks().map((stack) => house.read(`.state/${stack}.tfstate`))].join();
  holds(
    'neither the root secret nor what is made of it stands in a state or in the output',
    root !== '' && ![root, ...derived].some((secret) => told.includes(secret)),
  );
}

/** The stacks of a home, in the order in which they come up. */
const stacks = ['cluster', 'platform', 'workloads', 'integrations'];

/**
 * Brings everything up by a deploy. With real providers stack by stack, since the pods of a throwaway cluster find no
 * replicas to start from and never get ready.
 *
 * @returns what was said
 */
async function bringUp({ house, runs }: Story): Promise<string> {
  if (!house.isReal) return (await runs(house.npm('deploy', '--yes'))).all;
  let said = '';
  for (const stack of stacks.filter((name) => house.stacks().includes(name))) {
    said += (await runs(house.npm('plan', stack), 2)).all;
    said += (await runs(house.npm('apply', stack, '--yes'))).all;
  }
  return said;
}
