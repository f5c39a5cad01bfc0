import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { hidden } from '../own-files';
import type { RootModule } from '../root-module';
import { type Outcome, runTerraform } from '../run/run-terraform';
import type { Session } from '../session';
import { readPlan } from './make-plan';
import type { PlanJson } from './plan-json';

/** A plan that nobody will apply. */
export interface Glance {
  readonly outcome: Outcome;
  /** Undefined when Terraform could not make one. */
  readonly plan: PlanJson | undefined;
}

/** Makes a plan to look at, and keeps nothing. */
export async function planOnce(
  session: Session,
  module: RootModule,
  options: readonly string[],
  command: string,
): Promise<Glance> {
  const draft = `${hidden.plan(module.folder)}.${process.pid}.glance`;
  mkdirSync(dirname(draft), { recursive: true });
  try {
    const given = ['plan', '-input=false', '-json', `-out=${draft}`, ...options];
    const outcome = await runTerraform(session, module.folder, given, ({ '@message': message }) =>
      session.terminal.status(`${module.stack}: ${message.split('\n')[0]}`),
    );
    return {
      outcome,
      plan: outcome.exitCode === 0 ? await readPlan(session, module, draft, command) : undefined,
    };
  } finally {
    rmSync(draft, { force: true });
  }
}
