import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isPlainObject, refuse } from '@home/terraform';
import { hidden } from '../own-files';
import type { RootModule } from '../root-module';

/** What is known of a saved plan beside the plan itself. */
export interface SavedPlan {
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
  writeFileSync(hidden.planRecord(module.folder), JSON.stringify(record), { mode: 0o600 });
  renameSync(draft, hidden.plan(module.folder));
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
  if (!existsSync(plan) || !existsSync(record)) unfit(stack, 'has no saved plan', `npm run plan -- ${stack}`);
  const saved: unknown = JSON.parse(readFileSync(record, 'utf8'));
  if (!isSavedPlan(saved) || saved.plan !== digestOf(plan)) {
    unfit(stack, 'has a saved plan that `npm run plan` did not make', `npm run plan -- ${stack}`);
  }
  if (saved.inputs !== module.digest()) {
    const again = saved.destroys ? `npm run destroy -- ${stack}` : `npm run plan -- ${stack}`;
    unfit(stack, 'has a saved plan that is older than its generated files', again);
  }
  return saved;
}

function isSavedPlan(value: unknown): value is SavedPlan {
  return isPlainObject(value) && typeof value['inputs'] === 'string' && Array.isArray(value['allowed']);
}

const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function unfit(stack: string, what: string, command: string): never {
  refuse(stack, what, `Make one first: \`${command}\``);
}
