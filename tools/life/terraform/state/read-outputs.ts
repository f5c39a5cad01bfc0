import { isPlainObject } from '@home/terraform';
import { readRootModule } from '../root-module';
import { explain } from '../run/explain';
import { ensureInitialized } from '../run/initialize';
import { runTerraform } from '../run/run-terraform';
import type { Session } from '../session';

/** One output of a stack. */
export interface Output {
  readonly sensitive: boolean;
  readonly value: unknown;
}

/**
 * The outputs in a stack's state, sensitive ones included.
 *
 * @throws ProblemsError when the state cannot be read
 */
export async function readOutputs(
  session: Session,
  stack: string,
): Promise<Readonly<Record<string, Output>>> {
  const module = readRootModule(session.root, stack);
  await ensureInitialized(session, module);
  const outcome = await runTerraform(session, module.folder, ['output', '-json']);
  if (outcome.exitCode !== 0) throw explain(module, { outcome, again: `npm run output -- ${stack}` });
  const json: unknown = JSON.parse(outcome.output.slice(outcome.output.indexOf('{')));
  const entries = isPlainObject(json) ? Object.entries(json) : [];
  return Object.fromEntries(
    entries.map(([key, one]) => {
      const { sensitive, value } = isPlainObject(one) ? one : { sensitive: true, value: undefined };
      return [key, { sensitive: sensitive === true, value }];
    }),
  );
}
