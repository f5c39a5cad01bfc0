import { existsSync } from 'node:fs';
import { approve } from '@home/command';
import { refuse } from '@home/terraform';
import { type Command, selectStacks } from '../command';
import { readPlan, showPlan, understand } from '../plan/make-plan';
import { countsOf } from '../plan/plan-summary';
import { applyPlan, findSavedPlan, removePlan } from '../plan/saved-plan';
import { protectionOf, refuseThreats, threatsIn } from '../precious/precious';
import { hidden, readRootModule } from '../root-module';
import { requireCredentials } from '../run/prepare';
import type { Session } from '../session';
import { requireNoLeftover, requireSafety } from '../state/state-safety';

/** Applies the saved plan and nothing else. */
export const apply: Command = {
  usage: 'apply -- [STACK…] [--yes]',
  help: `Applies the plans that npm run plan has shown and kept, and nothing else.
  --yes   agrees beforehand, where nobody is there to ask`,
  options: ['yes'],
  names: Infinity,
  async run(session, { names, yes }) {
    const selected = selectStacks(session.stacks, names);
    const planned = names.length > 0 ? selected : selected.filter((stack) => hasPlan(session, stack));
    if (planned.length === 0) {
      refuse('apply', 'has no saved plan', 'Make one first: `npm run plan`');
    }
    for (const stack of planned) {
      if (!(await applyStack(session, stack, yes))) return 1;
    }
    return 0;
  },
};

const hasPlan = ({ root }: Session, stack: string): boolean =>
  existsSync(hidden.plan(readRootModule(root, stack).folder));

/** False when the answer was no. */
async function applyStack(session: Session, stack: string, yes: boolean): Promise<boolean> {
  const { terminal, root } = session;
  const command = `npm run plan -- ${stack}`;
  const module = readRootModule(root, stack);
  const saved = findSavedPlan(module);
  requireNoLeftover(session, module);
  requireCredentials(session.environment, module);
  await requireSafety(session, module);
  const plan = await readPlan(session, module, hidden.plan(module.folder), command);
  const made = await understand(session, module, plan, true);
  refuseThreats(module, threatsIn(plan, protectionOf(root, module)), saved.allowed, command);
  showPlan(session, made);
  if (made.summary.changes.length === 0 && made.summary.outputs.length === 0) {
    removePlan(module);
    return true;
  }
  if (!(await approve(terminal, stack, `${stack}: ${countsOf(made.summary)}. Apply?`, yes))) {
    terminal.note(`${stack}: nothing was changed; the plan stays for \`npm run apply -- ${stack}\``);
    return false;
  }
  await applyPlan(session, module, command);
  terminal.note(`${stack}: applied`);
  return true;
}
