import { looksSecret } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { textOfFile } from '../source/read-source';

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

  /** Takes a file along, or a folder with everything below it; false when it is not there, no text, or holds a secret. */
  take(path: string): boolean {
    const from = join(this.folder, path);
    if (!existsSync(from)) return false;
    if (statSync(from).isDirectory()) {
      return readdirSync(from)
        .map((name) => this.take(join(path, name)))
        .includes(true);
    }
    const text = textOfFile(readFileSync(from));
    if (text === undefined || looksSecret(basename(path), text) !== undefined) {
      this.#missing.add(path);
      return false;
    }
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
   * @returns what could not be taken, and was not asked for before: it is not there, no text, or holds a secret
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
    for (const [, from, path = '', more] of value.matchAll(
      /\$\{path\.(module|root)\}\/([\w./-]*)(\$\{[^}]*\})?/g,
    )) {
      // What a variable leads to, only Terraform knows.
      if (path === '' && /^\$\{(var|local)\./.test(more ?? '')) this.#missing.add(more ?? '');
      if (path === '') continue;
      const isElsewhere = path.includes('..') || (this.isCalled && from === 'root');
      if (isElsewhere) this.#missing.add(path);
      else this.#takeOrMiss(more === undefined ? path : path.slice(0, path.lastIndexOf('/') + 1));
    }
    for (const [, path = ''] of value.matchAll(
      /\b(?:templatefile|file(?:base64|md5|sha\d+)?)\("(?:\.\/)?([^"$~/.][^"$]*)"/g,
    ))
      this.#takeOrMiss(path);
    for (const [, pattern = ''] of value.matchAll(
      /fileset\(\s*"?(?:\$\{)?path\.(?:module|root)\}?"?\s*,\s*"([^"]*)"/g,
    )) {
      const below = pattern.slice(0, pattern.search(/[*?{[]|$/)).replace(/[^/]*$/, '');
      if (existsSync(join(this.folder, below))) this.take(below === '' ? '.' : below);
      else this.#missing.add(pattern);
    }
  }

  #takeOrMiss(path: string): void {
    if (path === '') return;
    if (existsSync(join(this.folder, path))) this.take(path);
    else this.#missing.add(path);
  }
}
