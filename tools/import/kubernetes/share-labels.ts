import { isPlainObject } from '@home/terraform';
import { type Definition, Embedded, data, use } from '../code/code';
import type { Arguments } from './convert-object';
import type { ImportedObject } from './imported-object';

/** Labels that stand in many places of a workload, as a `const` of their own. */
export interface SharedLabels {
  readonly definitions: readonly Definition[];
  /** Puts the `const` where its labels stand. */
  apply(given: Arguments): Arguments;
}

type Labels = Readonly<Record<string, string>>;

const places = new Set(['labels', 'match_labels', 'selector']);

/** Finds the labels that a workload repeats: those of its objects, and those that it selects pods by. */
export function shareLabels(objects: readonly ImportedObject[]): SharedLabels {
  const counts = new Map<string, { labels: Labels; selects: boolean; count: number }>();
  const count = (labels: Labels, key: string): void => {
    const text = JSON.stringify(labels);
    const known = counts.get(text);
    const selects = key !== 'labels' || known?.selects === true;
    counts.set(text, { labels, selects, count: (known?.count ?? 0) + 1 });
  };
  for (const { given } of objects) mapLabels(given, count);
  const repeated = [...counts.values()].filter((one) => one.count > 1 && Object.keys(one.labels).length > 0);
  const [most, ...others] = repeated.sort((one, other) => other.count - one.count);
  const selector = others.find((one) => one.selects && !most?.selects);
  const definitions = [
    ...(most === undefined ? [] : [constant('labels', most.labels)]),
    ...(selector === undefined ? [] : [constant('selector', selector.labels)]),
  ];
  return {
    definitions: definitions.map(({ definition }) => definition),
    apply: (given) => mapLabels(given, (labels) => shorten(labels, definitions)),
  };
}

/** A `const` and the labels it stands for. */
interface Constant {
  readonly definition: Definition;
  readonly labels: Labels;
}

const constant = (wish: string, labels: Labels): Constant => ({
  labels,
  definition: { wish, code: data(labels), exports: false },
});

/** Arguments with something else where labels stand. */
const mapLabels = (given: Arguments, map: (labels: Labels, key: string) => unknown): Arguments => {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    return isPlainObject(value) ? mapLabels(value, map) : value;
  };
  const members = Object.entries(given).map(([key, member]) => [
    key,
    places.has(key) && isLabels(member) ? map(member, key) : inside(member),
  ]);
  return Object.fromEntries(members);
};

/** The labels themselves, the `const` that holds them, or one that holds most of them with the rest beside it. */
function shorten(labels: Labels, constants: readonly Constant[]): unknown {
  const entries = Object.entries(labels);
  const equal = constants.find((one) => sameLabels(one.labels, labels));
  if (equal !== undefined) return new Embedded(use(equal.definition));
  const part = constants.find(
    (one) =>
      Object.keys(one.labels).length > 1 &&
      Object.entries(one.labels).every(([key, value]) => labels[key] === value),
  );
  if (part === undefined) return labels;
  const rest = entries.filter(([key]) => !(key in part.labels));
  const members = rest.map(([key, value]) => ({ key, value: data(value) }));
  return new Embedded({ kind: 'object', members: [{ spread: use(part.definition) }, ...members] });
}

const sameLabels = (one: Labels, other: Labels): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => other[key] === value);

const isLabels = (value: unknown): value is Labels =>
  isPlainObject(value) && Object.values(value).every((label) => typeof label === 'string');
