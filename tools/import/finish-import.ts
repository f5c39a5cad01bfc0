import { ProblemsError } from '@home/terraform';
import { execFileSync } from 'node:child_process';
import { wholeSchema } from './kubernetes/resource-types';

/**
 * Brings types and generated files up to date with what was written, and shows what `npm run generate` says: what
 * people brought may break rules of the home, and the rules tell what to do.
 *
 * @throws ProblemsError when the home does not generate; what was written stays, so that people can fix it
 */
export function finishImport(root: string, newTypes: boolean): void {
  if (newTypes) run(root, 'tools/sync-schemas/main.ts', '--from', wholeSchema);
  run(root, 'tools/nx-home/main.ts');
}

function run(root: string, ...given: readonly string[]): void {
  try {
    execFileSync(process.execPath, ['-r', './tools/nx-home/typescript.cjs', ...given], {
      cwd: root,
      stdio: 'inherit',
    });
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 1)) throw error;
    const what =
      'must succeed after an import, but does not: the workloads are written, and terraform/ is as before';
    throw new ProblemsError([
      { where: 'npm run generate', what, remedy: 'Fix what is named above and run it again' },
    ]);
  }
}
