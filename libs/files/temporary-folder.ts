import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onExit } from 'signal-exit';
import { hasEnded } from './has-ended';

/**
 * Holds who answers for the folders of a command, of all that it starts, and of the workers of a test run: the first of
 * those processes. What one of them leaves when it is killed goes with that one.
 */
const ownerVariable = 'HOME_TEMPORARY_FOLDERS_OF';

/** `home-NAMESPACE.PROCESS.RANDOM`: in another namespace of processes nobody can tell whether that one still lives. */
const namePattern = /^home-(\d+)\.(\d+)\.\w{6}$/;

/** The mark of a folder that its owner leaves to be looked at, and the next run removes. */
const keptMark = 'kept-until-the-next-run';

/** Where this process answers for temporary folders. */
const places = new Set<string>();

/**
 * Makes a folder that its owner alone can enter. It goes when the command ends, however that is; what a killed one left,
 * the next one removes.
 *
 * @param place where; the system's folder for temporary files, if left out
 * @returns its path, without links
 */
export function makeTemporaryFolder(place: string = tmpdir()): string {
  mkdirSync(place, { recursive: true });
  return mkdtempSync(join(realpathSync(place), `home-${ownTemporaryFolders(place)}.`));
}

/**
 * Makes a temporary folder for something, and removes it when that is over.
 *
 * @returns what `use` gives
 */
export async function withTemporaryFolder<Result>(
  use: (folder: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = makeTemporaryFolder();
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Leaves a temporary folder to be looked at: only the next run removes it. */
export function keepTemporaryFolder(folder: string): void {
  writeFileSync(join(folder, keptMark), '');
}

/**
 * Answers for all temporary folders of this process and those that it starts, unless one that started it does.
 *
 * @param place where they lie; the system's folder for temporary files, if left out
 * @returns who answers, as names of folders have it
 */
export function ownTemporaryFolders(place: string = tmpdir()): string {
  const own = `${processNamespace()}.${process.pid}`;
  const owner = (process.env[ownerVariable] ??= own);
  if (owner !== own || places.has(place)) return owner;
  removeFolders(place, (name) => {
    const [, namespace, id] = namePattern.exec(name) ?? [];
    return namespace === processNamespace() && hasEnded(Number(id));
  });
  if (places.size === 0) onExit(() => places.forEach(removeOwn), { alwaysLast: true });
  places.add(place);
  return owner;
}

const removeOwn = (place: string): void =>
  removeFolders(
    place,
    (name) =>
      name.startsWith(`home-${processNamespace()}.${process.pid}.`) &&
      !existsSync(join(place, name, keptMark)),
  );

/**
 * Does something when this process ends, by itself or by a signal, before its temporary folders go.
 *
 * @param act may wait for nothing
 * @returns forgets it again
 */
export const atExit = (act: () => void): (() => void) => onExit(act);

/** Linux numbers them; elsewhere there is one. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '0';
  }
}

/** Removes some of our temporary folders, and no link or file of their name, which anybody may make there. */
function removeFolders(place: string, isOver: (name: string) => boolean): void {
  for (const name of readdirSync(place).filter((one) => namePattern.test(one) && isOver(one))) {
    const path = join(place, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found?.isDirectory() || found.uid !== process.getuid?.()) continue;
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // What somebody holds on to goes the next time.
    }
  }
}
