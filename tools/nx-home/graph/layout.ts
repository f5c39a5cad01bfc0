import { posix } from 'node:path';
import { type Owner, type Problem } from '@home/terraform';

/**
 * Where stacks and workloads lie, and where their files go. Nothing else in the workspace knows these paths but the
 * alias `@home/*` in tsconfig.base.json.
 *
 *     apps/<stack>/stack.ts              talos/stack.ts              (the stack `cluster`)
 *     apps/<stack>/<workload>/main.ts    talos/<workload>/main.ts
 */
export interface Place extends Owner {
  /** The folder, which is also the root of the Nx project: `apps/workloads/gotify`. */
  readonly where: string;
  /** The file that Nx infers the project from and that generate loads. */
  readonly file: string;
}

/** A problem and the stack or workload that it is about, if it is about a certain one. */
export interface PlacedProblem extends Problem {
  readonly place?: Place | undefined;
}

/** What a stack's own file counts as, and so a name that no workload may have. */
const stackItself = 'stack';

/** The stack that lies in `talos/`. */
const cluster = 'cluster';

/** The files that Nx infers projects from. Generated files are among them, since one without a workload has to go. */
export const projectFiles =
  '{apps/*/stack.ts,apps/*/*/main.ts,talos/stack.ts,talos/*/main.ts,terraform/*/*.tf.json}';

/** The stack of that name: the folder `apps/<name>`, or `talos`. */
export function stackPlace(stack: string): Place {
  const where = stack === cluster ? 'talos' : `apps/${stack}`;
  return { stack, workload: stackItself, where, file: `${where}/stack.ts` };
}

/** A workload of a stack. */
export function workloadPlace(stack: string, workload: string): Place {
  const where = `${stackPlace(stack).where}/${workload}`;
  return { stack, workload, where, file: `${where}/main.ts` };
}

/** What makes the stack of the machines. */
export const machinesFile = stackPlace(cluster).file;

/** Tells a stack from a workload, by its file, since a workload may have the wrong name. */
export const isStack = ({ file }: Place): boolean => posix.basename(file) === 'stack.ts';

/** The place that a `stack.ts` or `main.ts` makes; undefined for any other file. */
export function placeOf(file: string): Place | undefined {
  const steps = file.split('/');
  const [top, stack = '', workload = ''] = steps[0] === 'talos' ? ['apps', cluster, steps[1]] : steps;
  if (top !== 'apps') return undefined;
  return [stackPlace(stack), workloadPlace(stack, workload)].find((place) => place.file === file);
}

/**
 * The place that a module leads to: by alias (`@home/platform/dns`) or by a path relative to the importing file.
 *
 * @returns undefined for everything that is neither a stack nor a workload, or lies inside the importer's own folder
 */
export function placeImported(specifier: string, from: Place, file: string): Place | undefined {
  const [scope, stack = '', workload, ...more] = specifier.split('/');
  if (scope === '@home') {
    if (more.length > 0) return undefined;
    return workload === undefined ? stackPlace(stack) : workloadPlace(stack, workload);
  }
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(file), specifier);
  const place = [path, `${path}.ts`, `${path}/main.ts`, `${path}/stack.ts`]
    .map(placeOf)
    .find((found) => found);
  return place?.file === from.file ? undefined : place;
}

/** Where all generated files lie, and nothing that generate writes lies elsewhere. */
export const generatedFolder = 'terraform';

/** Tells whether Terraform or OpenTofu reads a file of a stack's folder by itself. */
export const isReadByTerraform = (name: string): boolean =>
  !name.startsWith('.') && /(\.(tf|tofu)|\.auto\.tfvars|^terraform\.tfvars)(\.json)?$/.test(name);

/** Import blocks for what runs already, and what else switching over takes; `npm run adopt` keeps it. */
export const adoptFile = '_adopt.tf.json';

/** Lifts `prevent_destroy` for one plan in which the owner allowed it; Terraform merges `…_override` into the rest. */
export const allowFile = '_allow_override.tf.json';

/** Keeps what is about to be switched over from being made too early; belongs to the adopt file. */
export const holdFile = '_adopt_override.tf.json';

/** The generated file of a workload or of a stack itself. */
export const generatedFile = ({ stack, workload }: Owner): string =>
  `${generatedFolder}/${stack}/${workload}.tf.json`;
