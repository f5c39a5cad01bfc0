import type { RootModule } from '../root-module';
import type { Session } from '../session';
import { objectsIn, readState } from '../state/read-state';
import { readAdoption, removeAdoption } from './adopt-file';

/** Removes the adoption of a stack once the state has all of it, or says what comes next. */
export async function finishAdoption(session: Session, module: RootModule): Promise<void> {
  const adoption = readAdoption(module);
  if (adoption === undefined) return;
  const { stack } = module;
  const present = new Set(objectsIn(await readState(session, module)).map(({ address }) => address));
  const missing = adoption.imports.filter((address) => !present.has(address));
  if (adoption.held.length > 0) {
    session.terminal.note(
      `${stack}: the former Deployments have no pods any more. The second step: \`npm run adopt -- ${stack}\``,
    );
  } else if (missing.length > 0) {
    session.terminal.note(`${stack}: still to be adopted: ${missing.join(', ')}`);
  } else {
    removeAdoption(module);
    session.terminal.note(
      `${stack}: everything is adopted; commit that terraform/${stack}/_adopt.tf.json is gone`,
    );
  }
}
