import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type House, type MissingImport, foldersIn, stackFolders } from './house';
import { type Place, type PlacedProblem, isStack, stackPlace, workloadPlace } from './layout';

/** Names that mean something else: Nx's project of the home, the stack's own file, and Terraform's override files. */
const reserved: Readonly<Record<string, string>> = {
  'whole-home': 'is the project that checks the whole home',
  stack: "is the stack's own file",
  override: "is merged into the stack's other files by Terraform",
};

/** What must hold for the names of stacks and workloads, each of which is a project, a file and part of an import. */
export function checkNames(root: string, house: House): PlacedProblem[] {
  return [
    ...house.places.flatMap(checkName),
    ...checkUnique(house.places),
    ...checkStacks(root, house.places),
    ...checkWorkloads(root, house.places),
    ...house.missing.map(checkImport),
    ...checkCluster(root),
    ...checkFiles(root, house.places),
  ];
}

/** Whether a stack or workload may have a name, as long as no other has it. */
export const isUsableName = (name: string): boolean =>
  !(name in reserved) && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);

/** The name of the project that a stack or workload is. */
export const projectName = (place: Place): string => (isStack(place) ? place.stack : place.workload);

function checkName(place: Place): PlacedProblem[] {
  const { where } = place;
  const name = projectName(place);
  const meaning = reserved[name];
  if (meaning !== undefined) {
    return [
      { place, where, what: `must not be called "${name}", which ${meaning}`, remedy: 'Rename the folder' },
    ];
  }
  if (isUsableName(name)) return [];
  const what = `must have a name of lower-case letters, digits and single dashes, but is called "${name}"`;
  return [{ place, where, what, remedy: 'Rename the folder' }];
}

function checkUnique(places: readonly Place[]): PlacedProblem[] {
  const first = new Map<string, Place>();
  return places.flatMap((place) => {
    const name = projectName(place);
    const other = first.get(name) ?? place;
    first.set(name, other);
    if (other === place) return [];
    const what = `must have a name of its own, but ${other.where} is called "${name}" too`;
    return [{ place, where: place.where, what, remedy: 'Rename one of the two folders' }];
  });
}

function checkStacks(root: string, places: readonly Place[]): PlacedProblem[] {
  const stacks = new Set(places.filter(isStack).map(({ stack }) => stack));
  const coded = stackFolders(root).filter(({ where }) => hasCode(root, where, false));
  const missing = new Set(
    [...places, ...coded].map(({ stack }) => stack).filter((stack) => !stacks.has(stack)),
  );
  return [...missing].map(stackPlace).map(({ where }) => ({
    where,
    what: 'must have a stack.ts, since it holds workloads',
    remedy: 'Write one, or move the workloads into another stack',
  }));
}

/** What lies where no description is looked for would be left out without a word. */
function checkWorkloads(root: string, places: readonly Place[]): PlacedProblem[] {
  const described = new Set(places.map(({ where }) => where));
  return stackFolders(root)
    .flatMap(({ stack, where }) => foldersIn(root, where).map((name) => workloadPlace(stack, name).where))
    .filter((where) => !described.has(where) && hasCode(root, where, true))
    .map((where) => ({
      where,
      what: 'must have a main.ts, since it holds code: nothing else in it is described',
      remedy: 'Call what describes it so, or move code that workloads share to libs/',
    }));
}

/** Whatever its language and its case: a description may have the wrong ones. */
const code = /\.[cm]?[jt]sx?$/i;

const hasCode = (root: string, folder: string, recursive: boolean): boolean =>
  existsSync(join(root, folder)) &&
  readdirSync(join(root, folder), { recursive, withFileTypes: true }).some(
    (entry) => entry.isFile() && code.test(entry.name),
  );

/** What imports something that is gone goes with it, or does without. */
function checkImport({ from, file, line, specifier }: MissingImport): PlacedProblem {
  const remedy = isStack(from)
    ? 'Take the import out, or the folder back from git'
    : `Take the import out, the folder back from git, or ${from.where} away with it: \`npx nx g remove ${projectName(from)}\``;
  return {
    place: from,
    where: `${file}:${line}`,
    what: `must import what is there, but there is no "${specifier}"`,
    remedy,
  };
}

function checkCluster(root: string): PlacedProblem[] {
  if (!existsSync(join(root, 'apps/cluster'))) return [];
  const what = 'must not exist, since the stack "cluster" lies in talos/';
  return [{ where: 'apps/cluster', what, remedy: 'Rename the folder, or move what it holds to talos/' }];
}

/** A link to a folder is not followed, and what it leads to would count as gone; so would a description that is no file. */
function checkFiles(root: string, places: readonly Place[]): PlacedProblem[] {
  const links = ['apps', 'talos']
    .flatMap((folder) => linksIn(root, folder))
    .filter((file) => !isFile(root, file));
  const folders = places.filter(({ file }) => !isFile(root, file) && !links.includes(file));
  return [
    ...links.map((where) => ({
      where,
      what: 'must not be a link that leads to no file, since neither Nx nor generate follows it',
      remedy: 'Put what it leads to in its place, or remove it',
    })),
    ...folders.map((place) => ({
      place,
      where: place.file,
      what: 'must be a file, but is a folder',
      remedy: 'Rename it',
    })),
  ];
}

function linksIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isSymbolicLink())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

/** A link that leads to itself leads nowhere, too. */
function isFile(root: string, file: string): boolean {
  try {
    return statSync(join(root, file)).isFile();
  } catch {
    return false;
  }
}
