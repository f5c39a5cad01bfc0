import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { keepMade } from '@home/files';
import { isGenerated } from '@home/terraform';
import type { ModuleItem } from '@swc/core';
import {
  type Place,
  adoptFile,
  allowFile,
  generatedFile,
  generatedFolder,
  holdFile,
  isReadByTerraform,
  isStack,
  machinesFile,
  placeImported,
  stackPlace,
  workloadPlace,
} from './layout';

/** An import that leads from one stack or workload to another. */
export interface Dependency extends Import {
  readonly from: Place;
  readonly to: Place;
  /** The importing file. */
  readonly file: string;
  /** No import says it: the machines come before what runs on them. */
  readonly implied?: true;
}

/** All stacks and workloads of a workspace, by their folders and imports alone: nothing is loaded. */
export interface House {
  /** Sorted by file, so that everything made from them is in a stable order. */
  readonly places: readonly Place[];
  readonly dependencies: readonly Dependency[];
  /** Imports by alias of what is not there: neither a stack nor a workload, nor a library. */
  readonly missing: readonly MissingImport[];
}

/** An import of a stack or workload that is gone. */
export interface MissingImport extends Import {
  readonly from: Place;
  readonly file: string;
}

/** Reads the house that lies in a workspace. */
export function readHouse(root: string): House {
  const places = findPlaces(root);
  const byFile = new Map(places.map((place) => [place.file, place]));
  const { version } = load('@swc/core/package.json') as { version: string };
  const reader = [version, readFileSync(__filename, 'utf8')];
  const imports = places.flatMap((from) =>
    sourcesOf(root, from).flatMap((file) =>
      importsIn(reader, file, readFileSync(join(root, file), 'utf8')).map((found) => {
        const to = byFile.get(placeImported(found.specifier, from, file)?.file ?? '');
        return { ...found, from, to, file };
      }),
    ),
  );
  const dependencies = imports.flatMap(({ to, ...found }) => (to === undefined ? [] : [{ ...found, to }]));
  return {
    places,
    dependencies: [...dependencies, ...machinesFirst(places, dependencies)],
    missing: imports.flatMap(({ to, ...found }) =>
      to === undefined && isMissing(root, found.specifier) ? [found] : [],
    ),
  };
}

/** Whether an alias leads nowhere; it also leads to libraries, which have one step. */
function isMissing(root: string, specifier: string): boolean {
  const [scope, name = '', workload, ...more] = specifier.split('/');
  if (scope !== '@home' || more.length > 0) return false;
  return workload !== undefined || !existsSync(join(root, 'libs', name, 'index.ts'));
}

/** What imports from no other stack needs the machines, where they are described here. */
function machinesFirst(places: readonly Place[], dependencies: readonly Dependency[]): Dependency[] {
  const machines = places.find(({ file }) => file === machinesFile);
  const leaves = (stack: string): boolean =>
    dependencies.some(({ from, to }) => from.stack === stack && to.stack !== stack);
  if (machines === undefined) return [];
  return places
    .filter((place) => isStack(place) && place !== machines && !leaves(place.stack))
    .map((from) => ({
      from,
      to: machines,
      file: from.file,
      line: 1,
      specifier: `@home/${machines.stack}`,
      implied: true as const,
    }));
}

/** The workloads of a stack. */
export function workloadsOf(house: House, stack: string): Place[] {
  return house.places.filter((place) => place.stack === stack && !isStack(place));
}

function findPlaces(root: string): Place[] {
  return stackFolders(root)
    .flatMap((stack) => [
      stack,
      ...foldersIn(root, stack.where).map((workload) => workloadPlace(stack.stack, workload)),
    ])
    .filter(({ file }) => existsSync(join(root, file)))
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}

/** Where stacks may lie, described or not. */
export const stackFolders = (root: string): Place[] =>
  [...new Set([...foldersIn(root, 'apps'), 'cluster'])].map(stackPlace);

/** The folders in a folder, but for packages, which are nobody's own; none where it is not there. */
export function foldersIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => name);
}

/** The TypeScript files of a stack or workload; what its tests import is no dependency. */
function sourcesOf(root: string, place: Place): string[] {
  return readdirSync(join(root, place.where), { recursive: !isStack(place), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(join(root, place.where), join(parentPath, name)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => `${place.where}/${file.replaceAll('\\', '/')}`)
    .sort();
}

/** One import of a module by another. */
interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** Loads the parser only for a file that is new or was changed. */
const load = createRequire(__filename);

/**
 * What a TypeScript file imports or re-exports, types included; empty for a file that does not parse.
 *
 * @param reader what decides which are found: the parser, and the code here
 */
function importsIn(reader: readonly string[], file: string, source: string): Import[] {
  const made = keepMade(`imports/${file}.json`, [...reader, source], () =>
    JSON.stringify(specifiersIn(source).map((specifier) => ({ specifier, line: lineOf(source, specifier) }))),
  );
  return JSON.parse(made) as Import[];
}

function specifiersIn(source: string): string[] {
  const { parseSync } = load('@swc/core') as typeof import('@swc/core');
  try {
    return parseSync(source, { syntax: 'typescript' }).body.flatMap(specifierOf);
  } catch {
    return []; // Loading the file says what is wrong with it.
  }
}

function specifierOf(item: ModuleItem): string[] {
  switch (item.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return [item.source.value];
    case 'ExportNamedDeclaration':
      return item.source ? [item.source.value] : [];
    default:
      return [];
  }
}

/** The parser's own offsets count bytes and go on from file to file. */
function lineOf(source: string, specifier: string): number {
  const lines = source.split('\n');
  return 1 + lines.findIndex((line) => line.includes(`'${specifier}'`) || line.includes(`"${specifier}"`));
}

/**
 * The generated files of a stack that none of its workloads owns any more. What generate did not write never counts:
 * state, lock files, files of one's own.
 */
export const orphansOf = (root: string, stack: string, places: readonly Place[]): string[] =>
  strayFiles(root, stack, places).filter((file) => isOrphan(root, file));

/** What Terraform would apply with a stack though nothing describes it, and none of our commands puts it there. */
export const foreignTo = (root: string, stack: string, places: readonly Place[]): string[] =>
  strayFiles(root, stack, places).filter((file) => !isOrphan(root, file));

/** What Terraform reads in a stack's folder and no description owns. */
function strayFiles(root: string, stack: string, places: readonly Place[]): string[] {
  const folder = `${generatedFolder}/${stack}`;
  // With a slash at its end nothing but a folder is there.
  if (!existsSync(join(root, folder, '/'))) return [];
  const owned = new Set(places.map(generatedFile));
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isReadByTerraform(entry.name) && !commandFiles.has(entry.name))
    .map(({ name }) => `${folder}/${name}`)
    .filter((file) => !owned.has(file))
    .sort();
}

const commandFiles: ReadonlySet<string> = new Set([adoptFile, allowFile, holdFile]);

const isOrphan = (root: string, file: string): boolean =>
  file.endsWith('.tf.json') &&
  statSync(join(root, file), { throwIfNoEntry: false })?.isFile() === true &&
  isGenerated(readFileSync(join(root, file), 'utf8'));
