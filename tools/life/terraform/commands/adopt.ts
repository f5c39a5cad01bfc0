import { rmSync } from 'node:fs';
import { refuse } from '@home/terraform';
import { deploymentOf, removeAdoption, statefulSetOf, writeAdoption } from '../adopt/adopt-file';
import { findAdoption } from '../adopt/find-adoption';
import { type Command, selectStacks } from '../command';
import { hidden } from '../root-module';
import { ensureInitialized } from '../run/prepare';
import type { Session } from '../session';
import { openStack, requirePredecessors } from '../state/state-safety';

/** Takes over what runs already: writes import blocks, and changes nothing in the home. */
export const adopt: Command = {
  usage: 'adopt -- STACK…',
  help: `Takes over what runs already: writes import blocks for what it finds, and
changes nothing in the home.`,
  options: [],
  names: Infinity,
  async run(session, { names }) {
    if (names.length === 0) {
      refuse(
        'npm run adopt',
        'needs the name of a stack',
        `Begin with the first: ${session.stacks.names[0]}`,
      );
    }
    for (const stack of selectStacks(session.stacks, names)) await adoptStack(session, stack);
    return 0;
  },
};

async function adoptStack(session: Session, stack: string): Promise<void> {
  const { terminal } = session;
  await requirePredecessors(session, stack);
  const module = await openStack(session, stack, `npm run adopt -- ${stack}`);
  await ensureInitialized(session, module);
  const { adoption, handovers, absent, impossible } = await findAdoption(session, module);
  rmSync(hidden.restored(module.folder), { force: true });
  const { imports, switches } = adoption;
  for (const [address, id] of imports) terminal.say(`${stack}: ${address} is adopted as ${id}`);
  for (const one of switches) {
    terminal.say(
      one.step === 'stop'
        ? `${stack}: ${deploymentOf(one)} is stopped first (step 1 of 2), so that ${statefulSetOf(one)} never writes beside it`
        : `${stack}: ${statefulSetOf(one)} takes the place of the stopped Deployment (step 2 of 2)`,
    );
  }
  for (const { address, former, replica } of handovers)
    terminal.say(
      `${stack}: ${address} waits until ${former.map(({ title }) => title).join(', ')} has ended (step 1 of 2), so that it never writes to ${replica} beside it`,
    );
  for (const [address, what] of impossible)
    terminal.say(`${stack}: ${address} cannot be adopted: it ${what}`);
  for (const address of absent) terminal.say(`${stack}: ${address} does not exist yet and will be made`);
  if (imports.size + switches.length + handovers.length === 0) {
    removeAdoption(module);
    terminal.note(`${stack}: nothing that runs here can be adopted`);
    return;
  }
  writeAdoption(module, adoption);
  terminal.note(
    `${stack}: written to terraform/${stack}/_adopt.tf.json. Look at it: \`npm run plan -- ${stack}\``,
  );
}
