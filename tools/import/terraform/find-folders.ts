import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inPresentForm } from './former-types';
import { type HclBlock, type HclModule, parseModule } from './parse-module';
import type { Source } from '../source/read-source';

/** A folder of HCL: a root module, or one that others call. */
export interface Folder extends HclModule {
  readonly path: string;
  readonly sources: readonly Source[];
  /** The folders of the local modules that it calls. */
  readonly calls: readonly string[];
}

/** The folders of HCL that count, and those of them that are root modules. */
export interface Folders {
  readonly folders: ReadonlyMap<string, Folder>;
  readonly roots: readonly Folder[];
}

/**
 * Parses folders of HCL and finds the root modules: the folder above all others or, where there is none, those that no
 * other calls. What lies below a root module and is not called by it, such as examples and tests, does not count. Modules
 * that are called and are not among the sources are read too.
 */
export async function findFolders(sources: readonly Source[]): Promise<Folders> {
  const waiting = new Map<string, readonly Source[]>();
  for (const source of sources) {
    const path = dirname(source.file);
    waiting.set(path, [...(waiting.get(path) ?? []), source]);
  }
  const given = [...waiting.keys()];
  const all = new Map<string, Folder>();
  // Folders that these call are added while this runs.
  for (const [path, own] of waiting) {
    const module = await parseModule(own);
    const calls = module.blocks.flatMap((block) => localModule(block, path));
    all.set(path, { ...module, blocks: module.blocks.map(inPresentForm), path, sources: own, calls });
    for (const called of calls.filter((one) => !waiting.has(one))) waiting.set(called, readFolder(called));
  }
  const present = new Map([...all].filter(([, folder]) => folder.sources.length > 0));
  const roots = rootsOf(given.flatMap((path) => present.get(path) ?? []));
  const reached = reachable(
    roots.map(({ path }) => path),
    present,
  );
  const folders = [...reached].flatMap((path) => present.get(path) ?? []);
  return { folders: new Map(folders.map((folder) => [folder.path, folder])), roots };
}

function rootsOf(folders: readonly Folder[]): Folder[] {
  const isBelow = (one: Folder, other: Folder): boolean =>
    one === other || other.path === '.' || one.path.startsWith(`${other.path}/`);
  const top = folders.find((folder) => folders.every((other) => isBelow(other, folder)));
  if (top !== undefined) return [top];
  const called = new Set(folders.flatMap(({ calls }) => calls));
  const uncalled = folders.filter(({ path }) => !called.has(path));
  return uncalled.filter((folder) => !uncalled.some((other) => other !== folder && isBelow(folder, other)));
}

function readFolder(path: string): Source[] {
  if (!existsSync(path)) return [];
  const files = readdirSync(path).filter((name) => name.endsWith('.tf'));
  return files.map((name) => {
    const file = join(path, name);
    return { file, text: new TextDecoder().decode(readFileSync(file)) };
  });
}

/** The folders of modules and of those that they call, whether they are there or not. */
export function reachable(
  paths: readonly string[],
  folders: ReadonlyMap<string, Folder>,
  found = new Set<string>(),
): Set<string> {
  for (const path of paths) {
    if (found.has(path)) continue;
    found.add(path);
    reachable(folders.get(path)?.calls ?? [], folders, found);
  }
  return found;
}

/** The folder that a call of a local module leads to. */
export function localModule({ kind, body }: HclBlock, from: string): string[] {
  const source = body['source'];
  return kind === 'module' && isLocal(source) ? [join(from, source).replace(/\/$/, '')] : [];
}

/** https://developer.hashicorp.com/terraform/language/modules/sources#local-paths */
export const isLocal = (source: unknown): source is string =>
  typeof source === 'string' && /^\.\.?\//.test(source);
