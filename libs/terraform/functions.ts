import { type Expression, type Value, expression } from './expression';

/**
 * Calls one of Terraform's functions: https://developer.hashicorp.com/terraform/language/functions. Without a type argument
 * the result stands for any, as that of `raw`.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function call<T = any>(name: string, ...given: readonly unknown[]): Expression<NoInfer<T>> {
  const parts = given.flatMap((value, index) => (index === 0 ? [{ value }] : [', ', { value }]));
  return expression({ kind: 'code', parts: [`${name}(`, ...parts, ')'] });
}

type Text = Value<string>;
type Items<T> = Value<readonly Value<T>[]>;
type Members<T> = Value<{ readonly [Key in keyof T]: Value<T[Key]> }>;

export const abspath = (path: Text) => call<string>('abspath', path);
export const base64decode = (text: Text) => call<string>('base64decode', text);
export const base64encode = (text: Text) => call<string>('base64encode', text);
export const base64sha256 = (text: Text) => call<string>('base64sha256', text);
export const can = (value: unknown) => call<boolean>('can', value);
export const coalesce = <T>(...values: readonly Value<T | null>[]) => call<T>('coalesce', ...values);
export const concat = <T>(...lists: readonly Items<T>[]) => call<T[]>('concat', ...lists);
export const contains = <T>(list: Items<T>, item: Value<T>) => call<boolean>('contains', list, item);
export const file = (path: Text) => call<string>('file', path);
export const format = (pattern: Text, ...values: readonly unknown[]) =>
  call<string>('format', pattern, ...values);
export const join = (separator: Text, list: Items<string>) => call<string>('join', separator, list);
export const jsondecode = <T>(text: Text) => call<T>('jsondecode', text);
export const jsonencode = (value: unknown) => call<string>('jsonencode', value);
export const keys = (map: Value<object>) => call<string[]>('keys', map);
export const length = (of: Value<object | string>) => call<number>('length', of);
export const lower = (text: Text) => call<string>('lower', text);
export const merge = <T extends object>(...maps: readonly Members<T>[]) => call<T>('merge', ...maps);
export const nonsensitive = <T>(value: Value<T>) => call<T>('nonsensitive', value);
export const one = <T>(list: Items<T>) => call<T>('one', list);
export const parseint = (text: Text, base: Value<number>) => call<number>('parseint', text, base);
export const replace = (text: Text, pattern: Text, by: Text) => call<string>('replace', text, pattern, by);
export const sensitive = <T>(value: Value<T>) => call<T>('sensitive', value);
export const sha256 = (text: Text) => call<string>('sha256', text);
export const split = (separator: Text, text: Text) => call<string[]>('split', separator, text);
export const substr = (text: Text, offset: Value<number>, count: Value<number>) =>
  call<string>('substr', text, offset, count);
export const tolist = <T>(items: Items<T>) => call<T[]>('tolist', items);
export const tonumber = (value: Value<string | number>) => call<number>('tonumber', value);
export const toset = <T>(items: Items<T>) => call<T[]>('toset', items);
export const tostring = (value: Value<string | number | boolean>) => call<string>('tostring', value);
export const trimspace = (text: Text) => call<string>('trimspace', text);
export const upper = (text: Text) => call<string>('upper', text);
export const values = <T>(map: Members<Record<string, T>>) => call<T[]>('values', map);
export const yamldecode = <T>(text: Text) => call<T>('yamldecode', text);
export const yamlencode = (value: unknown) => call<string>('yamlencode', value);

/** Terraform's `try`, whose name JavaScript keeps for itself. */
export function attempt<T>(...values: readonly Value<T>[]): Expression<T> {
  return call<T>('try', ...values);
}
