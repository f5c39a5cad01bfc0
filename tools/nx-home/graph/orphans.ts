import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isGenerated } from '@home/terraform';
import { type Place, generatedFile, generatedFolder } from './layout';

/**
 * The generated files of a stack that none of its workloads owns any more. What generate did not write never counts:
 * state, lock files, files of one's own.
 */
export function orphansOf(root: string, stack: string, places: readonly Place[]): string[] {
  const folder = `${generatedFolder}/${stack}`;
  if (!existsSync(join(root, folder))) return [];
  const owned = new Set(places.map(generatedFile));
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.tf.json'))
    .map((name) => `${folder}/${name}`)
    .filter((file) => !owned.has(file) && isGenerated(readFileSync(join(root, file), 'utf8')))
    .sort();
}
