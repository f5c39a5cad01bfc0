import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** `app-0001`, `app-0002`, … */
export function appNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `app-${String(index + 1).padStart(4, '0')}`);
}

const cache = join(__dirname, '../../../.cache');
const prefix = 'benchmark-';

/** A new folder beside the workspace's own files, since where they lie decides how fast files are made. Git ignores it. */
export function scratchFolder(): string {
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, prefix));
}

/** Removes all of them, and those that an interrupted benchmark left. */
export function removeScratchFolders(): void {
  const names = readdirSync(cache).filter((name) => name.startsWith(prefix));
  for (const name of names) rmSync(join(cache, name), { recursive: true });
}
