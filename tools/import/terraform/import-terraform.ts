import type { Problem } from '@home/terraform';
import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Definition, definitionsIn } from '../code/code';
import { freeName, kebabCase, workloadName } from '../code/names';
import { type SourceFile, type WorkloadCode, folderOf } from '../code/workload-code';
import type { SecretVariable } from '../kubernetes/secret-values';
import type { Wanted } from '../manifest/extend-manifest';
import type { Source } from '../source/read-source';
import type { Surroundings } from '../surroundings';
import { type Described, type ModulePlace, describeModule } from './describe-module';
import { parseExpressions } from './expression-trees';
import { expandModules } from './expand-modules';
import { readPlan } from './plan-file';
import { type Folder, type Folders, findFolders, isLocal, localModule } from './find-folders';
import { LocalModules } from './local-modules';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';
import { type SecretFreeFolder, withoutSecrets } from './secret-free-folders';
import { StackNames } from './stack-names';
import { WorkloadFiles } from './workload-files';

/** What became of Terraform's files. With problems nothing did. */
export interface ImportedTerraform {
  readonly workloads: readonly WorkloadCode[];
  /** Types of the providers that the home must know. */
  readonly wanted: readonly Wanted[];
  /** Stand in for secret values. */
  readonly variables: readonly SecretVariable[];
  readonly left: readonly Problem[];
  readonly problems: readonly Problem[];
}

/**
 * Turns Terraform's root modules into workloads, one for each folder that no other calls.
 *
 * @param sources all `.tf` files
 * @param around what the workloads find in the home
 * @param wish the workload's name, when there is only one root module
 * @param plan what `terraform show -json` prints of a plan; with it calls of local modules come out expanded
 */
export async function importTerraform(
  sources: readonly Source[],
  around: Surroundings,
  wish?: string,
  plan?: string,
): Promise<ImportedTerraform> {
  const hcl = sources.filter(({ file }) => file.endsWith('.tf'));
  if (hcl.length === 0) return refused(sources.map(asMistake));
  const found = await findFolders(hcl);
  const problems = [...found.folders.values()].flatMap((folder) => folder.problems);
  if (problems.length > 0) return refused(problems);
  const left: Problem[] = [];
  const whole = plan === undefined ? found : expandFolders(found, plan, left);
  if ('problems' in whole) return refused(whole.problems);
  const folders = withoutSecrets(whole.folders);
  const roots = whole.roots.flatMap(({ path }) => folders.get(path) ?? []);
  const variables: SecretVariable[] = [];
  const taken = new Set<string>();
  const names = new StackNames(around.addresses);
  const workloads: WorkloadCode[] = [];
  const blocks: HclBlock[] = [];
  for (const root of roots) {
    const wishes =
      roots.length === 1 && wish !== undefined ? [wish] : [basename(root.path), relative('.', root.path)];
    const name = freeName(wishes.map(workloadName), (one) => around.isFree(one) && !taken.has(one));
    taken.add(name);
    blocks.push(...root.blocks);
    const imported = await importRoot(root, folders, name, around, names, left);
    workloads.push(imported.workload);
    variables.push(...imported.variables);
  }
  left.push(...doubtfulValues(folders));
  return { workloads, wanted: wantedTypes(blocks), variables, left, problems: [] };
}

/** Expands the calls of the only root module. */
function expandFolders(
  found: Folders,
  file: string,
  left: Problem[],
): Folders | { problems: readonly Problem[] } {
  const [root, ...others] = found.roots;
  const { instances, problems } = readPlan(file);
  if (problems.length > 0) return { problems };
  if (root === undefined || others.length > 0) {
    const what = `must belong to one root module, but there are ${found.roots.map(({ path }) => path).join(', ')}`;
    return { problems: [{ where: '--plan', what, remedy: 'Import them one by one' }] };
  }
  const { blocks, kept } = expandModules(root, found.folders, instances);
  const remedy = 'It stays a module over a converted folder';
  left.push(
    ...kept.map(({ block, why }) => ({ where: block.where, what: `${addressOf(block)} ${why}`, remedy })),
  );
  const expanded = { ...root, blocks };
  return { folders: new Map([...found.folders, [root.path, expanded]]), roots: [expanded] };
}

const refused = (problems: readonly Problem[]): ImportedTerraform => ({
  workloads: [],
  wanted: [],
  variables: [],
  left: [],
  problems,
});

const asMistake = ({ file }: Source): Problem => ({
  where: `${file}:1`,
  what: "must be HCL, but is Terraform's JSON, which a program wrote",
  remedy: 'Import what that program read, or write it as HCL',
});

interface ImportedRoot {
  readonly workload: WorkloadCode;
  readonly variables: readonly SecretVariable[];
}

async function importRoot(
  root: SecretFreeFolder,
  folders: ReadonlyMap<string, SecretFreeFolder>,
  name: string,
  around: Surroundings,
  names: StackNames,
  left: Problem[],
): Promise<ImportedRoot> {
  const files = new WorkloadFiles(root.path);
  const modules = new LocalModules(folders);
  const folder = `../../${folderOf({ stack: around.stack, name })}`;
  const place: ModulePlace = {
    folder,
    nameInStack: (kind, wish) => names.nameFor(name, kind, wish),
    takeFile: (path) => files.take(path),
    addFile: (wish, content) => files.add(wish, content),
    moduleSource: (source) =>
      isLocal(source) ? `${folder}/${modules.nameOf(join(root.path, source).replace(/\/$/, ''))}` : source,
    lose: (block, what) => left.push({ where: block.where, what, remedy: 'It does without' }),
  };
  const trees = await parseExpressions(root.blocks.map(({ body }) => body));
  files.takeNamedIn(root.blocks.map(({ body }) => body));
  const described = describeModule(root.blocks, trees, place);
  // Code is made when it is asked for: now, so that all that it takes along is known.
  const used = usedDefinitions(described.map(({ definition }) => definition).filter((one) => one.exports));
  const needed = described.filter(({ definition }) => used.has(definition));
  const converted = modules.convert();
  left.push(...modulesMissing(root, folders), ...otherFiles(root.path));
  const workload = {
    stack: around.stack,
    name,
    files: sourceFiles(needed, root, name),
    assets: new Map([...files.content, ...converted]),
  };
  const variables = root.secrets.flatMap((secret) => {
    const declared = described.find(({ block }) => block.kind === 'variable' && block.label === secret.name);
    if (declared === undefined) return [];
    return [{ ...secret, name: place.nameInStack('var', secret.name), definition: declared.definition }];
  });
  return { workload, variables };
}

function doubtfulValues(folders: ReadonlyMap<string, SecretFreeFolder>): Problem[] {
  const remedy = 'Put a variable in its place, if it is secret';
  return [...folders.values()].flatMap(({ doubtful }) =>
    doubtful.map(({ block, what }) => ({ where: block.where, what, remedy })),
  );
}

/** Definitions with everything that they use: a local that nothing uses would not compile, and means nothing. */
function usedDefinitions(definitions: Iterable<Definition>, used = new Set<Definition>()): Set<Definition> {
  for (const definition of definitions) {
    if (used.has(definition)) continue;
    used.add(definition);
    usedDefinitions(definitionsIn(definition.code), used);
  }
  return used;
}

/** Small modules are one file; larger ones keep theirs. */
function sourceFiles(described: readonly Described[], { sources, path }: Folder, name: string): SourceFile[] {
  const lines = sources.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  const comment = [`${name}, imported from the Terraform module ${basename(path)}.`];
  const own = new Set(sources.map(({ file }) => basename(file, '.tf')));
  const isSmall = lines <= 200 && described.every(({ block }) => own.has(block.file));
  if (isSmall) return [{ name: 'main', comment, definitions: described.map(({ definition }) => definition) }];
  const names = [...new Set(['main', ...described.map(({ block }) => block.file)])];
  return names.map((file) => ({
    name: kebabCase(file),
    ...(file === 'main' && { comment }),
    definitions: described.filter(({ block }) => block.file === file).map(({ definition }) => definition),
  }));
}

function modulesMissing({ blocks, path }: Folder, folders: ReadonlyMap<string, Folder>): Problem[] {
  const calls = blocks.filter(({ kind }) => kind === 'module');
  return calls.flatMap((block) =>
    localModule(block, path)
      .filter((called) => !folders.has(called))
      .map((called) => ({
        where: block.where,
        what: `${addressOf(block)}: its folder ${called} is not there`,
        remedy: 'Import a folder that holds it, too',
      })),
  );
}

/** Files that have a meaning to Terraform and no place in a workload. */
function otherFiles(path: string): Problem[] {
  const found = readdirSync(path).filter(
    (file) => /\.(tfvars|tf)(\.json)?$/.test(file) && !file.endsWith('.tf'),
  );
  return found.map((file) => ({
    where: join(path, file),
    what: 'stays behind',
    remedy: file.includes('.tfvars')
      ? 'Give its values in the environment, as TF_VAR_name, or as the defaults of the variables'
      : 'Write it as HCL, or as TypeScript',
  }));
}

/** The types that blocks need, as the manifest lists them. */
function wantedTypes(blocks: readonly HclBlock[]): Wanted[] {
  const lists = { resource: 'resources', data: 'dataSources', ephemeral: 'ephemeralResources' } as const;
  return blocks.flatMap((block) => {
    const { known } = declaredType(block);
    if (known === undefined || !isProvided(block.kind)) return [];
    return [{ provider: known.name.split('_')[0] ?? '', list: lists[block.kind], types: [known.name] }];
  });
}

const isProvided = (kind: string): kind is 'resource' | 'data' | 'ephemeral' =>
  ['resource', 'data', 'ephemeral'].includes(kind);
