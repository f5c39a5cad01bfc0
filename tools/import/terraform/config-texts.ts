import { Computed } from '../kubernetes/computed';
import { fieldsOf } from '../kubernetes/fields';
import type { BlockObject } from './block-objects';
import { fileIn } from './convert-tree';
import { splitTemplate } from './split-template';

/** What a file of configuration holds: a text that is written out, or a file of the module's folder. */
export type ConfigText = { readonly text: string } | { readonly file: string };

/**
 * The files of a ConfigMap, as far as they are known before Terraform runs.
 *
 * @returns undefined when only Terraform knows one of them
 */
export function configTexts({ manifest, written }: BlockObject): ReadonlyMap<string, ConfigText> | undefined {
  const found = Object.entries(fieldsOf(manifest.value['data'])).map(
    ([key, value]) => [key, configText(value, written(['data', key]))] as const,
  );
  const known = found.flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const]));
  return known.length === found.length ? new Map(known) : undefined;
}

function configText(known: unknown, written: unknown): ConfigText | undefined {
  if (typeof known === 'string') return { text: known };
  const parts = typeof written === 'string' ? splitTemplate(written) : [];
  const [only, ...more] = parts;
  if (only?.kind === 'text' && more.length === 0) return { text: only.text };
  const call = known instanceof Computed ? /^\$\{file\((.+)\)\}$/s.exec(known.source)?.[1] : undefined;
  const file = call === undefined ? undefined : fileIn(call);
  return file === undefined ? undefined : { file };
}
