import { refuse } from '@home/terraform';
import { approve } from '../approve';
import type { Given } from '../command-line';
import { applyPlan } from '../plan/apply-plan';
import { makePlan } from '../plan/make-plan';
import { countsOf } from '../plan/print-plan';
import { requireNoLeftover } from '../plan/require-order';
import { removePlan } from '../plan/saved-plan';
import { showPlan } from '../plan/show-plan';
import { destroyable } from '../precious/destroyable';
import { protectionOf } from '../precious/protect';
import { type RootModule, readRootModule } from '../root-module';
import { requireCredentials } from '../run/require-credentials';
import type { Session } from '../session';
import { selectStacks } from '../select-stacks';
import { objectsIn, readState } from '../state/read-state';
import { requireSafety } from '../state/state-safety';
import type { Command } from './command';
import { removeOrphan } from './remove-orphan';

/** Destroys what stacks made, the last one first, and keeps what is precious. */
export const destroy: Command = {
  usage: 'destroy -- STACK… | --all [--yes] [--allow-destroy=ADDRESS…]',
  help: `Destroys what stacks made, the last one first, and keeps what is precious.
  --all             every stack, and those that are described no longer
  --yes             says yes beforehand, where nobody is there to be asked
  --allow-destroy   a precious object that may go all the same; may be given several times`,
  options: ['all', 'yes', 'allow-destroy'],
  names: Infinity,
  async run(session, given) {
    const { stacks } = session;
    if (given.all === given.names.length > 0) {
      refuse(
        'npm run destroy',
        'needs either the names of stacks or --all',
        `Use it as: npm run ${destroy.usage}`,
      );
    }
    const selected = given.all ? stacks.names : selectStacks(stacks, given.names);
    for (const stack of selected.toReversed()) {
      if (!(await destroyStack(session, stack, given))) return 1;
    }
    return 0;
  },
};

/** False when the answer was no. */
async function destroyStack(
  session: Session,
  stack: string,
  { yes, allowDestroy, all }: Given,
): Promise<boolean> {
  const { terminal, root } = session;
  const module = readRootModule(root, stack);
  requireNoLeftover(session, module);
  const objects = objectsIn(await readState(session, module));
  if (!all) await requireNobodyAfter(session, stack);
  const { targets, kept } = destroyable(objects, protectionOf(root, module), allowDestroy);
  for (const { address, reason } of kept) terminal.note(`${stack}: ${address} stays: it ${reason}`);
  if (targets.length > 0) {
    if (!(await destroyTargets(session, module, targets, { yes, allowDestroy }))) return false;
  } else {
    terminal.note(`${stack}: nothing to destroy`);
  }
  await removeOrphan(session, module);
  return true;
}

async function destroyTargets(
  session: Session,
  module: RootModule,
  targets: readonly string[],
  { yes, allowDestroy }: Pick<Given, 'yes' | 'allowDestroy'>,
): Promise<boolean> {
  const { stack } = module;
  const command = `npm run destroy -- ${stack}`;
  requireCredentials(session.environment, module);
  await requireSafety(session, module);
  const made = await makePlan(session, module, {
    allowed: allowDestroy,
    destroys: true,
    options: ['-destroy', ...targets.map((address) => `-target=${address}`)],
    command,
    show: (plan) => showPlan(session, plan),
  });
  // Where everything is gone already, only the state has still to learn of it.
  const agreed = !made.hasChanges || yes;
  if (!(await approve(session.terminal, stack, `${stack}: ${countsOf(made.summary)}. Destroy?`, agreed))) {
    removePlan(module);
    session.terminal.note(`${stack}: nothing was changed`);
    return false;
  }
  await applyPlan(session, module, command);
  session.terminal.note(`${stack}: destroyed`);
  return true;
}

/** What a later stack made would be left without what it stands on. */
async function requireNobodyAfter(session: Session, stack: string): Promise<void> {
  for (const after of session.stacks.after(stack)) {
    const module = readRootModule(session.root, after);
    const objects = objectsIn(await readState(session, module));
    const { targets } = destroyable(objects, protectionOf(session.root, module), []);
    if (targets.length === 0) continue;
    refuse(
      stack,
      `is needed by ${after}, which still holds ${targets.length} objects`,
      `Run \`npm run destroy -- ${after}\` first, or \`npm run destroy -- --all\``,
    );
  }
}
