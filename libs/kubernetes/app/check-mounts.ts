import { isFolder, mountFault, normalizedFolder } from '@home/home';
import { refuse } from '@home/terraform';
import { dirname } from 'node:path/posix';
import type { AppProps } from '../generated/web-app';
import { databasesOf } from './databases';
import type { Mistake } from './given-props';

/** A folder that a volume is mounted at, and how a message names it. */
interface Mount {
  readonly at: string;
  readonly name: string;
}

/** Checks that no two volumes of an app get in each other's way. */
export function* checkMounts(props: AppProps): Generator<Mistake> {
  const { scratch = [], files = {}, media = {}, config } = props;
  const databases = databasesOf(props);
  const kept = Object.entries({ files, media }).flatMap(([prop, folders]) =>
    Object.keys(folders).map((path) => ({
      prop: `${prop} "${path}"`,
      at: normalizedFolder(path),
      is: prop === 'files' ? 'is kept by files' : 'is read as media',
    })),
  );
  const data = databases.map(({ file }) => ({ at: dirname(file), name: 'the database’s folder' }));
  // Files that are mounted one by one lie among others.
  const settings = config &&
    config.subPath !== true && { at: normalizedFolder(config.mountedAt), name: 'the folder of config' };
  // It is read-only: nothing can be mounted in it.
  if (settings) {
    const others = [
      ...databases.map(({ prop, file }) => ({ prop: `${prop}.file "${file}"`, at: dirname(file) })),
      ...kept,
    ];
    for (const { prop, at } of others.filter((other) => isIn(other.at, settings.at)))
      yield apart(prop, at, settings, 'Mount config elsewhere');
  }
  const taken = new Map<string, string>();
  for (const { prop, at, is } of kept) {
    if (taken.has(at))
      yield { what: `${prop} must be a folder of its own, but ${taken.get(at)}`, remedy: 'Take it out' };
    taken.set(at, is);
  }
  for (const { file } of databases) taken.set(file, 'is the database’s file');
  for (const [index, path] of scratch.entries()) {
    const [prop, at] = [`scratch[${index}] "${path}"`, normalizedFolder(path)];
    const other = taken.get(at);
    const around = [...data, ...(settings ? [settings] : [])].find(
      (mount) => isIn(at, mount.at) || isIn(mount.at, at),
    );
    if (around !== undefined && other === undefined) {
      yield apart(prop, at, around, isIn(at, around.at) ? 'Take it out' : 'Name the folders beside it');
    } else if (other !== undefined) {
      yield { what: `${prop} must be a folder of its own, but ${other}`, remedy: 'Take it out' };
    }
    taken.set(at, 'stands there twice');
  }
}

/**
 * Demands that a volume may be mounted at a path, for constructs whose props no schema checks.
 *
 * @param prop how a message names the path, such as `mountedAt`
 * @throws ProblemsError when it is no folder, or one of the system's
 */
export function demandMountable(where: string, prop: string, path: string): void {
  const fault = isFolder(path) ? mountFault(path) : 'must be the absolute path of a folder';
  if (fault !== undefined) refuse(where, `${prop} "${path}" ${fault}`, 'Write it like "/tmp" or "/etc/app"');
}

/** Tells whether a folder is another one, or lies in it. */
const isIn = (folder: string, other: string): boolean => folder === other || folder.startsWith(`${other}/`);

function apart(prop: string, at: string, { at: other, name }: Mount, remedy: string) {
  const relation =
    at === other ? `is ${name}` : isIn(at, other) ? `lies in ${name} "${other}"` : `holds ${name} "${other}"`;
  return { what: `${prop} must be a folder of its own, but ${relation}`, remedy };
}
