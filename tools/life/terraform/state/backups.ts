import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { refuse } from '@home/terraform';
import type { RootModule } from '../root-module';
import { localStateFile, parseState } from './read-state';

/** So many stay for each stack. */
const kept = 30;

const folderOf = (file: string): string => join(dirname(file), 'backups');

/**
 * Copies a local state before it is written to; the other backends keep versions of their own.
 *
 * @returns the copy, or undefined when there is nothing to copy
 */
export function backUpState(module: RootModule): string | undefined {
  const file = localStateFile(module);
  if (file === undefined || !existsSync(file)) return undefined;
  const folder = folderOf(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const serial = parseState(readFileSync(file, 'utf8'))?.serial ?? 'unread';
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const copy = join(folder, `${basename(file, '.tfstate')}.${time}.serial-${serial}.tfstate`);
  copyFileSync(file, copy);
  for (const old of listBackups(module).slice(kept)) rmSync(old);
  return copy;
}

/** The copies of a local state, newest first. */
export function listBackups(module: RootModule): string[] {
  const file = localStateFile(module);
  if (file === undefined || !existsSync(folderOf(file))) return [];
  const prefix = `${basename(file, '.tfstate')}.`;
  return readdirSync(folderOf(file))
    .filter((name) => name.startsWith(prefix) && name.endsWith('.tfstate'))
    .sort()
    .reverse()
    .map((name) => join(folderOf(file), name));
}

/**
 * Writes down a state that Terraform could not store anywhere, neither in its store nor in the root module, and so handed over to us.
 *
 * @returns the file
 * @throws ProblemsError when there is no place for it at all
 */
export function rescueState({ stack }: RootModule, state: unknown): string {
  const text = typeof state === 'string' ? state : JSON.stringify(state);
  for (const folder of [tmpdir(), homedir(), '/dev/shm']) {
    const file = join(folder, `${stack}.${Date.now()}.rescued.tfstate`);
    try {
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    } catch {
      // The next one may have room.
    }
  }
  refuse(
    stack,
    'was applied, but its state could not be written anywhere',
    '`npm run adopt` brings back what can be imported',
  );
}
