import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStack, readHouse } from '@tools/nx-home/graph';
import { type Removal, findRemoval } from './find-removal';

/** Where files are deleted and written: the disk, or what Nx shows before it touches it. Paths are in the workspace. */
export interface Files {
  delete(path: string): void;
  write(path: string, text: string): void;
}

/**
 * Removes stacks and workloads with all that needs them: their folders, and what Renovate is told of their images. Their
 * generated files, and their place on the README's map, go when the home is generated the next time.
 *
 * @param root the workspace
 * @param names of stacks and workloads
 * @returns what goes
 * @throws ProblemsError when a name is nobody's, or a stack that stays imports what goes; nothing is removed then
 */
export function removeFromHome(root: string, names: readonly string[], files: Files): Removal {
  const removal = findRemoval(readHouse(root), names);
  const images = imagesOf(root, removal);
  for (const place of removal.gone) files.delete(isStack(place) ? place.file : place.where);
  rewrite(root, 'renovate.json', files, (text) => withoutImages(text, images));
  return removal;
}

function rewrite(root: string, file: string, files: Files, change: (text: string) => string): void {
  if (!existsSync(join(root, file))) return;
  const text = readFileSync(join(root, file), 'utf8');
  const changed = change(text);
  if (changed !== text) files.write(file, changed);
}

/** The images that go: without tag, as Renovate names them. */
function imagesOf(root: string, { gone, kept }: Removal): string[] {
  const named = (file: string): string[] =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/image: '([^']+?)(?::[^/:']+)?(?:@[^']*)?'/g)].map(
      ([, name = '']) => name,
    );
  const needed = new Set(kept.flatMap(({ file }) => named(file)));
  return gone.flatMap(({ file }) => named(file)).filter((image) => !needed.has(image));
}

interface Renovate {
  readonly packageRules: readonly { readonly matchPackageNames?: readonly string[] }[];
}

/** A rule that is about nothing else goes as well. */
function withoutImages(text: string, images: readonly string[]): string {
  const settings = JSON.parse(text) as Renovate;
  const rules = settings.packageRules.map((rule) => {
    const { matchPackageNames: names } = rule;
    if (names?.some((name) => images.includes(name)) !== true) return rule;
    return { ...rule, matchPackageNames: names.filter((name) => !images.includes(name)) };
  });
  const packageRules = rules.filter(({ matchPackageNames }) => matchPackageNames?.length !== 0);
  const isSame = rules.every((rule, index) => rule === settings.packageRules[index]);
  return isSame ? text : `${JSON.stringify({ ...settings, packageRules }, null, 2)}\n`;
}
