import { isPlainObject } from '@home/terraform';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { textIn } from '../source/read-source';

/** Files that go beside a workload: those of the module's folder that it reads, and those made for it. */
export class WorkloadFiles {
  /** Path below the workload's folder → text. */
  readonly content = new Map<string, string>();

  readonly #missing = new Set<string>();

  /** @param isCalled whether another module calls this one: then `path.root` is a folder that it does not have */
  constructor(
    private readonly folder: string,
    private readonly isCalled = false,
  ) {}

  /** Takes a file along, or a folder with everything below it; false when it is not there or no text. */
  take(path: string): boolean {
    const from = join(this.folder, path);
    if (!existsSync(from)) return false;
    if (statSync(from).isDirectory()) {
      return readdirSync(from)
        .map((name) => this.take(join(path, name)))
        .some((taken) => taken);
    }
    const text = textIn(readFileSync(from));
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

  /**
   * Takes along what expressions name below the module's folder: `"${path.module}/templates/${var.name}.tpl"`, and what
   * `fileset(path.module, "dashboards/*.json")` finds.
   *
   * @returns what could not be taken, and was not asked for before: it is not there, or no text
   */
  takeNamedIn(value: unknown): string[] {
    const before = new Set(this.#missing);
    this.#takeIn(value);
    return [...this.#missing].filter((path) => !before.has(path));
  }

  #takeIn(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((item: unknown) => this.#takeIn(item));
    if (isPlainObject(value)) return this.#takeIn(Object.values(value));
    if (typeof value !== 'string') return;
    for (const [, from, path = ''] of value.matchAll(/\$\{path\.(module|root)\}\/([\w./-]*)/g)) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      if (path === '') continue;
      const isElsewhere = path.includes('..') || (this.isCalled && from === 'root');
      if (isElsewhere || (!this.take(path) && (folder === '' || !this.take(folder)))) this.#missing.add(path);
    }
    for (const [, pattern = ''] of value.matchAll(
      /fileset\(\s*"?(?:\$\{)?path\.(?:module|root)\}?"?\s*,\s*"([^"]*)"/g,
    )) {
      const below = pattern.slice(0, pattern.search(/[*?{[]|$/)).replace(/[^/]*$/, '');
      if (!this.take(below === '' ? '.' : below)) this.#missing.add(pattern);
    }
  }
}
