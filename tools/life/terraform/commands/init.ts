import { type Command, selectStacks } from '../command';
import { readRootModule } from '../root-module';
import { initialize } from '../run/prepare';

/** Fetches the providers and opens the state's store. */
export const init: Command = {
  usage: 'init -- [STACK…] [--upgrade]',
  help: `Fetches the providers of stacks and opens the stores of their states; all
stacks, where none is named.
  --upgrade   after a provider's version was changed`,
  options: ['upgrade'],
  names: Infinity,
  async run(session, { names, upgrade }) {
    const selected = selectStacks(session.stacks, names);
    for (const [index, stack] of selected.entries()) {
      session.terminal.step(`preparing ${stack}`, index + 1, selected.length);
      const module = readRootModule(session.root, stack);
      await initialize(session, module, upgrade ? ['-upgrade'] : []);
      session.terminal.note(`${stack}: ready to plan`);
    }
    return 0;
  },
};
