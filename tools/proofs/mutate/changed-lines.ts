import { readProgram } from '@home/command';

/** Lines of a file, the first and the last one. */
export type Lines = readonly [first: number, last: number];

/**
 * The lines that are new or changed since a revision, by file.
 *
 * @param revision as git knows it; the work tree is compared with where it and HEAD parted
 * @throws Error when git does not know it
 */
export async function changedLines(
  root: string,
  revision: string,
): Promise<ReadonlyMap<string, readonly Lines[]>> {
  const options = ['--unified=0', '--no-color', '--no-ext-diff', '--no-prefix', '--merge-base'];
  return linesIn(await readProgram('git', ['-C', root, 'diff', ...options, revision, '--']));
}

/** Reads what `git diff --unified=0 --no-prefix` prints; a place where lines were only taken away counts by the next one. */
export function linesIn(diff: string): Map<string, Lines[]> {
  const changed = new Map<string, Lines[]>();
  let file = '';
  for (const line of diff.split('\n')) {
    file = /^\+\+\+ (.+?)\t?$/.exec(line)?.[1] ?? file;
    const [, first, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (first === undefined) continue;
    const begin = Math.max(1, Number(first));
    const lines: Lines = [begin, Math.max(begin, begin + Number(count) - 1)];
    changed.set(file, [...(changed.get(file) ?? []), lines]);
  }
  return changed;
}
