import { projectName } from '@tools/nx-home/graph';
import { ProblemsError } from '@home/terraform';
import { type GeneratorCallback, type Tree, formatFiles } from '@nx/devkit';
import { type Removal } from './find-removal';
import { removeFromHome } from './remove-from-home';

/** As Nx reads the command line. */
interface GivenNames {
  readonly names: string;
}

/**
 * `npx nx g remove NAME`: removes stacks and workloads, and what cannot be without them.
 *
 * @returns what Nx does once the files are gone, and not at all when `--dry-run` only shows them
 * @throws ProblemsError when a name is nobody's, or a stack that stays needs it; nothing is removed then
 */
export default async function removeGenerator(tree: Tree, { names }: GivenNames): Promise<GeneratorCallback> {
  const wanted = names.split(/[\s,]+/).filter((name) => name !== '');
  if (wanted.length === 0) {
    const what = 'must be followed by the names of stacks or workloads';
    throw new ProblemsError([
      { where: 'npx nx g remove', what, remedy: 'Write it like `npx nx g remove gotify`' },
    ]);
  }
  const removal = removeFromHome(tree.root, wanted, tree);
  for (const line of told(removal)) console.log(line);
  await formatFiles(tree);
  return () => console.log(nextSteps);
}

const told = ({ dependents }: Removal): string[] =>
  [...dependents].map(([place, cause]) => `${projectName(place)} goes with ${projectName(cause)}`);

const nextSteps = [
  'To remove what is generated of it, and what runs:',
  '  npm run generate',
  '  npm run plan',
  '  npm run apply',
  'Of a stack that is gone as a whole, generate says how to destroy what it made.',
].join('\n');
