import type { Problem } from '@home/terraform';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { usedDefinitions } from '../code/code';
import { kebabCase } from '../code/names';
import { type SourceFile, type WorkloadCode, folderOf } from '../code/workload-code';
import type { Imported, Left } from '../imported';
import { type Described, describeModule } from './describe-module';
import { parseExpressions } from './expression-trees';
import { type Folder, isLocal, localModule, reachable } from './find-folders';
import type { BlockGroup } from './group-blocks';
import { LocalModules, fileMissing } from './local-modules';
import { type ModulePlace, addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import type { SecretFreeFolder } from './take-secrets';
import type { StackNames } from './stack-names';
import { WorkloadFiles } from './workload-files';

/** What a root module sees of all that is imported. */
export interface RootScope {
  readonly folders: ReadonlyMap<string, SecretFreeFolder>;
  readonly stack: string;
  readonly names: StackNames;
  /** Takes what does not come along. */
  readonly left: Left[];
}

/** Turns the groups of a root module's blocks into workloads that refer to each other. */
export async function importRoot(
  root: SecretFreeFolder,
  groups: readonly BlockGroup[],
  { folders, stack, names, left }: RootScope,
): Promise<Pick<Imported, 'workloads' | 'variables'>> {
  const modules = new LocalModules(root.path, folders, groups);
  const places = new Map<HclBlock, ModulePlace>();
  const files = new Map(groups.map((group) => [group, new WorkloadFiles(root.path)] as const));
  for (const [group, own] of files) {
    const { name } = group;
    const place: ModulePlace = {
      folder: `../../${folderOf({ stack, name })}`,
      nameInStack: (kind, wish) => names.nameFor(name, kind, wish),
      files: own,
      moduleSource: (source) => {
        if (!isLocal(source)) return source;
        const module = modules.placeOf(join(root.path, source).replace(/\/$/, ''));
        return `../../${folderOf({ stack, name: module.workload })}/${module.folder}`;
      },
      lose: (block, what, remedy = 'It does without', weight) => {
        left.push({ where: block.where, what, remedy, ...(weight && { weight }) });
      },
    };
    for (const block of group.blocks) places.set(block, place);
    for (const block of group.blocks) {
      left.push(...own.takeNamedIn(block.body).map((file) => fileMissing(block, file)));
    }
  }
  const trees = await parseExpressions(root.blocks.map(({ body }) => body));
  const described = describeModule(root.blocks, trees, places);
  // Code is made when it is asked for: now, so that all that it takes along is known.
  const used = usedDefinitions(described.map(({ definition }) => definition).filter((one) => one.exports));
  const needed = described.filter(({ definition }) => used.has(definition));
  const converted = modules.convert(left);
  left.push(...modulesMissing(root, folders), ...otherFiles(root.path));
  const workloads = groups.map((group) => ({
    stack,
    name: group.name,
    files: sourceFiles(
      needed.filter(({ block }) => group.blocks.includes(block)),
      root,
      group.name,
    ),
    assets: new Map([...(files.get(group)?.content ?? []), ...(converted.get(group.name) ?? [])]),
  }));
  const variables = root.secrets.flatMap((secret) => {
    const declared = described.find(({ block }) => block.kind === 'variable' && block.label === secret.name);
    const place = declared && places.get(declared.block);
    if (declared === undefined || place === undefined) return [];
    return [{ ...secret, name: place.nameInStack('var', secret.name), definition: declared.definition }];
  });
  return { workloads: workloads.filter(isFilled), variables };
}

const isFilled = ({ files, assets }: WorkloadCode, _: number, all: readonly WorkloadCode[]): boolean =>
  all.length === 1 || assets.size > 0 || files.some(({ definitions }) => definitions.length > 0);

/** Small workloads are one file; larger ones keep those of the module. */
function sourceFiles(described: readonly Described[], { sources, path }: Folder, name: string): SourceFile[] {
  const lines = described.reduce((sum, { block }) => sum + linesOf(block), 0);
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

/** About how many lines a block has. */
const linesOf = ({ body }: HclBlock): number => JSON.stringify(body, null, 2).split('\n').length;

/** Calls of modules that are not there, by the root module and by those that it calls. */
function modulesMissing(root: Folder, folders: ReadonlyMap<string, Folder>): Left[] {
  const called = [...reachable([root.path], folders)].flatMap((path) => folders.get(path) ?? []);
  return called.flatMap(({ blocks, path }) =>
    blocks.flatMap((block) =>
      localModule(block, path)
        .filter((one) => !folders.has(one))
        .map((one) => ({
          where: block.where,
          what: `${addressOf(block)}: its folder ${one} does not exist`,
          remedy: 'Import a folder that also holds it',
          weight: 'hurts' as const,
        })),
    ),
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
