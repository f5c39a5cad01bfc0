import { existsSync } from 'node:fs';
import { approve } from '@home/command';
import { ProblemsError, refuse } from '@home/terraform';
import pc from 'picocolors';
import { type Command, type Given, forEachStack, selectStacks } from '../command';
import { type MadePlan, makePlan, showPlan } from '../plan/make-plan';
import { countsOf, printPlan } from '../plan/plan-summary';
import { applyPlan, findSavedPlan, removePlan } from '../plan/saved-plan';
import { hidden, readRootModule } from '../root-module';
import { type Session, requireDescribedFiles } from '../session';
import { openStack, requirePredecessors, requireSafety } from '../state/state-safety';

/** Shows what would change and keeps it for apply. */
export const plan: Command = {
  usage: `plan -- [STACK…] [--json] [--page] [--allow-destroy=ADDRESS…]
                [--allow-contract=VERSION]`,
  help: `Shows what would change, by workload, and keeps it for npm run apply. Exit code
2 when something would.
  --json            a line for each stack, for machines
  --page            writes the page of \`npm run home\` as well
  --allow-destroy   a precious object that may go anyway; may be given several
                    times
  --allow-contract  the Talos contract that a running cluster may be raised to`,
  options: ['json', 'page', 'allow-destroy', 'allow-contract'],
  names: Infinity,
  async run(session, given) {
    const selected = selectStacks(session.stacks, given.names);
    await requireDescribedFiles(session, selected);
    const changed = new Set<string>();
    const code = await forEachStack(session, 'plan', selected, async (own, stack, earlier) => {
      const reason = await waits(own, stack, changed, earlier);
      if (reason !== undefined) return [reason];
      const { hasChanges, summary } = await planStack(own, stack, given);
      if (hasChanges) changed.add(stack);
      return printPlan(summary, new Map(), pc.createColors(false));
    });
    if (given.names.length === 0) noteOrphans(session);
    return code === 1 ? 1 : changed.size > 0 ? 2 : 0;
  },
};

async function planStack(session: Session, stack: string, given: Given): Promise<MadePlan> {
  const command = `npm run plan -- ${stack}`;
  const module = await openStack(session, stack, command);
  return makePlan(session, module, {
    allowed: [...given['allow-destroy'], ...given['allow-contract']],
    command,
    json: given.json,
  });
}

/** Why a stack has to wait: it cannot be planned before the one it needs is there, and that one is about to be made. */
async function waits(
  session: Session,
  stack: string,
  changed: Set<string>,
  earlier: Promise<unknown>,
): Promise<string | undefined> {
  try {
    await requirePredecessors(session, stack);
    return undefined;
  } catch (problem) {
    await earlier;
    const comes = session.stacks.before(stack).some((before) => changed.has(before));
    if (!comes || !(problem instanceof ProblemsError)) throw problem;
    session.terminal.note(problem.message);
    changed.add(stack);
    return problem.message;
  }
}

/** What was made by a stack that nobody describes any more is still there. */
export function noteOrphans({ stacks, terminal }: Pick<Session, 'stacks' | 'terminal'>): void {
  for (const stack of stacks.orphans) {
    terminal.note(
      `${stack}: is no longer described, and what it made is still there. Run \`npm run destroy -- ${stack}\`, or put its folder back.`,
    );
  }
}

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
    await requireDescribedFiles(session, planned);
    for (const [index, stack] of planned.entries()) {
      session.terminal.step(`applying ${stack}`, index + 1, planned.length);
      if (!(await applyStack(session, stack, yes))) return 1;
    }
    return 0;
  },
};

const hasPlan = ({ root }: Session, stack: string): boolean =>
  existsSync(hidden.plan(readRootModule(root, stack).folder));

/** False when the answer was no. */
async function applyStack(session: Session, stack: string, yes: boolean): Promise<boolean> {
  const { terminal } = session;
  const command = `npm run plan -- ${stack}`;
  const module = await openStack(session, stack, command);
  const { allowed } = findSavedPlan(module);
  await requireSafety(session, module);
  const summary = await showPlan(session, module, hidden.plan(module.folder), { command, allowed });
  if (summary.changes.length === 0 && summary.outputs.length === 0) {
    removePlan(module);
    return true;
  }
  if (!(await approve(terminal, stack, `${stack}: ${countsOf(summary)}. Apply?`, yes))) {
    terminal.note(`${stack}: nothing was changed; the plan stays for \`npm run apply -- ${stack}\``);
    return false;
  }
  await applyPlan(session, module, command, summary);
  terminal.note(`${stack}: applied`);
  return true;
}
