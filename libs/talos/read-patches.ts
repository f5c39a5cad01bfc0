import type { KubeletSettings } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { parseAllDocuments } from 'yaml';

/** A parsed value that has keys. */
export type Mapping = Readonly<Record<string, unknown>>;

type Documents = readonly (Mapping | undefined)[];

/** The documents of a patch as it stands in the generated file; undefined for what is no YAML mapping. */
export function documentsOf(text: string): Documents {
  const documents = read.get(text) ?? parse(text);
  read.set(text, documents);
  return documents;
}

/** Machines share most of their patches, and each rule looks at all of them. */
const read = new Map<string, Documents>();

function parse(text: string): Documents {
  const documents = parseAllDocuments(text);
  return (Array.isArray(documents) ? documents : []).map((document) => {
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return isPlainObject(value) ? value : undefined;
  });
}

/**
 * What patches together tell a machine's kubelet.
 *
 * @param patches in the order in which Talos merges them
 * @returns undefined when none of them speaks of the kubelet
 */
export function kubeletSettingsIn(patches: readonly string[]): KubeletSettings | undefined {
  const main = patches
    .flatMap(documentsOf)
    .filter((document) => document !== undefined && !('kind' in document));
  const kubelet = at(at(main.reduce<unknown>(merge, {}), 'machine'), 'kubelet');
  return kubelet === undefined ? undefined : ((at(kubelet, 'extraConfig') ?? {}) as KubeletSettings);
}

/**
 * The keys that a machine's configuration encrypts each volume with.
 *
 * @param configuration the rendered configuration, or a patch of one
 * @returns the volume → its keys; volumes that are not encrypted are not there
 */
export function volumeKeysIn(configuration: string): ReadonlyMap<string, readonly unknown[]> {
  const encrypted = documentsOf(configuration).flatMap((document): [string, readonly unknown[]][] => {
    const keys = at(document?.['encryption'], 'keys');
    return document?.['kind'] === 'VolumeConfig' && Array.isArray(keys)
      ? [[String(document['name']), keys]]
      : [];
  });
  return new Map(encrypted);
}

const at = (value: unknown, key: string): unknown => (isPlainObject(value) ? value[key] : undefined);

/** Objects are merged key by key, and everything else takes the place of what was there. */
function merge(base: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch)) return patch;
  const merged = Object.entries(patch).map(([key, value]) => [key, merge(at(base, key), value)]);
  return { ...(isPlainObject(base) ? base : {}), ...Object.fromEntries(merged) };
}
