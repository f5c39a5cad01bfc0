import { basename, join } from 'node:path';
import { kebabCase } from '../code/names';
import { asJson } from './convert-folder';
import { type Folder, isLocal } from './find-folders';
import { WorkloadFiles } from './workload-files';

/** The local modules that a root module calls, and those that they call: each becomes a folder beside the workload. */
export class LocalModules {
  /** Folder of HCL → folder beside the workload. */
  readonly #names = new Map<string, string>();

  constructor(private readonly folders: ReadonlyMap<string, Folder>) {}

  /** The folder that a module becomes. */
  nameOf(path: string): string {
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const wish = kebabCase(basename(path));
    const isTaken = (name: string): boolean => [...this.#names.values()].includes(name);
    let name = wish;
    for (let number = 2; isTaken(name); number += 1) name = `${wish}-${number}`;
    this.#names.set(path, name);
    return name;
  }

  /** Converts every module that was asked for. */
  convert(): Map<string, string> {
    const content = new Map<string, string>();
    // Modules that these call are added while this runs.
    for (const [path, name] of this.#names) {
      const files = new WorkloadFiles(path);
      const called = (from: string): string =>
        isLocal(from) ? `../${this.nameOf(join(path, from).replace(/\/$/, ''))}` : from;
      for (const [file, text] of asJson(this.folders.get(path)?.blocks ?? [], called)) {
        content.set(`${name}/${file}.tf.json`, text);
      }
      files.takeNamedIn(this.folders.get(path)?.blocks.map(({ body }) => body));
      for (const [file, text] of files.content) content.set(`${name}/${file}`, text);
    }
    return content;
  }
}
