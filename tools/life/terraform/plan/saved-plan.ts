import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { keepDraft, writeSecret } from '@home/files';
import { refuse } from '@home/terraform';
import { finishAdoption } from '../adopt/adopt-file';
import { addPrecious } from '../precious/precious';
import { type RootModule, hidden, parseObject } from '../root-module';
import { explain } from '../run/explain';
import { leftApplies } from '../run/left-applies';
import { type Event, type Outcome, runTerraform } from '../run/run-terraform';
import type { Session } from '../session';
import { backUpState, rescueState } from '../state/mend-state';
import { localStateFile } from '../state/read-state';
import type { PlanSummary } from './plan-summary';

/** What is known of a saved plan beside the plan itself. */
interface SavedPlan {
  /** Of the generated files that it was made from. */
  readonly inputs: string;
  /** Of the plan's own file, so that no other plan is applied in its place. */
  readonly plan: string;
  /** The precious addresses that its owner allowed it to destroy. */
  readonly allowed: readonly string[];
  /** It destroys what the stack made; the command to see another one differs. */
  readonly destroys: boolean;
}

/** Puts a plan where apply looks for it; only its owner can read it. */
export function savePlan(
  module: RootModule,
  draft: string,
  about: Pick<SavedPlan, 'allowed' | 'destroys'>,
): void {
  const record: SavedPlan = { inputs: module.digest(), plan: digestOf(draft), ...about };
  writeSecret(hidden.planRecord(module.folder), JSON.stringify(record));
  keepDraft(draft, hidden.plan(module.folder));
}

/** Removes the saved plan, if there is one. */
export function removePlan({ folder }: RootModule): void {
  rmSync(hidden.plan(folder), { force: true });
  rmSync(hidden.planRecord(folder), { force: true });
}

/**
 * The saved plan of a stack, fit to be applied.
 *
 * @throws ProblemsError when there is none, or it does not belong to the generated files as they are now
 */
export function findSavedPlan(module: RootModule): SavedPlan {
  const { stack, folder } = module;
  const [plan, record] = [hidden.plan(folder), hidden.planRecord(folder)];
  const unfit = (what: string, command = 'plan'): never =>
    refuse(stack, what, `Make one first: \`npm run ${command} -- ${stack}\``);
  if (!existsSync(plan) || !existsSync(record)) return unfit('has no saved plan');
  const saved = parseObject(readFileSync(record, 'utf8')) as Partial<SavedPlan> | undefined;
  if (saved?.plan !== digestOf(plan)) return unfit('has a saved plan that `npm run plan` did not make');
  if (saved.inputs !== module.digest()) {
    return unfit(
      'has a saved plan that is older than its generated files',
      saved.destroys ? 'destroy' : 'plan',
    );
  }
  return saved as SavedPlan;
}

const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * Applies the saved plan of a stack. What it describes as precious is remembered first, and a local state is copied
 * before and after.
 *
 * @param command what the user calls again to go on after a failure
 * @param summary what was shown of it, which knows whose everything is
 * @throws ProblemsError when a part of it failed; what was done until then is in the state
 */
export async function applyPlan(
  session: Session,
  module: RootModule,
  command: string,
  { changes }: Pick<PlanSummary, 'changes'>,
): Promise<void> {
  const { terminal, root } = session;
  requireSpace(module);
  if (addPrecious(root, module.stack, module.prevented)) {
    terminal.note(`${module.stack}: terraform/precious.json remembers what is precious; commit it`);
  }
  backUpState(module);
  const options = ['apply', '-input=false', '-json', hidden.plan(module.folder)];
  // Of a workload that is gone only the plan knows what was its.
  const owners = new Map(changes.map(({ address, workload }) => [address, workload]));
  const owned = {
    ...module,
    workloadOf: (address: string) => owners.get(address) ?? module.workloadOf(address),
  };
  await concludeApply(session, owned, command, (listen) =>
    runTerraform(session, module.folder, options, listen),
  );
}

/**
 * Hears out the applies of a stack whose commands were killed: their Terraform goes on without them.
 *
 * @param command what the user called, which goes on afterwards
 * @throws ProblemsError as `applyPlan` does
 */
export async function concludeLeftApplies(
  session: Session,
  module: RootModule,
  command: string,
): Promise<void> {
  for (const left of await leftApplies(module.folder)) {
    session.terminal.note(
      left.isRunning
        ? `${module.stack}: an apply whose command was killed still runs as process ${left.terraform}. Waiting for its end`
        : `${module.stack}: an apply went on after its command was killed, and has ended. It did:`,
    );
    await concludeApply(session, module, command, (listen) => left.hearOut(session.terminal, listen));
  }
}

/** Tells what an apply does, and puts everything in order once it has ended. */
async function concludeApply(
  session: Session,
  module: RootModule,
  command: string,
  run: (listen: (event: Event) => void) => Promise<Outcome>,
): Promise<void> {
  const rescued: string[] = [];
  const outcome = await run((event) => {
    if (event.state !== undefined) rescued.push(rescueState(module, event.state));
    else report(session, module, event);
  });
  removePlan(module);
  backUpState(module);
  if (rescued.length > 0) {
    refuse(
      module.stack,
      `was applied, but its state could only be written to ${rescued.join(', ')}`,
      `Free some space and run \`npm run state -- recover ${module.stack} ${rescued[0]}\` before anything else`,
    );
  }
  if (outcome.exitCode !== 0) throw explain(module, outcome, command);
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
