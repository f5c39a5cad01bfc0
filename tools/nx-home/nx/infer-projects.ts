import { type CreateNodesContext, type CreateNodesResultArray, type ProjectConfiguration } from '@nx/devkit';
import { projectName } from '../graph/check-names';
import { type Place, generatedFolder, isStack, placeOf } from '../graph/layout';
import { orphansOf } from '../graph/house';
import { stackTargets, wholeHomeTargets, workloadTargets } from './targets';

/** The project that checks what only the whole home can show, and its root. */
export const wholeHome = 'whole-home';
export const wholeHomeRoot = generatedFolder;

/**
 * Makes Nx projects from the files that Nx found: one for each workload and stack, and one for the whole home. A
 * generated file that no workload owns any more becomes an option of its stack's generate, which then removes it.
 */
export function inferProjects(
  files: readonly string[],
  _options: unknown,
  { workspaceRoot }: Pick<CreateNodesContext, 'workspaceRoot'>,
): CreateNodesResultArray {
  const places = files.flatMap((file) => placeOf(file) ?? []);
  const names = new Map<string, Place>();
  for (const place of places) if (!names.has(projectName(place))) names.set(projectName(place), place);
  const projects = places.map((place): [string, ProjectConfiguration] => {
    // Two of one name would stop every command of Nx; generate reports them.
    const name =
      names.get(projectName(place)) === place ? projectName(place) : place.where.replaceAll('/', '-');
    const orphans = isStack(place) ? orphansOf(workspaceRoot, place.stack, places) : [];
    return [place.file, isStack(place) ? stackProject(name, place, orphans) : workloadProject(name, place)];
  });
  // Nx cannot hash a project without files, so there is none before the home was generated for the first time.
  const generated = files.find((file) => file.startsWith(`${generatedFolder}/`));
  if (generated !== undefined) projects.push([generated, wholeHomeProject()]);
  return projects.map(([file, project]) => [file, { projects: { [project.root]: project } }]);
}

function workloadProject(name: string, place: Place): ProjectConfiguration {
  return {
    name,
    root: place.where,
    // Workloads import each other, which Nx' rule forbids of an application.
    projectType: 'library',
    tags: ['layer:workload', `stack:${place.stack}`],
    metadata: { description: `A workload of the stack ${place.stack}` },
    targets: workloadTargets(place),
  };
}

function stackProject(name: string, place: Place, orphans: readonly string[]): ProjectConfiguration {
  return {
    name,
    root: place.where,
    projectType: 'library',
    tags: ['layer:stack', `stack:${place.stack}`],
    metadata: { description: 'A stack: one Terraform root module with one state' },
    targets: stackTargets(place, orphans),
  };
}

function wholeHomeProject(): ProjectConfiguration {
  return {
    name: wholeHome,
    root: wholeHomeRoot,
    tags: ['layer:tool'],
    metadata: { description: 'All stacks together, for the rules that see the whole home' },
    targets: wholeHomeTargets,
  };
}
