import { approve } from '@home/command';
import { refuse } from '@home/terraform';
import { removeStackFolder } from '@tools/nx-home/graph';
import { type Command, type Given, selectStacks } from '../command';
import { makePlan } from '../plan/make-plan';
import { countsOf } from '../plan/plan-summary';
import { applyPlan, concludeLeftApplies, removePlan } from '../plan/saved-plan';
import { type Protection, protectionOf } from '../precious/precious';
import { type RootModule, blockAddress, readRootModule } from '../root-module';
import { requireCredentials } from '../run/prepare';
import type { Session } from '../session';
import { type KnownObject, objectsIn, readState } from '../state/read-state';
import { requireNoLeftover, requireSafety } from '../state/state-safety';

/** Destroys what stacks made, the last one first, and keeps what is precious. */
export const destroy: Command = {
  usage: 'destroy -- STACK… | --all [--yes] [--allow-destroy=ADDRESS…]',
  help: `Destroys what stacks made, the last one first, and keeps what is precious.
  --all             every stack, and those that are no longer described
  --yes             agrees beforehand, where nobody is there to ask
  --allow-destroy   a precious object that may go anyway; may be given several
                    times`,
  options: ['all', 'yes', 'allow-destroy'],
  names: Infinity,
  async run(session, given) {
    const { stacks } = session;
    if (given.all === given.names.length > 0) {
      const what = 'needs either the names of stacks or --all';
      refuse('npm run destroy', what, `Usage: npm run ${destroy.usage}`);
    }
    const selected = (given.all ? stacks.names : selectStacks(stacks, given.names)).toReversed();
    for (const [index, stack] of selected.entries()) {
      session.terminal.step(`destroying ${stack}`, index + 1, selected.length);
      if (!(await destroyStack(session, stack, given))) return 1;
    }
    return 0;
  },
};

/** False when the answer was no. */
async function destroyStack(session: Session, stack: string, given: Given): Promise<boolean> {
  const { terminal, root } = session;
  const module = readRootModule(root, stack);
  await concludeLeftApplies(session, module, `npm run destroy -- ${stack}`);
  requireNoLeftover(session, module);
  const objects = objectsIn(await readState(session, module));
  if (!given.all) await requireNobodyAfter(session, stack);
  const kept = staying(objects, protectionOf(root, module), given['allow-destroy']);
  const targets = objects.map(({ address }) => address).filter((address) => !kept.has(address));
  for (const [address, reason] of kept) terminal.note(`${stack}: ${address} stays: it ${reason}`);
  if (targets.length > 0) {
    if (!(await destroyTargets(session, module, targets, given))) return false;
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
  given: Given,
): Promise<boolean> {
  const { stack } = module;
  const command = `npm run destroy -- ${stack}`;
  requireCredentials(session.environment, module);
  await requireSafety(session, module);
  const made = await makePlan(session, module, {
    allowed: given['allow-destroy'],
    destroys: true,
    options: ['-destroy', ...targets.map((address) => `-target=${address}`)],
    command,
  });
  // Where everything is gone already, only the state has still to learn of it.
  const agreed = !made.hasChanges || given.yes;
  if (!(await approve(session.terminal, stack, `${stack}: ${countsOf(made.summary)}. Destroy?`, agreed))) {
    removePlan(module);
    session.terminal.note(`${stack}: nothing was changed`);
    return false;
  }
  await applyPlan(session, module, command, made.summary);
  session.terminal.note(`${stack}: destroyed`);
  return true;
}

/** What a later stack made would be left without what it stands on. */
async function requireNobodyAfter(session: Session, stack: string): Promise<void> {
  for (const after of session.stacks.after(stack)) {
    const module = readRootModule(session.root, after);
    const objects = objectsIn(await readState(session, module));
    const count = objects.length - staying(objects, protectionOf(session.root, module), []).size;
    if (count === 0) continue;
    refuse(
      stack,
      `is needed by ${after}, which still holds ${count} objects`,
      `Run \`npm run destroy -- ${after}\` first, or \`npm run destroy -- --all\``,
    );
  }
}

/**
 * What stays of a state, and why: what is precious, and what precious things were made from, since Terraform destroys
 * what depends on a thing together with it.
 *
 * @param allowed precious addresses that may go
 * @returns address → reason
 */
function staying(
  objects: readonly KnownObject[],
  protection: Protection,
  allowed: readonly string[],
): Map<string, string> {
  const reasons = new Map<string, string>();
  for (const { address, type, values } of objects) {
    const loss = allowed.includes(address) ? undefined : protection({ address, type, values });
    if (loss !== undefined) reasons.set(address, loss);
  }
  // A map can grow while one goes through it.
  for (const [precious] of reasons) {
    const needs = new Set(objects.find(({ address }) => address === precious)?.needs);
    for (const { address } of objects) {
      if (needs.has(blockAddress(address)) && !reasons.has(address))
        reasons.set(address, `is needed by ${precious}`);
    }
  }
  return reasons;
}

/** Removes the generated files of a stack that nobody describes any more, once its state holds nothing. */
async function removeOrphan(session: Session, module: RootModule): Promise<void> {
  const { stack } = module;
  if (!session.stacks.orphans.has(stack)) return;
  const left = objectsIn(await readState(session, module));
  if (left.length > 0) {
    session.terminal.note(
      `${stack}: terraform/${stack} stays, since its state still holds ${left.length} objects`,
    );
    return;
  }
  removeStackFolder(session.root, stack);
  session.terminal.note(`${stack}: terraform/${stack} is gone; commit that`);
}
