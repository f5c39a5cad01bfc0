import { join } from 'node:path';
import { openTerminal } from '@home/command';
import { describeApart, workloadPlace } from '@tools/nx-home';
import { type Problem, ProblemsError } from '@home/terraform';
import { type GeneratorCallback, type Tree, formatFiles } from '@nx/devkit';
import { type Judgement } from './judge-workload';
import { type GivenWorkload, askRest } from './questions';
import { type NewWorkload, type Recipe, workloadFiles } from './workload-files';

/**
 * `npx nx g workload NAME`: writes a web app's folder, with its test where it is made of no recipe.
 *
 * @returns what Nx does once the files are there, and not at all when `--dry-run` only shows them
 * @throws ProblemsError with everything that is wrong with it; nothing is written then
 */
export default async function workloadGenerator(
  tree: Tree,
  given: GivenWorkload,
): Promise<GeneratorCallback> {
  const terminal = openTerminal();
  const isAsking = terminal.interactive && process.env['NX_INTERACTIVE'] === 'true';
  const workload = workloadOf(isAsking ? await askRest(terminal, given) : given);
  const task = join(__dirname, 'judge-workload.ts');
  const judgement = await describeApart<NewWorkload | Recipe, Judgement>(tree.root, task, workload);
  const problems = [...overruled(given), ...judgement.problems];
  if (problems.length > 0) throw new ProblemsError(problems);
  for (const [file, text] of workloadFiles(workload, judgement.imported)) tree.write(file, text);
  await formatFiles(tree);
  return () => console.log(nextSteps(workload));
}

function workloadOf(given: GivenWorkload): NewWorkload | Recipe {
  const { name = '', stack, recipe, image = '', port, memory } = given;
  const login = yesOrNo(given.login);
  if (recipe) return { name, stack, recipe, login };
  return {
    name,
    stack,
    image,
    // What is no number is told as it was written.
    port: Number.isNaN(Number(port)) ? (port as number) : Number(port),
    host: given.host || name,
    memory,
    database: given.database || undefined,
    files: listed(given.files),
    scratch: listed(given.scratch ?? '/tmp'),
    ports: Object.fromEntries(listed(given.ports).map(namedPort)),
    login,
  };
}

/** What nobody would read beside a recipe. */
function overruled(given: GivenWorkload): Problem[] {
  if (!given.recipe) return [];
  return (['image', 'port', 'host', 'database', 'files', 'ports'] as const)
    .filter((flag) => given[flag] !== undefined)
    .map((flag) => ({
      where: `--${flag}`,
      what: 'must not stand beside --recipe, which is written as it is',
      remedy: 'Take it out, and change main.ts once it is there',
    }));
}

const listed = (words = ''): string[] => words.split(/[\s,]+/).filter((word) => word !== '');

/** `dns=53/udp`; what is no number is told as it was written. */
function namedPort(written: string): [string, { port: number; protocol?: 'TCP' | 'UDP' }] {
  const [, name = written, port = '', protocol] = /^([^=]+)=(\d+)(?:\/(tcp|udp))?$/i.exec(written) ?? [];
  const number = port === '' ? (written as unknown as number) : Number(port);
  return [name, { port: number, ...(protocol?.toUpperCase() === 'UDP' && { protocol: 'UDP' }) }];
}

/** Nothing where nobody said; what is neither yes nor no is told as it was written. */
const yesOrNo = (given: boolean | string = ''): boolean | undefined =>
  given === '' ? undefined : (meanings.get(given) ?? (given as boolean));

const meanings: ReadonlyMap<boolean | string, boolean> = new Map([
  ['yes', true],
  ['no', false],
]);

function nextSteps({ stack, name }: Pick<NewWorkload, 'stack' | 'name'>): string {
  const { file } = workloadPlace(stack, name);
  return [
    `${file} describes it. To see it and to bring it up:`,
    '  npm run generate',
    '  npm run rehearse -- --change',
    `  npm run plan -- ${stack}`,
    `  npm run apply -- ${stack}`,
    `To take it back: npx nx g remove ${name}`,
  ].join('\n');
}
