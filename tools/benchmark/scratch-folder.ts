import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(__dirname, '../../.cache');

/** A new folder beside the workspace's own files, since where they lie decides how fast files are made. Git ignores it. */
export function scratchFolder(): string {
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'benchmark-'));
}
