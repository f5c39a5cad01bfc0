import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { draftOf, removeLeftDrafts } from '@home/files';
import { type TfJson } from './file-blocks';
import { isAscii } from '../hcl/escape';
import { type Json } from './render-value';

/** The key of the comment that marks a file as generated; Terraform ignores it in every body. */
const commentKey = '//';

const remade = 'Generated. Do not edit: change the TypeScript and run `npm run generate`.';

/**
 * The text of a generated file. Equal content gives equal bytes.
 *
 * @param json the file's content
 * @param origin what it is made from, such as `apps/workloads/gotify/main.ts`
 */
export function formatFile(json: TfJson, origin: string): string {
  const comment: Json = [remade, `Made from ${origin}.`];
  return writeAscii(`${JSON.stringify({ [commentKey]: comment, ...json }, null, 2)}\n`);
}

/**
 * Characters that stand beside a quote or a backslash and may join it in one grapheme: Terraform 1.11 reads JSON by
 * graphemes and then misses where a string ends. Latin letters never join.
 */
const besideQuote = /[^\x00-\x7f\p{Script=Latin}]+(?=["\\])|(?<=["\\])[^\x00-\x7f\p{Script=Latin}]+/gu;

/** `"\u0600"`, as one character, → `"\\u0600"`, as six. */
function writeAscii(json: string): string {
  if (isAscii(json)) return json;
  // Only with its neighbours, because looking around in the whole text takes as long as all the rest of writing it.
  return json.replace(/[^\x00-\x7f]+/g, (run, at: number) => {
    const end = at + run.length;
    return json
      .slice(at - 1, end + 1)
      .replace(besideQuote, escapeAll)
      .slice(1, -1);
  });
}

function escapeAll(run: string): string {
  const codes = Array.from({ length: run.length }, (_, index) => run.charCodeAt(index));
  return codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('');
}

/** Tells whether a text was written by `formatFile`, and so may be replaced or removed. */
export function isGenerated(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    const comment = typeof json === 'object' && json !== null ? Reflect.get(json, commentKey) : undefined;
    return Array.isArray(comment) && comment[0] === remade;
  } catch {
    return false;
  }
}

/**
 * Tells whether a text was once written by `formatFile`, whatever became of it since: a merge may have left its marks, or
 * a power cut nothing at all. Anything else is somebody's own.
 */
export const wasGenerated = (text: string): boolean => text.trim() === '' || text.includes(remade);

/**
 * Writes files below a folder so that each is either as before or as wanted, also when the process is killed. A file
 * that has the wanted content already is not touched.
 *
 * @param root the folder that no file may leave
 * @param files path below the folder → text
 * @returns the paths that were written
 * @throws Error when a path leads out of the folder, before anything is written
 */
export function writeFiles(root: string, files: ReadonlyMap<string, string>): string[] {
  const targets = targetsBelow(root, [...files.keys()]);
  const stale = [...files].flatMap(([path, text]) => {
    const target = targets.get(path) ?? path;
    return existsSync(target) && readFileSync(target, 'utf8') === text ? [] : [{ path, target, text }];
  });
  const folders = new Set(stale.map(({ target }) => dirname(target)));
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    removeLeftDrafts(folder);
  }
  for (const { target, text } of stale) replaceFile(target, text);
  return stale.map(({ path }) => path);
}

/** Removes generated files below a folder; files that `formatFile` did not write are kept. */
export function removeGenerated(root: string, paths: readonly string[]): string[] {
  const targets = targetsBelow(root, paths);
  return paths.filter((path) => {
    const target = targets.get(path) ?? path;
    if (!existsSync(target) || !isGenerated(readFileSync(target, 'utf8'))) return false;
    rmSync(target);
    return true;
  });
}

/** Path below a folder → the file it leads to. */
function targetsBelow(root: string, paths: readonly string[]): Map<string, string> {
  mkdirSync(root, { recursive: true });
  const realRoot = realpathSync(root);
  const folders = new Map<string, boolean>();
  return new Map(paths.map((path) => [path, targetBelow(path)]));

  function targetBelow(path: string): string {
    const target = resolve(root, path);
    const inside = relative(root, target);
    const leaves = inside === '' || inside.split(sep)[0] === '..' || resolve(inside) === inside;
    if (!leaves && isBelow(dirname(target))) return target;
    throw new Error(
      `${path}: must be a file below ${root}. Choose a name without "..", and no linked folder.`,
    );
  }

  /** Follows links, so that a linked folder cannot lead out. */
  function isBelow(folder: string): boolean {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    let existing = folder;
    while (!existsSync(existing)) existing = dirname(existing);
    const real = realpathSync(existing);
    const below = real === realRoot || real.startsWith(realRoot + sep);
    folders.set(folder, below);
    return below;
  }
}

/** Renaming is atomic. Nothing waits for the disk: that takes 2 ms a file, and git has what a power cut destroys. */
function replaceFile(target: string, text: string): void {
  const draft = draftOf(target);
  try {
    writeFileSync(draft, text);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
