import { isPlainObject } from '@home/terraform';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { freeName, kebabCase } from '../code/names';
import { asJson } from './convert-folder';
import { type Folder, isLocal, localModule, reachable } from './find-folders';
import type { BlockGroup } from './group-blocks';

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

  /** Converts every module: workload → path below its folder → text. */
  convert(): Map<string, Map<string, string>> {
    const content = new Map<string, Map<string, string>>();
    for (const [path, { workload, folder }] of this.#homes) {
      const own = content.get(workload) ?? new Map<string, string>();
      content.set(workload, own);
      const files = new WorkloadFiles(path);
      const called = (from: string): string => {
        if (!isLocal(from)) return from;
        const other = this.placeOf(join(path, from).replace(/\/$/, ''));
        return other.workload === workload ? `../${other.folder}` : `../../${other.workload}/${other.folder}`;
      };
      const blocks = this.folders.get(path)?.blocks ?? [];
      for (const [file, text] of asJson(blocks, called)) own.set(`${folder}/${file}.tf.json`, text);
      files.takeNamedIn(blocks.map(({ body }) => body));
      for (const [file, text] of files.content) own.set(`${folder}/${file}`, text);
    }
    return content;
  }
}

/** Files that go beside a workload: those of the module's folder that it reads, and those made for it. */
export class WorkloadFiles {
  /** Path below the workload's folder → text. */
  readonly content = new Map<string, string>();

  constructor(private readonly folder: string) {}

  /** Takes a file along, or a folder with everything below it; false when it is not there or no text. */
  take(path: string): boolean {
    const from = join(this.folder, path);
    if (!existsSync(from)) return false;
    if (statSync(from).isDirectory()) {
      return readdirSync(from)
        .map((name) => this.take(join(path, name)))
        .some((taken) => taken);
    }
    const text = readText(from);
    if (text === undefined) return false;
    this.content.set(path, text);
    return true;
  }

  /** Adds a file under the wished name, or under one like it that is free. */
  add(wish: string, text: string): string {
    const [, base = wish, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(wish) ?? [];
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wish : `${base}-${number}${ending}`;
      if (this.content.has(name) && this.content.get(name) !== text) continue;
      this.content.set(name, text);
      return name;
    }
  }

  /** Takes along what expressions name below the module's folder: `"${path.module}/templates/${var.name}.tpl"`. */
  takeNamedIn(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((item: unknown) => this.takeNamedIn(item));
    if (isPlainObject(value)) return this.takeNamedIn(Object.values(value));
    if (typeof value !== 'string') return;
    for (const [, path = ''] of value.matchAll(/\$\{path\.(?:module|root)\}\/([\w./-]*)/g)) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      if (!path.includes('..') && path !== '' && !this.take(path) && folder !== '') this.take(folder);
    }
  }
}

function readText(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return undefined;
  }
}
