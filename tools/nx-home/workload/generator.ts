import { join } from 'node:path';
import { describeApart, workloadPlace } from '@tools/nx-home';
import { ProblemsError } from '@home/terraform';
import { type GeneratorCallback, type Tree, formatFiles } from '@nx/devkit';
import { type Judgement } from './judge-workload';
import { type NewWorkload, workloadFiles } from './workload-files';

/**
 * As Nx reads the command line, and what people answer to its questions: nothing is an empty text there. Its schema demands
 * nothing, since Nx would stop at the first mistake; the checks of a new workload tell all.
 */
interface GivenWorkload {
  readonly name?: string;
  readonly stack: string;
  readonly image: string;
  readonly port: number;
  readonly host?: string;
  readonly memory: string;
  readonly database?: string;
  readonly files?: string;
  readonly scratch?: string;
}

/**
 * `npx nx g workload NAME`: writes a web app's folder with its test.
 *
 * @returns what Nx does once the files are there, and not at all when `--dry-run` only shows them
 * @throws ProblemsError with everything that is wrong with it; nothing is written then
 */
export default async function workloadGenerator(
  tree: Tree,
  given: GivenWorkload,
): Promise<GeneratorCallback> {
  const { name = '' } = given;
  const workload: NewWorkload = {
    ...given,
    name,
    host: given.host || name,
    database: given.database || undefined,
    files: listed(given.files),
    scratch: listed(given.scratch),
  };
  const task = join(__dirname, 'judge-workload.ts');
  const judgement = await describeApart<NewWorkload, Judgement>(tree.root, task, workload);
  const { problems, namespace, replica } = judgement;
  if (problems.length > 0 || namespace === undefined) throw new ProblemsError(problems);
  for (const [file, text] of workloadFiles(workload, { namespace, replica })) tree.write(file, text);
  await formatFiles(tree);
  return () => console.log(nextSteps(workload));
}

const listed = (folders = ''): string[] => folders.split(/[\s,]+/).filter((folder) => folder !== '');

function nextSteps({ stack, name }: NewWorkload): string {
  const { where, file } = workloadPlace(stack, name);
  return [
    `${file} describes it. To see it and to bring it up:`,
    '  npx nx affected -t generate',
    '  npm run rehearse -- --change',
    `  npm run plan -- ${stack}`,
    `  npm run apply -- ${stack}`,
    `To take it back, delete ${where} and run them again.`,
  ].join('\n');
}
