import { isPlainObject } from '@home/terraform';
import type { Path } from '../source/read-yaml';
import { Computed } from './computed';

/** The fields of an object of Kubernetes. */
export type Fields = Readonly<Record<string, unknown>>;

/** A part of an object; one that is not there has no fields. */
export function fieldsOf(value: unknown): Fields {
  if (value instanceof Computed) return { '': value };
  return isPlainObject(value) ? value : {};
}

/** The items of a list; one that is not there has none. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The one item of a list that has one item. */
export function onlyItem(value: unknown): Fields | undefined {
  const [only, ...more] = itemsOf(value);
  return isPlainObject(only) && more.length === 0 ? only : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What stands at a place; undefined where nothing does. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((at, step) => (typeof step === 'number' ? itemsOf(at)[step] : fieldsOf(at)[step]), value);

/** A text, or what Terraform makes one of. */
export function textOrComputed(value: unknown): string | Computed | undefined {
  return value instanceof Computed ? value : textOf(value);
}

/** Whether an object says nothing besides some fields; an empty value says nothing. */
export const hasOnly = (fields: Fields, names: readonly string[]): boolean =>
  Object.entries(fields).every(([name, value]) => names.includes(name) || isEmpty(value));

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return (
    value === null || value === undefined || (isPlainObject(value) && Object.values(value).every(isEmpty))
  );
}

/** Fields with another part at a place; as they are where nothing stands there. */
export function changeAt(
  value: Fields,
  [step, ...rest]: readonly string[],
  change: (part: Fields) => Fields,
): Fields {
  if (step === undefined) return change(value);
  if (value[step] === undefined) return value;
  return { ...value, [step]: changeAt(fieldsOf(value[step]), rest, change) };
}
