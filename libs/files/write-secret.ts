import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { draftOf, removeLeftDrafts, secretMode } from './draft';

/**
 * Writes a file that holds secrets or data. Nobody but its owner can read it, from its first byte on, whatever was there
 * before; whoever reads it meanwhile finds all of the old file or all of the new one. What a killed run left goes.
 *
 * @param file is followed when it is a link; its folder is made
 * @returns false when just that was there already, and nobody else could read it
 */
export function writeSecret(file: string, content: string | Buffer): boolean {
  const target = existsSync(file) ? realpathSync(file) : file;
  const wanted = typeof content === 'string' ? Buffer.from(content) : content;
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  removeLeftDrafts(dirname(target));
  if (isSecret(target) && readFileSync(target).equals(wanted)) return false;
  const draft = draftOf(target);
  try {
    fill(draft, wanted);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return true;
}

const isSecret = (file: string): boolean => {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  return mode !== undefined && (mode & 0o777) === secretMode;
};

/** Waits for the disk: what a power cut leaves of a root secret must not be an empty file under its name. */
function fill(file: string, content: Buffer): void {
  const handle = openSync(file, 'wx', secretMode);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
