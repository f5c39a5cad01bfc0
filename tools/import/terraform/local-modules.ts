import { basename, join } from 'node:path';
import { freeName, kebabCase } from '../code/names';
import type { Left } from '../imported';
import { asJson } from './convert-folder';
import { type Folder, isLocal, localModule, reachable } from './find-folders';
import type { BlockGroup } from './group-blocks';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { WorkloadFiles } from './workload-files';

/** Where a module goes. */
export interface ModuleHome {
  readonly workload: string;
  /** Below the workload's folder. */
  readonly folder: string;
}

/**
 * The local modules that a root module calls, and those that they call: each becomes a folder beside the workload that
 * calls it; one that several call beside what they share.
 */
export class LocalModules {
  /** Folder of HCL → where it goes. */
  readonly #homes = new Map<string, ModuleHome>();

  constructor(
    root: string,
    private readonly folders: ReadonlyMap<string, Folder>,
    groups: readonly BlockGroup[],
  ) {
    const called = groups.map((group) => ({
      group,
      paths: reachable(
        group.blocks.flatMap((block) => localModule(block, root)),
        folders,
      ),
    }));
    for (const path of new Set(called.flatMap(({ paths }) => [...paths]))) {
      const [first, ...more] = called.filter(({ paths }) => paths.has(path)).map(({ group }) => group);
      const shared = more.length === 0 ? undefined : groups.find(({ isShared }) => isShared);
      this.#settle(path, shared?.name ?? first?.name ?? '');
    }
  }

  #settle(path: string, workload: string): void {
    const wish = kebabCase(basename(path));
    const taken = [...this.#homes.values()].map(({ folder }) => folder);
    const folder = freeName([wish], (one) => !taken.includes(one));
    this.#homes.set(path, { workload, folder });
  }

  /** Where a module goes that the root module calls. */
  placeOf(path: string): ModuleHome {
    const home = this.#homes.get(path);
    if (home === undefined) throw new Error(`nothing calls ${path}`);
    return home;
  }

  /**
   * Converts every module: workload → path below its folder → text.
   *
   * @param left takes what does not come along
   */
  convert(left: Left[]): Map<string, Map<string, string>> {
    const content = new Map<string, Map<string, string>>();
    for (const [path, { workload, folder }] of this.#homes) {
      const own = content.get(workload) ?? new Map<string, string>();
      content.set(workload, own);
      const files = new WorkloadFiles(path, true);
      const called = (from: string): string => {
        if (!isLocal(from)) return from;
        const other = this.placeOf(join(path, from).replace(/\/$/, ''));
        return other.workload === workload ? `../${other.folder}` : `../../${other.workload}/${other.folder}`;
      };
      const blocks = this.folders.get(path)?.blocks ?? [];
      for (const [file, text] of asJson(blocks, called)) own.set(`${folder}/${file}.tf.json`, text);
      for (const block of blocks)
        left.push(...files.takeNamedIn(block.body).map((file) => fileMissing(block, file)));
      for (const [file, text] of files.content) own.set(`${folder}/${file}`, text);
    }
    return content;
  }
}

/** A file that is read and could not be brought along. */
export const fileMissing = (block: HclBlock, file: string): Left => ({
  where: block.where,
  of: addressOf(block),
  what: `${file} is read, and is not there, is no text, or holds a secret`,
  remedy: 'Put it into the folder of the workload',
  weight: 'hurts',
});
