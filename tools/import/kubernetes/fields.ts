import { isPlainObject } from '@home/terraform';
import type { Path } from '../source/read-yaml';

/** The fields of an object of Kubernetes. */
export type Fields = Readonly<Record<string, unknown>>;

/** A part of an object; one that is not there has no fields. */
export const fieldsOf = (value: unknown): Fields => (isPlainObject(value) ? value : {});

/** The items of a list; one that is not there has none. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The items of a list, or the only one. */
export const listOf = (given: unknown): readonly unknown[] =>
  Array.isArray(given) ? itemsOf(given) : given === undefined || given === null ? [] : [given];

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Data with something else in the place of each of its texts. */
export function mapTexts(
  value: unknown,
  map: (text: string, path: Path) => unknown,
  path: Path = [],
): unknown {
  if (typeof value === 'string') return map(value, path);
  if (Array.isArray(value)) return value.map((item: unknown, index) => mapTexts(item, map, [...path, index]));
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).map(([key, one]) => [key, mapTexts(one, map, [...path, key])]);
  return Object.fromEntries(members);
}

/** Data with other fields in each of its objects; `name` tells under which member one stands. */
export function mapFields(
  value: unknown,
  change: (fields: Fields, name: string) => Fields,
  name = '',
): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => mapFields(one, change, name));
  if (!isPlainObject(value)) return value;
  const members = Object.entries(change(value, name)).map(([key, one]) => [key, mapFields(one, change, key)]);
  return Object.fromEntries(members);
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

/** A pod with other containers; `at` leads to one within it. */
export function mapContainers(pod: Fields, change: (container: Fields, at: Path) => Fields): Fields {
  const changed = ['initContainers', 'containers'].flatMap((list) => {
    const containers = pod[list];
    if (!Array.isArray(containers)) return [];
    return [[list, itemsOf(containers).map((one, index) => change(fieldsOf(one), [list, index]))] as const];
  });
  return { ...pod, ...Object.fromEntries(changed) };
}

/**
 * Where each kind that makes pods keeps what it makes them from, from what an app mostly is to what it rarely is. These
 * kinds are what a workload is about.
 */
export const podTemplates: Readonly<Record<string, readonly string[]>> = {
  deployment: ['spec', 'template'],
  statefulset: ['spec', 'template'],
  daemonset: ['spec', 'template'],
  cronjob: ['spec', 'jobTemplate', 'spec', 'template'],
  job: ['spec', 'template'],
  pod: [],
  replicationcontroller: ['spec', 'template'],
};

/** Where a kind keeps its pod. */
export function podPath(kind: string): readonly string[] | undefined {
  const template = podTemplates[kind.toLowerCase()];
  return template && [...template, 'spec'];
}

/** Fields without those that say nothing. */
export const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !saysNothing(value)));

const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (isPlainObject(value) && Object.keys(value).length === 0);
