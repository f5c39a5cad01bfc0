import { ProblemsError } from '@home/terraform';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { execFileSync } from 'node:child_process';
import { type ImportRequest, importHome } from './import-home';
import { wholeSchema } from './terraform/provider-schemas';

/**
 * `npx nx g import --from PATH`: writes what people have as workloads of this home.
 *
 * @returns what brings types and generated files up to date, once the files are written
 * @throws ProblemsError with all that keeps it from being imported; nothing is written then
 */
export default async function importGenerator(tree: Tree, given: GivenRequest): Promise<GeneratorCallback> {
  const { files, report, newTypes } = await importHome(tree.root, readRequest(given));
  for (const [file, text] of files) tree.write(file, text);
  console.log(report);
  return () => finishImport(tree.root, newTypes);
}

/** As Nx reads the command line: of `--from -` it takes the dash for an argument by itself. */
interface GivenRequest extends Omit<ImportRequest, 'from'> {
  readonly from: string | true;
  readonly _?: readonly string[];
}

function readRequest({ from, _: others = [], ...request }: GivenRequest): ImportRequest {
  const [other, ...more] = others;
  const isDash = from === true && other === '-';
  const surplus = isDash ? more : others;
  if (surplus.length > 0 || (from === true && !isDash)) {
    const what = `must name one file, folder or "-"${surplus.length > 0 ? `, but there is "${surplus.join(' ')}" too` : ''}`;
    throw new ProblemsError([{ where: '--from', what, remedy: 'Write npx nx g import --from PATH' }]);
  }
  return { ...request, from: from === true ? '-' : from };
}

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
