import { isPlainObject } from '@home/terraform';
import type { Change } from './plan-json';

/** One argument that differs between what is and what shall be. */
export interface ArgumentChange {
  /** `spec[0].template[0].spec[0].container[0].image` */
  readonly path: string;
  /** Left out where there was none, or where it is nobody's business. */
  readonly old?: unknown;
  readonly new?: unknown;
  /** Both values are hidden. */
  readonly sensitive?: true;
  /** The new value is known only after the change. */
  readonly unknown?: true;
}

export type Step = string | number;

interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly sensitive: readonly unknown[];
}

/**
 * The arguments that a change sets to another value: the deepest that differ, and no value that is sensitive.
 *
 * @param isSet whether the configuration sets what a path leads to. What it does not set and nobody knows beforehand
 *   (an `id`, a `resource_version`) is no argument, and left out
 */
export function argumentChanges(
  change: Change,
  isSet: (path: readonly Step[]) => boolean = () => true,
): ArgumentChange[] {
  const { before, after, after_unknown: unknown, before_sensitive: was, after_sensitive: is } = change;
  return differences([], { before, after, unknown, sensitive: [was, is] }, isSet);
}

/** A path as Terraform writes it: `spec[0].labels["app.kubernetes.io/name"]`. */
export function formatPath(steps: readonly Step[]): string {
  return steps
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

function differences(
  path: readonly Step[],
  sides: Sides,
  isSet: (path: readonly Step[]) => boolean,
): ArgumentChange[] {
  const { before, after, unknown, sensitive } = sides;
  if (unknown !== true && equal(before, after) && !holdsTrue(unknown)) return [];
  if (unknown === true && !isSet(path)) return [];
  if (sensitive.some((mark) => mark === true)) return [{ path: formatPath(path), sensitive: true }];
  if (unknown === true) {
    return [{ path: formatPath(path), ...side('old', hidden(before, sensitive)), unknown: true }];
  }
  if (isText(before) && isText(after)) {
    return changedLines(formatPath(path), before.split('\n'), after.split('\n'));
  }
  const steps = commonSteps(before, after, unknown);
  if (steps === undefined) {
    return [
      {
        path: formatPath(path),
        ...side('old', hidden(before, sensitive)),
        ...side('new', hidden(after, sensitive)),
      },
    ];
  }
  return steps.flatMap((step) =>
    differences(
      [...path, step],
      {
        before: at(before, step),
        after: at(after, step),
        unknown: at(unknown, step),
        sensitive: sensitive.map((mark) => at(mark, step)),
      },
      isSet,
    ),
  );
}

/** The members to look into, when both sides have some; lists of plain values are shown as a whole. */
function commonSteps(before: unknown, after: unknown, unknown: unknown): Step[] | undefined {
  if (isPlainObject(before) && isPlainObject(after)) {
    return [
      ...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(Object(unknown))]),
    ].sort();
  }
  if (
    Array.isArray(before) &&
    Array.isArray(after) &&
    [...before, ...after].every((item) => typeof item === 'object')
  ) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
  }
  return undefined;
}

const side = (name: 'old' | 'new', value: unknown): object =>
  value === undefined || value === null ? {} : { [name]: value };

/** A value without its sensitive parts. */
function hidden(value: unknown, marks: readonly unknown[]): unknown {
  if (marks.some((mark) => mark === true)) return '(sensitive)';
  if (Array.isArray(value))
    return value.map((item, index) =>
      hidden(
        item,
        marks.map((mark) => at(mark, index)),
      ),
    );
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      hidden(
        item,
        marks.map((mark) => at(mark, key)),
      ),
    ]),
  );
}

function at(value: unknown, step: Step): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isPlainObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** Nothing, an empty list and an empty map are the same to Terraform's providers. */
function equal(one: unknown, other: unknown): boolean {
  if (isNothing(one) && isNothing(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const holdsTrue = (value: unknown): boolean =>
  value === true || (typeof value === 'object' && value !== null && Object.values(value).some(holdsTrue));

const isText = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

/** Of a text the lines between the common beginning and the common end: `data.Corefile:3`. */
function changedLines(path: string, was: readonly string[], is: readonly string[]): ArgumentChange[] {
  const shorter = Math.min(was.length, is.length);
  let start = 0;
  while (start < shorter && was[start] === is[start]) start += 1;
  let end = 0;
  while (end < shorter - start && was.at(-1 - end) === is.at(-1 - end)) end += 1;
  const [old, fresh] = [was.slice(start, was.length - end), is.slice(start, is.length - end)];
  return Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) => ({
    path: `${path}:${start + index + 1}`,
    ...side('old', old[index]),
    ...side('new', fresh[index]),
  }));
}

const longest = 120;

/** A value on one line of bearable length. */
export function formatValue(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
