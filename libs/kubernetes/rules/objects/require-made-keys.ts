import { type Rule, isPlainObject } from '@home/terraform';
import { referencesIn } from '../../read/object-references';
import { type KubernetesObject, objectsIn, placeOf } from '../../read/objects';
import { quoteNames } from '../quote-names';

/** Every key of a ConfigMap or Secret that a pod names is in its data. */
export const requireMadeKeys: Rule = {
  name: 'require-made-keys',
  check: (home) =>
    referencesIn(home).flatMap(({ from, kind, namespace, name, keys }) => {
      const object = keys.length === 0 ? undefined : objectsIn(home).find(kind, namespace, name);
      const has = object && keysOf(object);
      if (object === undefined || has === undefined) return [];
      return keys
        .filter((key) => typeof key === 'string' && !has.includes(key))
        .map((key) => ({
          where: placeOf(from),
          what: `key "${String(key)}" must be in ${placeOf(object.owned)}, which has ${quoteNames(has, 'no keys')}`,
          remedy: 'Name one that is there, or add it there',
        }));
    }),
};

/** The keys of an object's data; undefined when not all of them are known. */
function keysOf({ owned, body }: KubernetesObject): string[] | undefined {
  if (owned.block.kind !== 'resource' || body['type'] === 'kubernetes.io/service-account-token')
    return undefined;
  const maps = ['data', 'binary_data', 'data_wo', 'binary_data_wo'].map((member) => body[member] ?? {});
  return maps.every(isPlainObject) ? maps.flatMap((map) => Object.keys(map)) : undefined;
}
