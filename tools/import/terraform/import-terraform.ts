import { providerOf } from '@home/providers';
import type { Problem } from '@home/terraform';
import { basename, dirname, relative } from 'node:path';
import { freeName, workloadName } from '../code/names';
import type { WorkloadCode } from '../code/workload-code';
import { type Imported, type Left, plural, refused } from '../imported';
import type { SecretVariable } from '../kubernetes/secret-values';
import type { Wanted } from '../manifest/extend-manifest';
import type { Source } from '../source/read-source';
import type { Surroundings } from '../surroundings';
import { type Folder, type Folders, findFolders, localModule, reachable } from './find-folders';
import { fitBlocks } from './fit-blocks';
import { groupBlocks } from './group-blocks';
import { makesPods } from './gather-apps';
import { importRoot } from './import-root';
import { lists, tellMissingProviders } from './missing-providers';
import { declaredType } from './module-scope';
import type { HclBlock } from './parse-module';
import { withoutSecrets } from './take-secrets';
import { StackNames } from './stack-names';
import { tellFormerTypes } from './former-types';

/**
 * Turns Terraform's root modules into workloads, one for each app of a folder that no other calls.
 *
 * @param sources all `.tf` files
 * @param around what the workloads find in the home
 * @param wish the name of the only workload that a root module then becomes
 */
export async function importTerraform(
  sources: readonly Source[],
  around: Surroundings,
  wish?: string,
): Promise<Imported> {
  const hcl = sources.filter(({ file }) => file.endsWith('.tf'));
  if (hcl.length === 0) return refused(sources.map(asMistake));
  const found = await findFolders(hcl);
  const problems = [...found.folders.values()].flatMap((folder) => folder.problems);
  if (problems.length > 0) return refused(problems);
  const before = [...found.folders.values()].flatMap((folder) => folder.blocks);
  const left: Left[] = [
    ...tellUncalled(hcl, found),
    ...tellFormerTypes(before, around.stack),
    ...tellMissingProviders([...found.folders.values()], found.roots, around.stack),
  ];
  const folders = withoutSecrets(found.folders);
  const roots = found.roots
    .flatMap(({ path }) => folders.get(path) ?? [])
    .map((root) => fitBlocks(root, around, left));
  const variables: SecretVariable[] = [];
  const taken = new Set<string>();
  const names = new StackNames(around.addresses);
  const workloads: WorkloadCode[] = [];
  const blocks: HclBlock[] = [];
  for (const root of roots) {
    const isFree = (name: string): boolean => around.isFree(name) && !taken.has(name);
    const groups =
      roots.length === 1 && wish !== undefined
        ? [{ name: freeName([workloadName(wish)], isFree), blocks: root.blocks }]
        : groupBlocks(root.blocks, [basename(root.path), relative('.', root.path)], isFree, (call) =>
            isApp(call, root.path, folders),
          );
    for (const { name } of groups) taken.add(name);
    blocks.push(...root.blocks);
    const imported = await importRoot(root, groups, {
      folders,
      stack: around.stack,
      names,
      left,
    });
    workloads.push(...imported.workloads);
    variables.push(...imported.variables);
  }
  left.push(...[...folders.values()].flatMap(({ doubtful }) => doubtful));
  const read = [...folders.values()].flatMap((folder) => folder.sources);
  return {
    workloads,
    found: plural(read.length, 'file'),
    wanted: wantedTypes(blocks),
    variables,
    left,
    problems: [],
  };
}

/** Folders of HCL that do not count, such as examples and tests. */
function tellUncalled(hcl: readonly Source[], { folders }: Folders): Problem[] {
  const uncalled = new Set(hcl.map(({ file }) => dirname(file)).filter((path) => !folders.has(path)));
  return [...uncalled].map((path) => ({
    where: path,
    what: 'is a module that nothing else calls',
    remedy: 'If it describes what runs, import it by itself',
  }));
}

/** Whether what a call makes is an app: something with pods. Of a module that is not here that is to be expected. */
function isApp(call: HclBlock, from: string, folders: ReadonlyMap<string, Folder>): boolean {
  const paths = localModule(call, from);
  const called = [...reachable(paths, folders)].map((path) => folders.get(path));
  return paths.length === 0 || called.some((folder) => folder === undefined || folder.blocks.some(makesPods));
}

const asMistake = ({ file }: Source): Problem => ({
  where: `${file}:1`,
  what: "must be HCL, but is Terraform's JSON, which a program wrote",
  remedy: 'Import what that program read, or write it as HCL',
});

function wantedTypes(blocks: readonly HclBlock[]): Wanted[] {
  return blocks.flatMap((block) => {
    const { known } = declaredType(block);
    const list = lists[block.kind];
    if (known === undefined || list === undefined) return [];
    return [{ provider: providerOf(known.name), list, types: [known.name] }];
  });
}
