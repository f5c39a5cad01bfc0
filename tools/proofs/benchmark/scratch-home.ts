import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';

/** `app-0001`, `app-0002`, … */
export function appNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `app-${String(index + 1).padStart(4, '0')}`);
}

/** A new folder beside the workspace's own files, since where they lie decides how fast files are made. Git ignores it. */
export const scratchFolder = (): string => makeTemporaryFolder(join(__dirname, '../../../.cache'));
