import { refuse } from '@home/terraform';
import type { Command } from '../command';
import { readPrecious, releasePrecious } from '../precious/precious';

/** Shows the committed list of precious things, and takes one off it. */
export const precious: Command = {
  usage: 'precious -- [release STACK ADDRESS]',
  help: `Shows the committed list of precious things, which no command destroys, or takes
one off it.`,
  options: [],
  names: 3,
  async run({ root, terminal }, { names: [verb, stack, address, ...more] }) {
    if (verb === undefined) {
      const list = Object.entries(readPrecious(root)).flatMap(([name, addresses]) =>
        addresses.map((one) => `${name}: ${one}`),
      );
      for (const line of list) terminal.say(line);
      if (list.length === 0)
        terminal.note('Nothing is on the list; `npm run apply` adds the precious things that it makes.');
      return 0;
    }
    if (verb !== 'release' || stack === undefined || address === undefined || more.length > 0) {
      refuse('npm run precious', `does not know "${verb}"`, `Usage: npm run ${precious.usage}`);
    }
    if (!releasePrecious(root, stack, address)) {
      refuse(`${stack}: ${address}`, 'is not on the list', '`npm run precious` shows the list');
    }
    terminal.note(`${stack}: ${address} is no longer on the list; commit terraform/precious.json`);
    return 0;
  },
};
