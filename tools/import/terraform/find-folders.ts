import { dirname, join } from 'node:path';
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
 * Parses folders of HCL and finds the root modules: those that no other calls. What lies below a root module and is not
 * called by it, such as examples and tests, does not count.
 */
export async function findFolders(sources: readonly Source[]): Promise<Folders> {
  const byFolder = new Map<string, Source[]>();
  for (const source of sources) {
    const path = dirname(source.file);
    byFolder.set(path, [...(byFolder.get(path) ?? []), source]);
  }
  const all = new Map<string, Folder>();
  for (const [path, own] of byFolder) {
    const module = await parseModule(own);
    const calls = module.blocks.flatMap((block) => localModule(block, path));
    all.set(path, { ...module, path, sources: own, calls });
  }
  const called = new Set([...all.values()].flatMap(({ calls }) => calls));
  const uncalled = [...all.values()].filter(({ path }) => !called.has(path));
  const roots = uncalled.filter(({ path }) => !uncalled.some((other) => path.startsWith(`${other.path}/`)));
  return { folders: reachable(roots, all), roots };
}

function reachable(roots: readonly Folder[], all: ReadonlyMap<string, Folder>, found = new Map<string, Folder>()): Map<string, Folder> {
  for (const root of roots) {
    if (found.has(root.path)) continue;
    found.set(root.path, root);
    reachable(root.calls.flatMap((path) => all.get(path) ?? []), all, found);
  }
  return found;
}

/** The folder that a call of a local module leads to. */
export function localModule({ kind, body }: HclBlock, from: string): string[] {
  const source = body['source'];
  return kind === 'module' && isLocal(source) ? [join(from, source).replace(/\/$/, '')] : [];
}

/** https://developer.hashicorp.com/terraform/language/modules/sources#local-paths */
export const isLocal = (source: unknown): source is string => typeof source === 'string' && /^\.\.?\//.test(source);

