import type { BlockSchema } from '@home/providers';
import type { Arguments } from './convert-object';
import { type Fields, itemsOf } from './fields';
import type { FieldType, ObjectType } from './kubernetes-types';
import { matchFields } from './match-fields';
import { isPlainObject } from '@home/terraform';

/** Gives a value that is no list and no object the form that a field of Kubernetes has. */
export type RestoreValue = (value: unknown, kind: FieldType['kind']) => unknown;

/**
 * Turns the arguments of a provider's block into the object of Kubernetes that it makes: the opposite of
 * `convertObject`. Arguments that Kubernetes has no field for, such as `wait_for_rollout`, keep their names.
 *
 * @param type what Kubernetes knows of the object
 * @param block what the provider knows of it
 * @param given nested blocks are lists of bodies, as HCL has them
 */
export function restoreObject(
  type: ObjectType,
  block: BlockSchema,
  given: Arguments,
  restore: RestoreValue,
): Fields {
  const matches = [...matchFields(type, block)];
  const restored = matches.flatMap(([field, match]): [string, unknown][] => {
    const [inner]: readonly unknown[] = match.within === undefined ? [given] : itemsOf(given[match.within]);
    const value = isPlainObject(inner) ? inner[match.name] : undefined;
    const fieldType = type.fields.get(field);
    if (value === undefined || value === null || fieldType === undefined) return [];
    if ('attribute' in match) return [[field, restoreMembers(fieldType, value, restore)]];
    const item = fieldType.kind === 'list' ? fieldType.of : fieldType;
    const bodies = itemsOf(value).map((body) =>
      item.kind === 'object' && isPlainObject(body)
        ? restoreObject(item.of, match.nested.block, body, restore)
        : body,
    );
    return [[field, fieldType.kind === 'list' || bodies.length > 1 ? bodies : bodies[0]]];
  });
  const taken = new Set(matches.map(([, { name, within }]) => within ?? name));
  const others = Object.entries(given).filter(([name, value]) => !taken.has(name) && value !== null);
  return Object.fromEntries([...others, ...restored]);
}

function restoreMembers(type: FieldType, value: unknown, restore: RestoreValue): unknown {
  const inner = type.kind === 'list' || type.kind === 'map' ? type.of : type;
  if (Array.isArray(value)) return value.map((item: unknown) => restoreMembers(inner, item, restore));
  if (!isPlainObject(value)) return restore(value, type.kind);
  const members = Object.entries(value).map(([key, one]) => [key, restoreMembers(inner, one, restore)]);
  return Object.fromEntries(members);
}
