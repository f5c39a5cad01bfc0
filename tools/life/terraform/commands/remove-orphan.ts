import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeGenerated } from '@home/terraform';
import type { RootModule } from '../root-module';
import type { Session } from '../session';
import { objectsIn, readState } from '../state/read-state';

/** Removes the generated files of a stack that nobody describes any more, once its state holds nothing. */
export async function removeOrphan(session: Session, module: RootModule): Promise<void> {
  const { stack, folder } = module;
  if (!session.stacks.orphans.has(stack)) return;
  const left = objectsIn(await readState(session, module));
  if (left.length > 0) {
    session.terminal.note(
      `${stack}: terraform/${stack} stays, since its state still holds ${left.length} objects`,
    );
    return;
  }
  removeGenerated(
    folder,
    readdirSync(folder).filter((name) => name.endsWith('.tf.json')),
  );
  rmSync(join(folder, '.terraform'), { recursive: true, force: true });
  rmSync(join(folder, '.terraform.lock.hcl'), { force: true });
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  session.terminal.note(`${stack}: terraform/${stack} is gone; commit that`);
}
