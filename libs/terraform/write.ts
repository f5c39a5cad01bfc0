import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Json } from './render-value';
import { type TfJson } from './render';

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
  return `${writeAscii(JSON.stringify({ [commentKey]: comment, ...json }, null, 2))}\n`;
}

/**
 * Characters that stand beside a quote or a backslash and may join it in one grapheme: Terraform 1.11 reads JSON by
 * graphemes and then misses where a string ends. Latin letters never join.
 */
const besideQuote = /[^\x00-\x7f\p{Script=Latin}]+(?=["\\])|(?<=["\\])[^\x00-\x7f\p{Script=Latin}]+/gu;

/** `"\u0600"`, as one character, → `"\\u0600"`, as six. */
function writeAscii(json: string): string {
  return json.replace(besideQuote, (run) =>
    Array.from({ length: run.length }, (_, index) => `\\u${run.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
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
 * Writes files below a folder so that each is either as before or as wanted, also when the process is killed. A file
 * that has the wanted content already is not touched.
 *
 * @param root the folder that no file may leave
 * @param files path below the folder → text
 * @returns the paths that were written
 * @throws Error when a path leads out of the folder, before anything is written
 */
export function writeFiles(root: string, files: ReadonlyMap<string, string>): string[] {
  const targets = [...files].map(([path, text]) => ({ path, target: targetBelow(root, path), text }));
  const stale = targets.filter(({ target, text }) => !existsSync(target) || readFileSync(target, 'utf8') !== text);
  for (const { target, text } of stale) replaceFile(target, text);
  return stale.map(({ path }) => path);
}

/** Removes generated files below a folder; files that `formatFile` did not write are kept. */
export function removeGenerated(root: string, paths: readonly string[]): string[] {
  return paths.filter((path) => {
    const target = targetBelow(root, path);
    if (!existsSync(target) || !isGenerated(readFileSync(target, 'utf8'))) return false;
    rmSync(target);
    return true;
  });
}

function targetBelow(root: string, path: string): string {
  mkdirSync(root, { recursive: true });
  const target = resolve(root, path);
  const inside = relative(root, target);
  const leaves = inside === '' || inside.split(sep)[0] === '..' || resolve(inside) === inside;
  if (leaves || !isBelow(realpathSync(root), dirname(target))) {
    throw new Error(`${path}: must be a file below ${root}. Choose a name without "..", and no linked folder.`);
  }
  return target;
}

/** Follows links, so that a linked folder cannot lead out. */
function isBelow(root: string, folder: string): boolean {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const real = realpathSync(existing);
  return real === root || real.startsWith(root + sep);
}

function replaceFile(target: string, text: string): void {
  const folder = dirname(target);
  mkdirSync(folder, { recursive: true });
  removeLeftovers(folder, basename(target));
  // Terraform ignores files whose name starts with a dot.
  const temporary = join(folder, `.${basename(target)}.${process.pid}.new`);
  const file = openSync(temporary, 'w', 0o644);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, target);
}

/** Removes what a killed run may have left beside the file. */
function removeLeftovers(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(`.${name}.`) && entry.endsWith('.new')) rmSync(join(folder, entry), { force: true });
  }
}
