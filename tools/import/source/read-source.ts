import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
export async function readSources(
  from: string,
  wanted: (name: string) => boolean,
): Promise<{ sources: Source[]; problems: Problem[] }> {
  const problems: Problem[] = [];
  const read =
    from === '-'
      ? [decode(await readStandardInput(), standardInput)]
      : filesBelow(from, wanted, problems).map(readFile);
  const sources = read.flatMap((one) => ('text' in one ? one : []));
  return { sources, problems: [...problems, ...read.flatMap((one) => ('what' in one ? one : []))] };
}

function filesBelow(path: string, wanted: (name: string) => boolean, problems: Problem[]): string[] {
  if (!existsSync(path)) {
    problems.push({
      where: path,
      what: 'must be a file, a folder or "-", but does not exist',
      remedy: 'Check the path after --from',
    });
    return [];
  }
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory() && !skipped.has(entry.name))
        return filesBelow(join(path, entry.name), wanted, problems);
      return entry.isFile() && wanted(entry.name) ? [join(path, entry.name)] : [];
    });
}

function readFile(path: string): Source | Problem {
  return statSync(path).size > largest ? tooLarge(path) : decode(readFileSync(path), path);
}

/** What comes on standard input; no more than shows that it is too much. */
async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunks.at(-1)?.length ?? 0;
    if (size > largest) break;
  }
  return Buffer.concat(chunks);
}

/** The text that bytes are; undefined for what is no text. */
export function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text that a file holds, without a byte order mark and with lines that end as those of a home do. */
export const textOfFile = (bytes: Uint8Array): string | undefined =>
  textIn(bytes)
    ?.replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');

function decode(bytes: Buffer, file: string): Source | Problem {
  if (bytes.length > largest) return tooLarge(file);
  const text = textOfFile(bytes);
  if (text !== undefined) return { file, text };
  const line = bytes.toString('utf8').split('\uFFFD', 1).join('').split('\n').length;
  return { where: `${file}:${line}`, what: 'must be UTF-8', remedy: 'Save it as UTF-8 and import it again' };
}

const tooLarge = (where: string): Problem => ({
  where: `${where}:1`,
  what: `must have at most ${largest >> 20} MB, but has more`,
  remedy: where.endsWith('.tf')
    ? 'Split it into several files of the same folder'
    : 'Split it at its "---" lines, and import the parts one after the other',
});
