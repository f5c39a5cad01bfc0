import { statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuse } from '@home/terraform';
import { finishAdoption } from '../adopt/adopt-file';
import { hidden } from '../own-files';
import { addPrecious } from '../precious/precious-list';
import type { RootModule } from '../root-module';
import { explain } from '../run/explain';
import { type Event, runTerraform } from '../run/run-terraform';
import type { Session } from '../session';
import { backUpState, rescueState } from '../state/backups';
import { localStateFile } from '../state/read-state';
import { removePlan } from './saved-plan';

/**
 * Applies the saved plan of a stack. What it describes as precious is remembered first, and a local state is copied.
 *
 * @param command what the user calls again to go on after a failure
 * @throws ProblemsError when a part of it failed; what was done until then is in the state
 */
export async function applyPlan(session: Session, module: RootModule, command: string): Promise<void> {
  const { terminal, root } = session;
  requireSpace(module);
  if (addPrecious(root, module.stack, module.prevented)) {
    terminal.note(`${module.stack}: terraform/precious.json remembers what is precious; commit it`);
  }
  backUpState(module);
  const rescued: string[] = [];
  const progress = (event: Event): void => {
    if (event.state !== undefined) rescued.push(rescueState(module, event.state));
    else report(session, module, event);
  };
  const plan = hidden.plan(module.folder);
  const outcome = await runTerraform(
    session,
    module.folder,
    ['apply', '-input=false', '-json', plan],
    progress,
  );
  removePlan(module);
  if (rescued.length > 0) {
    refuse(
      module.stack,
      `was applied, but its state could only be written to ${rescued.join(', ')}`,
      `Free some space and run \`npm run state -- recover ${module.stack} ${rescued[0]}\` before anything else`,
    );
  }
  if (outcome.exitCode !== 0) throw explain(module, { outcome, again: command });
  await finishAdoption(session, module);
}

const deeds: Readonly<Record<string, string>> = {
  create: 'made',
  update: 'changed',
  delete: 'destroyed',
  replace: 'replaced',
};

/** One line for each thing that was done; what is being done passes by. */
function report({ terminal }: Session, module: RootModule, event: Event): void {
  const { hook } = event;
  const address = hook?.resource.addr ?? '';
  const workload = module.workloadOf(address) ?? module.stack;
  if (event.type === 'apply_complete' && hook !== undefined && hook.action !== 'read') {
    const { bold, green } = terminal.colors;
    const deed = deeds[hook.action ?? ''] ?? 'done';
    terminal.note(`  ${bold(workload)}: ${address} ${green(deed)} (${hook.elapsed_seconds ?? 0} s)`);
  } else {
    terminal.status(`${module.stack}: ${event['@message'].split('\n')[0]}`);
  }
}

/** What a state, its backup and its lock may need; Terraform writes a state in place and must not run out of space. */
function requireSpace(module: RootModule): void {
  const file = localStateFile(module);
  const size = statSync(file ?? '', { throwIfNoEntry: false })?.size ?? 0;
  const needed = 16 * 1024 * 1024 + 4 * size;
  for (const folder of [module.folder, ...(file === undefined ? [] : [dirname(file)])]) {
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) continue;
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < needed) {
      refuse(
        module.stack,
        `needs ${Math.ceil(needed / 1024 / 1024)} MB for its state on the disk of ${folder}, which is full`,
        'Free some space and try again; nothing was applied',
      );
    }
  }
}
