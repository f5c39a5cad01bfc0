import { readRootModule } from '../root-module';
import { initialize } from '../run/initialize';
import { selectStacks } from '../stacks';
import type { Command } from './command';

/** Fetches the providers and opens the state's store. */
export const init: Command = {
  usage: 'init -- [STACK…] [--upgrade]',
  options: ['upgrade'],
  async run(session, { names, upgrade }) {
    for (const stack of selectStacks(session.stacks, names)) {
      const module = readRootModule(session.root, stack);
      await initialize(session, module, upgrade ? ['-upgrade'] : []);
      session.terminal.note(`${stack}: ready to plan`);
    }
    return 0;
  },
};
