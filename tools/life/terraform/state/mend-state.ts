import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { writeSecret } from '@home/files';
import { refuse } from '@home/terraform';
import { type RootModule, hidden, parseObject } from '../root-module';
import { runOrExplain } from '../run/explain';
import { ensureInitialized } from '../run/prepare';
import type { Session } from '../session';
import { leftoverState, localStateFile, objectsIn, parseState, pullState, versionOf } from './read-state';

/** So many stay for each stack. */
const kept = 30;

const folderOf = (file: string): string => join(dirname(file), 'backups');

/**
 * Copies a local state, before it is written to and after; the other backends keep versions of their own. What is
 * copied already is not copied again.
 */
export function backUpState(module: RootModule): void {
  const file = localStateFile(module);
  if (file === undefined || !existsSync(file)) return;
  const text = readFileSync(file);
  const [newest] = listBackups(module);
  if (newest !== undefined && readFileSync(newest).equals(text)) return;
  const serial = serialOf(text.toString()) ?? 'unread';
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const name = `${basename(file, '.tfstate')}.${time}.serial-${serial}.tfstate`;
  writeSecret(join(folderOf(file), name), text);
  for (const old of listBackups(module).slice(kept)) rmSync(old);
}

/** How often a state was written, also an encrypted one. */
const serialOf = (text: string): number | undefined => versionOf(parseObject(text))?.serial;

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
      writeSecret(file, text);
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

/**
 * Brings a state that Terraform could not store to its store, once that answers again.
 *
 * @param given another file than the one Terraform leaves in the root module
 * @throws ProblemsError when there is none, or the store has a newer or a foreign one
 */
export async function recoverState(session: Session, module: RootModule, given?: string): Promise<void> {
  const file = given === undefined ? leftoverState(module) : resolve(given);
  if (!existsSync(file))
    refuse(module.stack, `has no ${relative(session.root, file)}`, 'There is nothing to recover');
  const left = versionOf(parseObject(readFileSync(file, 'utf8')));
  if (left === undefined)
    refuse(module.stack, `cannot take ${file}, which is not a state`, 'It stays as it is');
  await ensureInitialized(session, module);
  const stored = parseState(await pullState(session, module));
  const foreign = stored !== undefined && stored.lineage !== '' && stored.lineage !== left.lineage;
  if (foreign || (stored?.serial ?? 0) > left.serial) {
    const what = foreign ? 'has a state of another origin in its store' : 'was applied again since then';
    refuse(module.stack, what, `${file} stays as it is; compare the two by hand`);
  }
  // Terraform leaves the serial of what it could not replace, and then takes the two for one.
  const force = stored?.serial === left.serial ? ['-force'] : [];
  await terraform(session, module, ['state', 'push', ...force, file]);
  const arrived = parseState(await pullState(session, module));
  if (arrived?.lineage !== left.lineage)
    refuse(module.stack, 'still has another state in its store', `${file} stays as it is`);
  rmSync(file);
}

/** A state that was put back. */
interface Restored {
  /** The copy that it was put back from. */
  readonly backup: string;
  /** Copies of what was applied after it, the newest first. */
  readonly later: readonly string[];
  /** Addresses that the last state knew and this one does not. */
  readonly made: readonly string[];
}

/**
 * Puts a backup of a local state in the state's place, and keeps what was there as a backup. When something was applied
 * after it, nothing is planned before `npm run adopt` has looked for what exists.
 *
 * @throws ProblemsError when the state is not local or the file is no state
 */
export function restoreState({ root }: Session, module: RootModule, given: string | undefined): Restored {
  const file = localStateFile(module);
  if (file === undefined)
    refuse(module.stack, 'has no local state', 'Restore it with the versions that its store keeps');
  const own = listBackups(module).filter((one) => one.endsWith(`/${given}`));
  const backup = given === undefined ? undefined : [resolve(root, given), ...own].find(existsSync);
  if (backup === undefined) {
    const what = `has no backup ${given ?? ''}`.trim();
    refuse(module.stack, what, `\`npm run state -- backups ${module.stack}\` lists them`);
  }
  const text = readFileSync(backup, 'utf8');
  const serial = serialOf(text);
  if (serial === undefined) {
    refuse(module.stack, `cannot take ${given}, which is not a state`, 'Take an older one');
  }
  backUpState(module);
  const later = listBackups(module).filter((one) => (serialOf(readFileSync(one, 'utf8')) ?? 0) > serial);
  const known = new Set(addressesIn(text));
  const made = later.slice(0, 1).flatMap((last) => addressesIn(readFileSync(last, 'utf8')));
  if (later.length > 0) {
    mkdirSync(dirname(hidden.restored(module.folder)), { recursive: true });
    writeFileSync(hidden.restored(module.folder), '');
  }
  writeSecret(file, text);
  return { backup, later, made: made.filter((address) => !known.has(address)) };
}

const addressesIn = (text: string): string[] => objectsIn(parseState(text)).map(({ address }) => address);

/**
 * Refuses to plan with an older state that was put back, until what was made after it has been looked for: it would be
 * made a second time.
 *
 * @throws ProblemsError with one line
 */
export function requireAdopted({ stack, folder }: RootModule): void {
  if (!existsSync(hidden.restored(folder))) return;
  refuse(
    stack,
    'has an older state that was put back, and what was made since would be made a second time',
    `\`npm run adopt -- ${stack}\` looks for what exists and takes it over`,
  );
}

/** Takes a lock away whose owner died. */
export async function unlockState(session: Session, module: RootModule, id: string): Promise<void> {
  await ensureInitialized(session, module);
  await terraform(session, module, ['force-unlock', '-force', id]);
}

/** Declares whole what a run left unfinished, so that it is not recreated. */
export async function keepResource(session: Session, module: RootModule, address: string): Promise<void> {
  await ensureInitialized(session, module);
  backUpState(module);
  await terraform(session, module, ['untaint', address]);
  backUpState(module);
}

/** Changes a state by one of Terraform's own commands. */
async function terraform(session: Session, module: RootModule, commands: readonly string[]): Promise<void> {
  await runOrExplain(session, module, commands, `npm run plan -- ${module.stack}`);
}
