import { statSync } from 'node:fs';
import { join } from 'node:path';
import { scene } from '../scene';

/** Brings everything up, and looks whether it is really everything and whether anything got out. */
export default scene(
  'An empty house comes up in one run',
  { short: true, from: 'empty', seconds: 40 },
  async ({ house, runs, holds, equals }) => {
    const up = await runs(house.npm('deploy', '--yes'));
    const stacks = house.stacks();
    equals(
      'every object of every state was made once, and nothing else was',
      house.world.deeds.map(({ verb }) => verb),
      stacks.flatMap((stack) => Object.keys(house.state(stack)).map(() => 'create')),
    );
    const plan = await runs(house.npm('plan'));
    holds(
      'a second plan of every stack is empty',
      stacks.every((stack) => plan.output.includes(`${stack}: nothing to do`)),
      plan.all,
    );

    const again = await runs(house.npm('deploy'));
    holds('a deploy with nothing to do asks nothing', !/Apply\?/.test(again.all), again.all);

    const root = /TF_VAR_home_root_secret=(\w+)/.exec(house.read('.env'))?.[1] ?? '';
    const derived = house.world.writeOnly().filter((text) => /^[0-9a-f]{64}$/.test(text));
    const secrets = [root, ...derived];
    const told = [
      up.all,
      plan.all,
      again.all,
      ...stacks.map((stack) => house.read(`.state/${stack}.tfstate`)),
    ];
    holds(
      'neither the root secret nor what is made of it stands in a state or in the output',
      derived.length > 0 && !secrets.some((secret) => told.join().includes(secret)),
    );
    const files = [...stacks.map((stack) => `.state/${stack}.tfstate`), 'kubeconfig', 'talosconfig'];
    equals(
      'states and access are readable by their owner alone',
      files.filter((file) => isOpen(join(house.root, file))),
      [],
    );
  },
);

const isOpen = (file: string): boolean => (statSync(file).mode & 0o077) !== 0;
