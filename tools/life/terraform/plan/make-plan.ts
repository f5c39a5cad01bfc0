import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withDraft, writeSecret } from '@home/files';
import { allowFile } from '@tools/nx-home/graph';
import { preventedIn, protectionOf, refuseThreats, threatsIn } from '../precious/precious';
import { type RootModule, blockAddress, hidden, overrideEach } from '../root-module';
import { explain, problemOf, runOrExplain } from '../run/explain';
import { ensureInitialized } from '../run/prepare';
import { type Outcome, runTerraform } from '../run/run-terraform';
import type { Session } from '../session';
import { requireAdopted } from '../state/mend-state';
import { findLost } from './lost-workloads';
import { requireOneWriter } from './one-writer';
import type { PlanJson } from './plan-json';
import { type PlanSummary, printPlan, summarizePlan } from './plan-summary';
import { removePlan, savePlan } from './saved-plan';

/** How a plan is made, beside what the files say. */
interface PlanOptions {
  /** Further options of `terraform plan`. */
  readonly options?: readonly string[];
  /** The precious addresses that may be destroyed. */
  readonly allowed: readonly string[];
  /** Destroys what the stack made. */
  readonly destroys?: boolean;
  /** What the user called, for messages. */
  readonly command: string;
  /** Shows the plan to machines. */
  readonly json?: boolean;
}

/** A plan and what it means. */
export interface MadePlan {
  readonly summary: PlanSummary;
  /** False when applying it would change nothing, not even an output. */
  readonly hasChanges: boolean;
}

/**
 * Plans a stack and saves the plan for apply. One that destroys precious things is shown, refused and not kept.
 *
 * @throws ProblemsError when Terraform cannot plan, or the plan is refused
 */
export async function makePlan(session: Session, module: RootModule, how: PlanOptions): Promise<MadePlan> {
  const { command, allowed, destroys = false } = how;
  requireAdopted(module);
  removePlan(module);
  await ensureInitialized(session, module);
  return withDraft(hidden.plan(module.folder), async (draft) => {
    const options = ['-detailed-exitcode', ...(how.options ?? [])];
    const outcome = await planInto(draft, session, module, options, allowed);
    if (outcome.exitCode !== 0 && outcome.exitCode !== 2) fail(module, outcome, allowed, command);
    warn(session, module, outcome, command);
    const summary = await showPlan(session, module, draft, how);
    savePlan(module, draft, { allowed, destroys });
    return { summary, hasChanges: outcome.exitCode === 2 };
  });
}

function planInto(
  draft: string,
  session: Session,
  module: RootModule,
  options: readonly string[],
  allowed: readonly string[] = [],
): Promise<Outcome> {
  const commands = ['plan', '-input=false', '-json', `-out=${draft}`, ...options];
  return withPreventionLifted(module, allowed, () =>
    runTerraform(session, module.folder, commands, ({ '@message': message }) =>
      session.terminal.status(`${module.stack}: ${message.split('\n')[0]}`),
    ),
  );
}

/**
 * Reads a plan's file.
 *
 * @param file absolute
 */
async function readPlan(
  session: Session,
  module: RootModule,
  file: string,
  command: string,
): Promise<PlanJson> {
  const output = await runOrExplain(session, module, ['show', '-json', file], command);
  return JSON.parse(output.slice(output.indexOf('{'))) as PlanJson;
}

/**
 * Shows what a plan means, by workload, also for workloads that nobody describes any more: to people, or to machines as
 * one line of JSON.
 *
 * @param file absolute
 * @throws ProblemsError when it destroys precious things that its owner did not allow, or lets two write to one replica
 */
export async function showPlan(
  session: Session,
  module: RootModule,
  file: string,
  { command, allowed, json = false }: PlanOptions,
): Promise<PlanSummary> {
  const { root, terminal } = session;
  const plan = await readPlan(session, module, file, command);
  const lost = await findLost(root, module, plan);
  const workloadOf = (address: string) => module.workloadOf(address) ?? lost.workloadOf(address);
  const summary = summarizePlan(module.stack, plan, workloadOf);
  if (json) terminal.say(JSON.stringify(summary));
  else for (const line of [...printPlan(summary, lost.farewells, terminal.colors), '']) terminal.say(line);
  refuseThreats(module, threatsIn(plan, protectionOf(root, module)), allowed, command);
  await requireOneWriter(session, module, plan, command);
  return summary;
}

/** Ends in our own words what Terraform refused by `prevent_destroy` alone, and explains everything else. */
function fail(module: RootModule, outcome: Outcome, allowed: readonly string[], command: string): never {
  const prevented = preventedIn(outcome.diagnostics);
  const errors = outcome.diagnostics.filter(({ severity }) => severity === 'error');
  if (prevented.length === errors.length) refuseThreats(module, prevented, allowed, command);
  throw explain(module, outcome, command);
}

/** Warnings that these commands themselves give rise to. */
const ownDoing =
  /^Resource targeting is in effect|^Applied changes may be incomplete|^Unencrypted method configured/;

/** Tells what a plan that could be made finds odd. */
function warn({ terminal }: Session, module: RootModule, { diagnostics }: Outcome, command: string): void {
  const lines = diagnostics
    .filter(({ summary }) => !ownDoing.test(summary))
    .map((diagnostic) => {
      const { where, what } = problemOf(module, diagnostic, command);
      return `${where}: ${what}.`;
    });
  for (const line of new Set(lines)) terminal.note(terminal.colors.yellow(`warning: ${line}`));
}

/** Tries whether a plan can be made, and keeps nothing. */
export const tryPlan = (session: Session, module: RootModule, options: readonly string[]): Promise<Outcome> =>
  withDraft(hidden.plan(module.folder), (draft) => planInto(draft, session, module, options));

/**
 * Makes a plan to look at, and keeps nothing.
 *
 * @throws ProblemsError when Terraform cannot plan
 */
export async function planOnce(
  session: Session,
  module: RootModule,
  options: readonly string[],
  command: string,
): Promise<PlanJson> {
  return withDraft(hidden.plan(module.folder), async (draft) => {
    const outcome = await planInto(draft, session, module, options);
    if (outcome.exitCode !== 0) throw explain(module, outcome, command);
    return readPlan(session, module, draft, command);
  });
}

/**
 * Lets one plan destroy what says `prevent_destroy`, where the owner named it: an override file that is there only
 * while Terraform plans. The saved plan keeps its own copy of the configuration, so that apply needs no file.
 *
 * @param allowed the addresses of `--allow-destroy`
 */
async function withPreventionLifted<Result>(
  module: RootModule,
  allowed: readonly string[],
  plan: () => Promise<Result>,
): Promise<Result> {
  const file = join(module.folder, allowFile);
  const lifted = module.prevented.filter((address) => allowed.some((one) => blockAddress(one) === address));
  // Also what a killed run may have left.
  rmSync(file, { force: true });
  if (lifted.length === 0) return plan();
  try {
    writeSecret(file, JSON.stringify(overrideEach(lifted, { lifecycle: { prevent_destroy: false } })));
    return await plan();
  } finally {
    rmSync(file, { force: true });
  }
}
