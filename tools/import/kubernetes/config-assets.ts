import { type Code, Embedded, call, imported, literal } from '../code/code';
import { kebabCase } from '../code/names';
import type { Arguments } from './convert-object';
import { fieldsOf } from './fields';
import type { Group } from './group-objects';
import type { ImportedObject } from './imported-object';

/** A ConfigMap's arguments with its longer texts moved into files beside the workload. */
export interface ConfigAssets {
  readonly given: Arguments;
  /** Path below the workload's folder → content. */
  readonly files: ReadonlyMap<string, string>;
}

/** What would be taken for a part of the workspace, or does not keep its content in git. */
const unfit = /\.(c|m)?tsx?$|^(project|package|nx|tsconfig)\.json$|^\.|^\.\.|\.orig$/;

/**
 * Moves the texts of a ConfigMap that have several lines into files: configuration lies beside a workload as what it
 * is. Files of several ConfigMaps go to a folder for each.
 */
export function configAssets({ manifest, given }: ImportedObject, group: Group): ConfigAssets {
  const entries = manifest.kind === 'ConfigMap' ? Object.entries(fieldsOf(given['data'])) : [];
  const texts = entries.filter(([key, text]) => isFile(key, text));
  if (texts.length === 0) return { given, files: new Map() };
  const maps = group.objects.filter((one) => one.manifest.kind === 'ConfigMap');
  const folder = maps.length === 1 && texts.length < 4 ? '' : `${kebabCase(manifest.name)}/`;
  const names = texts.map(([key]) => literal(key));
  const files = call(imported('@home/kubernetes', 'filesBeside'), folderCode(folder.slice(0, -1)), ...names);
  const rest = entries.filter((one) => !texts.includes(one));
  // `{ ...filesBeside(…), key: 'value' }`
  const members = rest.map(([key, value]) => ({ key, value: literal(String(value)) }));
  const merged: Code = { kind: 'object', members: [{ spread: files }, ...members] };
  return {
    given: { ...given, data: new Embedded(rest.length === 0 ? files : merged) },
    files: new Map(texts.map(([key, text]) => [folder + key, String(text)])),
  };
}

function isFile(key: string, text: unknown): boolean {
  return typeof text === 'string' && text.trimEnd().includes('\n') && !unfit.test(key) && text.isWellFormed();
}

function folderCode(folder: string): Code {
  const here: Code = { kind: 'argument', of: { name: '__dirname' } };
  return folder === '' ? here : call(imported('node:path', 'join'), here, literal(folder));
}
