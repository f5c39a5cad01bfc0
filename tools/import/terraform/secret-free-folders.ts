import type { Folder } from './find-folders';
import { localModule } from './find-folders';
import { type ModuleSecrets, type WithoutSecrets, takeSecrets } from './take-secrets';

/** A module without what is secret in it. */
export interface SecretFreeFolder extends Folder, Omit<WithoutSecrets, 'blocks'> {}

/** Takes secret values out of all modules; one that calls others is given the variables that these now have. */
export function withoutSecrets(folders: ReadonlyMap<string, Folder>): Map<string, SecretFreeFolder> {
  const done = new Map<string, SecretFreeFolder>();
  const visit = (path: string): ModuleSecrets | undefined => {
    const known = done.get(path);
    const folder = folders.get(path);
    if (known !== undefined || folder === undefined) return known;
    const free = takeSecrets(folder.blocks, (call) => localModule(call, path).map(visit)[0]);
    done.set(path, { ...folder, ...free });
    return free;
  };
  for (const path of folders.keys()) visit(path);
  return done;
}
