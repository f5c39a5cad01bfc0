import { type TargetConfiguration } from '@nx/devkit';
import { type Place, generatedFile, generatedFolder, stackPlace } from '../graph/layout';

type Targets = Readonly<Record<string, TargetConfiguration>>;

/** What decides a generated file besides its own sources and those of what it imports (named inputs in nx.json). */
const machinery = ['sources', '^sources', 'machinery'];

// The executors' package lies in a folder below the plugin's own: in a package Nx would look for their sources, and load the
// compiler for it in every run.
const generate = {
  executor: './tools/nx-home/nx/executors:generate',
  cache: true,
  metadata: { description: 'Writes the Terraform JSON' },
} satisfies TargetConfiguration;

const validate = {
  executor: './tools/nx-home/nx/executors:validate',
  cache: true,
  metadata: { description: 'Checks without writing: schema, expressions, references and rules' },
} satisfies TargetConfiguration;

/** The targets of a workload. The stack's own file counts, since it has the variables that a workload may read. */
export function workloadTargets(place: Place): Targets {
  const inputs = [...machinery, `{workspaceRoot}/${stackPlace(place.stack).file}`];
  return {
    generate: { ...generate, inputs, outputs: [`{workspaceRoot}/${generatedFile(place)}`] },
    validate: { ...validate, inputs },
  };
}

/**
 * The targets of a stack.
 *
 * @param orphans generated files to remove. With any the target is not cached: the same folder without its file twice
 * would otherwise be answered from the cache, and the file stay.
 */
export function stackTargets(place: Place, orphans: readonly string[]): Targets {
  return {
    generate: {
      ...generate,
      inputs: machinery,
      outputs: [`{workspaceRoot}/${generatedFile(place)}`],
      ...(orphans.length > 0 && { cache: false, options: { orphans } }),
    },
    // Terraform and its providers are no files of the repository, so what it says is asked for each time. The inputs
    // are for `nx affected` alone: a stack is affected by every file in its generated folder, also by one left over.
    validate: {
      ...validate,
      cache: false,
      inputs: [...machinery, `{workspaceRoot}/${generatedFolder}/${place.stack}/*.tf.json`],
    },
    ...Object.fromEntries(
      Object.entries(terraformCommands).map(([command, description]) => [
        command,
        terraformTarget(command, description, place.stack),
      ]),
    ),
  };
}

/** The targets of the project that checks the whole home. Its own files are those that the others generate. */
export const wholeHomeTargets: Targets = { validate: { ...validate, inputs: ['^sources', 'machinery'] } };

/** What decides whether code is right besides itself and what it imports, tests and all (named inputs in nx.json). */
const code = ['default', '^sources', 'tooling'];

/** The targets of a project with TypeScript in it; `root` is its folder. */
export function codeTargets(root: string): Targets {
  const target = (name: string, description: string, ...inputs: readonly string[]) => ({
    executor: `./tools/nx-home/nx/executors:${name}`,
    cache: true,
    inputs: [...code, ...inputs],
    metadata: { description },
  });
  return {
    lint: target('lint', 'Looks for mistakes, imports that point the wrong way, and formatting'),
    types: target('types', 'Compiles without writing'),
    // Also where there are none: a target more would change what generate is cached by.
    test: {
      ...target('test', 'Runs the tests beside the code', ...readByTests(root)),
      // Else they would find files that the same run is about to generate again.
      ...(testedOnThisHome.has(root) && { dependsOn: [{ projects: generating, target: 'generate' }] }),
    },
  };
}

/** Whose tests look at this home itself, and not only at one that they make: an edit of any app runs these again. */
const testedOnThisHome = new Set(['docs', 'tools/nx-home/home']);

/** All stacks and workloads, by their tags. */
const generating = ['tag:layer:stack', 'tag:layer:workload'];

/**
 * What the tests of a project read besides what they import. Those of tools make workspaces with the real plugin, and
 * one of libs/command asks every command for its help.
 */
function readByTests(root: string): string[] {
  if (root === 'docs') return ['{workspaceRoot}/**/*'];
  if (root === 'libs/command')
    return ['{workspaceRoot}/package.json', '{workspaceRoot}/{libs,tools}/**/*.ts'];
  if (!root.startsWith('tools/')) return [];
  return testedOnThisHome.has(root) ? ['machinery', 'wholeHome'] : ['machinery'];
}

/** The public commands that run Terraform on one stack. */
const terraformCommands = {
  init: 'Installs providers and sets up the backend',
  plan: 'Shows what Terraform would change, and keeps that plan for apply',
  apply: 'Applies the kept plan',
  drift: 'Shows what was changed behind Terraform’s back',
  destroy: 'Destroys what the stack made, after asking',
  output: 'Prints the outputs of the stack',
};

/** What touches the world is never cached, and runs alone. */
function terraformTarget(command: string, description: string, stack: string): TargetConfiguration {
  return {
    command: `npm run ${command} -- ${stack}`,
    cache: false,
    parallelism: false,
    metadata: { description },
  };
}
