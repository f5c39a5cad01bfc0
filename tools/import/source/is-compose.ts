import { isPlainObject } from '@home/terraform';
import { basename } from 'node:path';
import type { Source } from './read-source';
import { readYaml } from './read-yaml';

/** Tells a compose file by its name, or by having services without being an object of Kubernetes. */
export function isCompose(source: Source): boolean {
  if (/^(docker-)?compose([.-].*)?\.ya?ml$/.test(basename(source.file))) return true;
  if (!/^["']?services["']?\s*:|^\s*\{/m.test(source.text)) return false;
  const [first] = readYaml(source, '1.2').documents;
  return isPlainObject(first?.value) && isPlainObject(first.value['services']) && !('kind' in first.value);
}
