import { ProblemsError } from '@home/terraform';
import type { Terminal } from '../terminal';

/**
 * Goes through stacks and does not stop at one that fails, since looking changes nothing.
 *
 * @returns 1 when one of them failed
 */
export async function forEachStack(
  terminal: Terminal,
  stacks: readonly string[],
  look: (stack: string) => Promise<void>,
): Promise<0 | 1> {
  let code: 0 | 1 = 0;
  for (const stack of stacks) {
    try {
      await look(stack);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      terminal.note(error.message);
      code = 1;
    }
  }
  return code;
}
