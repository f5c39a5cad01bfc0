import { type CreateNodesResultArray, type ProjectConfiguration } from '@nx/devkit';
import { placeOf } from '../graph/layout';
import { codeTargets } from './targets';

/** The files by which Nx knows that there is code to test, lint and compile. */
export const codeFiles = '{apps,docs,libs,talos,tools}/**/*.{ts,cjs}';

/** Folders of which each folder inside is a project of its own, and what its name begins with. */
const shelves = new Map([
  ['libs', 'lib'],
  ['tools', 'tool'],
  ['tools/life', 'life'],
]);

/** What is not the core of the house. */
const parts = ['life', 'proofs', 'import'];

/** Rooms of the plugin that are programs of their own, or that others build on. */
const programs = ['home', 'remove', 'workload'].map((room) => `tools/nx-home/${room}`);

/** A folder whose code is tested, linted and compiled as one. */
type CodeProject = Required<Pick<ProjectConfiguration, 'root' | 'tags'>> & { readonly name?: string };

/**
 * Makes a project of every library and tool, and gives the workloads and stacks, which have their name from elsewhere,
 * the same targets: `lint`, `types` and `test`.
 *
 * @param files all files that have code, and those that make a stack or workload
 */
export function inferCode(files: readonly string[]): CreateNodesResultArray {
  const homeFolders = new Set(files.flatMap((file) => placeOf(file)?.where ?? []));
  const projects = new Map<string, { readonly first: string; readonly project: CodeProject }>();
  for (const file of files) {
    const project = projectOf(file, homeFolders);
    if (project !== undefined && !projects.has(project.root))
      projects.set(project.root, { first: file, project });
  }
  return [...projects.values()].map(({ first, project }) => [
    first,
    { projects: { [project.root]: { ...project, targets: codeTargets(project.root) } } },
  ]);
}

function projectOf(file: string, homeFolders: ReadonlySet<string>): CodeProject | undefined {
  const steps = file.split('/');
  const [top = '', second = ''] = steps;
  if (top === 'docs') return { root: top, name: 'tool-docs', tags: ['layer:tool', 'part:core'] };
  if (top === 'apps' || top === 'talos') {
    const root = steps.map((_, end) => steps.slice(0, -end).join('/')).find((path) => homeFolders.has(path));
    return root === undefined ? undefined : { root, tags: ['part:core'] };
  }
  const program = programs.find((folder) => file.startsWith(`${folder}/`));
  const root = program ?? steps.slice(0, shelves.has(`${top}/${second}`) ? 3 : 2).join('/');
  if (root === file) return undefined;
  const name = root.slice(root.lastIndexOf('/') + 1);
  const prefix = shelves.get(program === undefined ? root.slice(0, -name.length - 1) : 'tools');
  if (prefix === undefined) return undefined;
  const layer = top === 'libs' ? name : 'tool';
  const part = top === 'tools' && parts.includes(second) ? second : 'core';
  return { root, name: `${prefix}-${name}`, tags: [`layer:${layer}`, `part:${part}`] };
}
