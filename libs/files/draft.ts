import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hasEnded } from './has-ended';

/** What is written first and then renamed. `.gitignore` has this ending, and Terraform reads no such file. */
export const draftOf = (file: string): string => `${file}.${process.pid}.draft`;

/** Only its owner may read and write a secret. */
export const secretMode = 0o600;

/** Those that programs are writing to. */
const inUse = new Set<string>();

/** Removes from a folder the drafts of processes that were killed. */
export function removeLeftDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, id] = /\.(\d+)\.draft$/.exec(name) ?? [];
    const draft = join(folder, name);
    if (id !== undefined && !inUse.has(draft) && hasEnded(Number(id)))
      rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Lets another program write a secret: into a folder beside the file that only its owner can enter. It is removed
 * afterwards, or by the next run, with whatever `keepDraft` did not take out of it.
 *
 * @param file what the program writes, in the end
 * @param use gets the path that the program is to write to, which is not there yet
 * @returns what `use` gives
 */
export async function withDraft<Result>(
  file: string,
  use: (draft: string) => Promise<Result>,
): Promise<Result> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  removeLeftDrafts(dirname(file));
  const folder = draftOf(file);
  mkdirSync(folder, { mode: 0o700 });
  inUse.add(folder);
  try {
    return await use(join(folder, basename(file)));
  } finally {
    inUse.delete(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts what a program wrote in the place of the file. Programs choose a mode of their own. */
export function keepDraft(draft: string, file: string): void {
  chmodSync(draft, secretMode);
  renameSync(draft, file);
}
