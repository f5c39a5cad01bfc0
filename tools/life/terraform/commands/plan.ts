import { ProblemsError } from '@home/terraform';
import { type Command, type Given, forEachStack, selectStacks } from '../command';
import { makePlan } from '../plan/make-plan';
import { readRootModule } from '../root-module';
import { requireCredentials } from '../run/prepare';
import type { Session } from '../session';
import { requireNoLeftover, requirePredecessors } from '../state/state-safety';

/** Shows what would change and keeps it for apply. */
export const plan: Command = {
  usage: 'plan -- [STACK…] [--json] [--allow-destroy=ADDRESS…]',
  help: `Shows what would change, by workload, and keeps it for npm run apply. Exit code 2 when something would.
  --json            a line for each stack, for machines
  --allow-destroy   a precious object that may go anyway; may be given several times`,
  options: ['json', 'allow-destroy'],
  names: Infinity,
  async run(session, given) {
    const { terminal, stacks } = session;
    const selected = selectStacks(stacks, given.names);
    const changed = new Set<string>();
    const code = await forEachStack(terminal, selected, async (stack) => {
      if (await waits(session, stack, changed)) return;
      if (await planStack(session, stack, given)) changed.add(stack);
    });
    if (given.names.length === 0) noteOrphans(session);
    return code === 1 ? 1 : changed.size > 0 ? 2 : 0;
  },
};

async function planStack(session: Session, stack: string, given: Given): Promise<boolean> {
  const module = readRootModule(session.root, stack);
  requireNoLeftover(session, module);
  requireCredentials(session.environment, module);
  const { hasChanges } = await makePlan(session, module, {
    allowed: given['allow-destroy'],
    command: `npm run plan -- ${stack}`,
    json: given.json,
  });
  return hasChanges;
}

/** A stack cannot be planned before the one it needs is there; it waits when that one is about to be made. */
async function waits(session: Session, stack: string, changed: Set<string>): Promise<boolean> {
  try {
    await requirePredecessors(session, stack);
    return false;
  } catch (problem) {
    const comes = session.stacks.before(stack).some((before) => changed.has(before));
    if (!comes || !(problem instanceof ProblemsError)) throw problem;
    session.terminal.note(problem.message);
    changed.add(stack);
    return true;
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
