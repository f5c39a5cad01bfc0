import { stringify } from 'yaml';
import type { Deletion, MachinePatch } from './machine-patches';

/** A patch as Talos reads it; YAML, so that a plan shows it line by line. */
export function patchText(patch: MachinePatch): string {
  return stringify('delete' in patch ? deletion(patch) : patch, { lineWidth: 0 });
}

/** `['machine', 'features']` → `{ machine: { features: { $patch: 'delete' } } }` */
function deletion({ delete: path }: Deletion): object {
  return path.reduceRight<object>((inner, step) => ({ [step]: inner }), { $patch: 'delete' });
}
