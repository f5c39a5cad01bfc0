import { relative } from 'node:path';
import { type Problem } from '@home/terraform';
import { runProgram } from './run-program';

/**
 * Looks whether git has a file with secrets, or would take it up: one in a work tree that is not ignored is the same one
 * `git add` later.
 *
 * @param root the root of the repository
 * @returns what is wrong, in one line
 */
export async function exposedByGit(root: string, file: string): Promise<Problem[]> {
  const git = (...options: string[]) => runProgram('git', ['-C', root, ...options]);
  const path = relative(root, file);
  const [tracked, inside, ignored] = await Promise.all([
    git('ls-files', '--error-unmatch', '--', path),
    git('rev-parse', '--is-inside-work-tree'),
    git('check-ignore', '--quiet', '--', path),
  ]);
  if (tracked.exitCode === 0) {
    const remedy = `Run \`git rm --cached ${path}\`, take it out of the history, and rotate every secret in it`;
    return [{ where: path, what: 'holds secrets and must not be in git', remedy }];
  }
  const outside = inside.exitCode !== 0 || path.startsWith('..');
  if (outside || ignored.exitCode === 0) return [];
  return [{ where: path, what: 'holds secrets and must be ignored by git', remedy: 'Add it to .gitignore' }];
}
