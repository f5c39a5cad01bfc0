import { appendFileSync } from 'node:fs';
import { ProblemsError } from '@home/terraform';
import pc from 'picocolors';
import { type Command, forEachStack, selectStacks } from '../command';
import {
  type Drifted,
  type StackDrift,
  changedOutside,
  driftMarkdown,
  findDrift,
  printDrift,
} from '../plan/drift';
import { planOnce } from '../plan/make-plan';
import type { PlanJson } from '../plan/plan-json';
import { type RootModule, readRootModule } from '../root-module';
import { ensureInitialized, requireCredentials } from '../run/prepare';
import type { Session } from '../session';
import { requirePredecessors } from '../state/state-safety';

/** Finds what was changed behind Terraform's back; changes nothing, not even the state. */
export const drift: Command = {
  usage: 'drift -- [STACK…] [--json] [--page] [--summary=FILE]',
  help: `Shows what was changed behind Terraform's back, and changes nothing. Exit code 2
when something was.
  --json      a line for each stack, for machines
  --page      writes the page of \`npm run home\` as well
  --summary   appends a summary in Markdown to a file; without one to that of
              the GitHub job, or prints it`,
  options: ['json', 'page', 'summary'],
  names: Infinity,
  async run(session, { names, json, summary }) {
    const { terminal } = session;
    const selected = selectStacks(session.stacks, names);
    const drifts = new Map<string, StackDrift>();
    const code = await forEachStack(session, 'drift', selected, async (own, stack) => {
      try {
        await requirePredecessors(own, stack);
        const one = { stack, drifted: await driftOf(own, readRootModule(own.root, stack)) };
        drifts.set(stack, one);
        if (json) own.terminal.say(JSON.stringify(one));
        else if (summary !== '-') for (const line of printDrift(one, terminal.colors)) own.terminal.say(line);
        return printDrift(one, pc.createColors(false));
      } catch (error) {
        if (error instanceof ProblemsError) drifts.set(stack, { stack, drifted: [], problem: error.message });
        throw error;
      }
    });
    const found = selected.flatMap((stack) => drifts.get(stack) ?? []);
    if (summary === '-') terminal.say(driftMarkdown(found));
    else if (summary !== undefined) appendFileSync(summary, driftMarkdown(found));
    return code === 1 ? 1 : found.some(({ drifted }) => drifted.length > 0) ? 2 : 0;
  },
};

async function driftOf(session: Session, module: RootModule): Promise<Drifted[]> {
  requireCredentials(session.environment, module);
  await ensureInitialized(session, module);
  const command = `npm run drift -- ${module.stack}`;
  const look = (...options: string[]): Promise<PlanJson> => planOnce(session, module, options, command);
  const seen = await look('-refresh-only');
  return changedOutside(seen).length === 0 ? [] : findDrift(seen, await look(), module.workloadOf);
}
