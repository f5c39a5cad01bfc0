import { ProblemsError } from '@home/terraform';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { type ImportRequest, importHome } from './import-home';
import { finishImport } from './finish-import';

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
