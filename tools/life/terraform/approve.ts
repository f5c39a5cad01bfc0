import { refuse } from '@home/terraform';
import type { Terminal } from './terminal';

/**
 * Asks before something is done that was shown.
 *
 * @param yes what `--yes` says
 * @returns false when the answer is no
 * @throws ProblemsError when nobody is there to answer and nobody said yes beforehand
 */
export async function approve(
  terminal: Terminal,
  where: string,
  question: string,
  yes: boolean,
): Promise<boolean> {
  if (yes) return true;
  if (!terminal.interactive) {
    refuse(
      where,
      'asks a question and nobody is at a terminal to answer it',
      'Run it with --yes to say yes beforehand; nothing was changed',
    );
  }
  const answer = await terminal.ask(`${question} [y/N] `);
  return /^(y|yes)$/i.test(answer?.trim() ?? '');
}
