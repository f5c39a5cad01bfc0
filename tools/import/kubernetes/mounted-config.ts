import { type Fields, fieldsOf, hasOnly, itemsOf, onlyItem } from './fields';
import type { AppObject } from './web-app-shape';

/** A ConfigMap whose texts a container reads as the files of a folder. */
export interface Mounted<Part> {
  readonly object: Part;
  readonly mountedAt: string;
}

/**
 * The ConfigMap that is all that a container mounts.
 *
 * @returns undefined when it mounts nothing; `unfit` when it mounts anything else, or only a part
 */
export function findConfig<Part extends AppObject>(
  pod: Fields,
  container: Fields,
  objects: readonly Part[],
): Mounted<Part> | undefined | 'unfit' {
  const volumes = itemsOf(pod['volumes']);
  const mounts = itemsOf(container['volumeMounts']);
  if (volumes.length === 0 && mounts.length === 0) return undefined;
  const volume = onlyItem(volumes);
  const mount = onlyItem(mounts);
  const source = fieldsOf(volume?.['configMap']);
  const object = objects.find(
    ({ manifest }) => manifest.kind === 'ConfigMap' && manifest.name === source['name'],
  );
  const mountedAt = mount?.['mountPath'];
  if (volume === undefined || mount === undefined || object === undefined || typeof mountedAt !== 'string')
    return 'unfit';
  const isPlain =
    hasOnly(volume, ['name', 'configMap']) &&
    hasOnly(source, ['name']) &&
    hasOnly(mount, ['name', 'mountPath', 'readOnly']) &&
    hasOnly(object.manifest.value, ['apiVersion', 'kind', 'metadata', 'data']) &&
    hasOnly(fieldsOf(object.manifest.value['metadata']), ['name', 'namespace', 'labels']);
  return isPlain ? { object, mountedAt } : 'unfit';
}
