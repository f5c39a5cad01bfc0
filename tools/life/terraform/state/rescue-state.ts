import { writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse } from '@home/terraform';
import type { RootModule } from '../root-module';

/**
 * Writes down a state that Terraform could store nowhere, neither in its store nor in the root module, and so told us.
 *
 * @returns the file
 * @throws ProblemsError when there is no place for it at all
 */
export function rescueState({ stack }: RootModule, state: unknown): string {
  const text = typeof state === 'string' ? state : JSON.stringify(state);
  for (const folder of [tmpdir(), homedir(), '/dev/shm']) {
    const file = join(folder, `${stack}.${Date.now()}.rescued.tfstate`);
    try {
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    } catch {
      // The next one may have room.
    }
  }
  refuse(
    stack,
    'was applied, but its state could be written nowhere',
    '`npm run adopt` brings back what can be imported',
  );
}
