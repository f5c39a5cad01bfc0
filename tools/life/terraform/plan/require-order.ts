import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { refuse } from '@home/terraform';
import { type RootModule, readRootModule } from '../root-module';
import type { Session } from '../session';
import { leftoverState, objectsIn, readState } from '../state/read-state';

/**
 * Refuses a stack whose predecessor was never applied: its providers have nothing to talk to.
 *
 * @throws ProblemsError with one line
 */
export async function requirePredecessors(session: Session, stack: string): Promise<void> {
  for (const before of session.stacks.before(stack)) {
    const state = await readState(session, readRootModule(session.root, before));
    if (objectsIn(state).length > 0 || (state !== undefined && isBare(session, before))) continue;
    refuse(
      stack,
      `comes after ${before}, which was never applied`,
      '`npm run deploy` applies all stacks in their order',
    );
  }
}

/** A stack may have nothing but outputs, and then its state never holds an object. */
function isBare({ root }: Session, stack: string): boolean {
  return readRootModule(root, stack).resources === 0;
}

/**
 * Refuses to go on while a state that Terraform could not store lies in the root module.
 *
 * @throws ProblemsError with one line
 */
export function requireNoLeftover({ root }: Session, module: RootModule): void {
  const file = leftoverState(module);
  if (!existsSync(file)) return;
  refuse(
    relative(root, file),
    'holds what the last run made and could not write to its store',
    `\`npm run state -- recover ${module.stack}\` brings it there`,
  );
}
