import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainObject, writeFiles, refuse } from '@home/terraform';

/** The committed list of what must not be destroyed by accident: stack → addresses. */
export type PreciousList = Readonly<Record<string, readonly string[]>>;

const file = 'precious.json';
const comment = [
  'What must not be destroyed by accident, also once nobody describes it any more.',
  'npm run apply and npm run deploy add to it; only `npm run precious -- release STACK ADDRESS` takes away. Commit it.',
];

/**
 * Reads the list from `terraform/precious.json`; empty where there is none yet.
 *
 * @throws ProblemsError when the file is damaged, since then nobody knows what it protected
 */
export function readPrecious(root: string): PreciousList {
  const path = join(root, 'terraform', file);
  if (!existsSync(path)) return {};
  const list = parse(readFileSync(path, 'utf8'));
  if (list !== undefined) return list;
  refuse(
    `terraform/${file}`,
    'must be JSON: {"stack": ["address", …]}',
    'Get it back with `git checkout`; nothing is planned without it',
  );
}

/** Adds what a stack now describes as precious; tells whether anything was new. */
export function addPrecious(root: string, stack: string, addresses: readonly string[]): boolean {
  const list = readPrecious(root);
  const known = list[stack] ?? [];
  const all = [...new Set([...known, ...addresses])];
  if (all.length === known.length) return false;
  write(root, { ...list, [stack]: all });
  return true;
}

/** Takes an address off the list, on its owner's explicit word; false when it is not on it. */
export function releasePrecious(root: string, stack: string, address: string): boolean {
  const list = readPrecious(root);
  const known = list[stack] ?? [];
  if (!known.includes(address)) return false;
  write(root, { ...list, [stack]: known.filter((one) => one !== address) });
  return true;
}

function write(root: string, list: PreciousList): void {
  const entries = Object.entries(list).filter(([, addresses]) => addresses.length > 0);
  const sorted = entries.sort().map(([stack, addresses]) => [stack, [...addresses].sort()]);
  const text = JSON.stringify({ '//': comment, ...Object.fromEntries(sorted) }, null, 2);
  writeFiles(join(root, 'terraform'), new Map([[file, `${text}\n`]]));
}

function parse(text: string): PreciousList | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (!isPlainObject(json)) return undefined;
    const { '//': _, ...list } = json;
    return isList(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

const isList = (value: Readonly<Record<string, unknown>>): value is PreciousList =>
  Object.values(value).every(
    (one) => Array.isArray(one) && one.every((address) => typeof address === 'string'),
  );
