import { stringify } from 'yaml';
import type { Deletion, MachinePatch } from './machine-patches';

/**
 * A patch as Talos reads it; YAML, so that a plan shows it line by line. Version 1.1, in which `off` is quoted, since Go's
 * parser takes a bare one for false where it may.
 */
export function patchText(patch: MachinePatch): string {
  return stringify('delete' in patch ? deletion(patch) : patch, { lineWidth: 0, version: '1.1' });
}

/** `['machine', 'features']` → `{ machine: { features: { $patch: 'delete' } } }` */
function deletion({ delete: path }: Deletion): object {
  return path.reduceRight<object>((inner, step) => ({ [step]: inner }), { $patch: 'delete' });
}
