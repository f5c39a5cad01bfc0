import { isPlainObject } from '@home/terraform';
import { type Difference, differences } from './differences';

/** What became of one address of a generated file. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'removed';
  /** Terraform's address, such as `kubernetes_service_v1.gotify`; `provider.minio` and the like for other blocks. */
  readonly address: string;
  /** Argument → before and after, for a changed address. */
  readonly details: readonly Difference[];
}

type Json = unknown;

/** The kinds of blocks whose addresses have two names below their kind. */
const typed = new Set(['resource', 'data', 'ephemeral']);

/**
 * Compares two versions of a generated file, address by address.
 *
 * @param before the former content; undefined when the file is new
 * @param after the content now; undefined when the file is gone
 * @returns the changes, sorted by address; none for files that mean the same
 */
export function compareFiles(before: Json, after: Json): Change[] {
  const old = addresses(before);
  const now = addresses(after);
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((address): Change[] => {
    if (!now.has(address)) return [{ kind: 'removed', address, details: [] }];
    if (!old.has(address)) return [{ kind: 'added', address, details: [] }];
    const details = differences(old.get(address), now.get(address), '');
    return details.length === 0 ? [] : [{ kind: 'changed', address, details }];
  });
}

/** `{ resource: { T: { L: body } } }` → `T.L` → body */
function addresses(file: Json): Map<string, Json> {
  const found = new Map<string, Json>();
  for (const [kind, below] of members(file)) {
    if (kind === '//') continue;
    if (!isPlainObject(below)) {
      found.set(kind, below);
      continue;
    }
    for (const [name, body] of members(below)) {
      if (!typed.has(kind)) found.set(`${kind}.${name}`, body);
      else for (const [label, inner] of members(body)) found.set(addressOf(kind, name, label), inner);
    }
  }
  return found;
}

const addressOf = (kind: string, type: string, label: string): string =>
  kind === 'resource' ? `${type}.${label}` : `${kind}.${type}.${label}`;

const members = (value: Json): [string, Json][] => (isPlainObject(value) ? Object.entries(value) : []);
