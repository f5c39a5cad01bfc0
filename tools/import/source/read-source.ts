import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Problem } from '@home/terraform';

/** A file that is to be imported, or what came on standard input. */
export interface Source {
  /** As messages name it. */
  readonly file: string;
  readonly text: string;
}

/** How messages name what came on standard input. */
export const standardInput = 'standard input';

/** Larger files take minutes to parse; an object of Kubernetes holds 1.5 MB at most. */
const largest = 16 * 1024 * 1024;

/** Folders that hold other people's or generated files. */
const skipped = new Set(['node_modules', '.git', '.terraform', '.terragrunt-cache']);

/**
 * Reads what `--from` names.
 *
 * @param from a file, a folder with everything below it, or `-` for standard input
 * @param wanted tells by its name whether a file of a folder counts
 * @returns the sources in alphabetical order, and what keeps some from being read
 */
export function readSources(
  from: string,
  wanted: (name: string) => boolean,
): { sources: Source[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const sources: Source[] = [];
  for (const path of from === '-' ? ['-'] : filesBelow(from, wanted, problems)) {
    const read = readText(path);
    if (typeof read === 'string') sources.push({ file: nameOf(path), text: read });
    else problems.push(read);
  }
  return { sources, problems };
}

const nameOf = (path: string): string => (path === '-' ? standardInput : path);

function filesBelow(path: string, wanted: (name: string) => boolean, problems: Problem[]): string[] {
  if (!existsSync(path)) {
    problems.push({
      where: path,
      what: 'must be a file, a folder or "-", but is not there',
      remedy: 'Check the path after --from',
    });
    return [];
  }
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory() && !skipped.has(entry.name))
        return filesBelow(join(path, entry.name), wanted, []);
      return entry.isFile() && wanted(basename(entry.name)) ? [join(path, entry.name)] : [];
    });
}

/** The text of a file, without a byte order mark. */
function readText(path: string): string | Problem {
  const where = nameOf(path);
  if (path !== '-' && statSync(path).size > largest) return tooLarge(where, statSync(path).size);
  const bytes = readFileSync(path === '-' ? 0 : path);
  if (bytes.length > largest) return tooLarge(where, bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = 1 + bytes.subarray(0, firstInvalid(bytes)).filter((byte) => byte === 10).length;
    return {
      where: `${where}:${line}`,
      what: 'must be UTF-8',
      remedy: 'Save it as UTF-8 and import it again',
    };
  }
}

const tooLarge = (where: string, size: number): Problem => ({
  where: `${where}:1`,
  what: `must be at most ${largest >> 20} MB, but has ${Math.round(size / (1 << 20))} MB`,
  remedy: 'Split it at its "---" lines, and import the parts one after the other',
});

/** The place of the first byte that is not UTF-8. */
function firstInvalid(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      decoder.decode(bytes.subarray(0, middle + 1), { stream: true });
      low = middle + 1;
    } catch {
      high = middle;
    }
  }
  return low;
}
