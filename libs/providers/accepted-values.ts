import { type Step, formatPath, holdsCode, isPlainObject, nearestName } from '@home/terraform';
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { quote } from './check-expression';
import type { ValueFormat } from './recorded-schema';

/** What the keywords of `PartSchema` mean that say what Kubernetes takes; what only Terraform knows may be right. */
export const acceptedValues = {
  // An empty text is one that the provider leaves out.
  choices: (choices: readonly unknown[], value: unknown): boolean =>
    typeof value !== 'string' || value === '' || choices.includes(value) || holdsCode(value),
  accepts: (format: ValueFormat, value: unknown): boolean =>
    value === '' || (typeof value === 'string' && holdsCode(value)) || formats[format].holds(value),
  keys,
};

function keys(names: readonly string[], list: unknown, _: unknown, context: Context): boolean {
  keys.errors = Array.isArray(list) ? doubles(list, names, context?.instancePath ?? '') : [];
  return keys.errors.length === 0;
}
keys.errors = new Array<Partial<ErrorObject>>();

/** Makes an ajv know them. */
export function addAcceptedValues(ajv: Ajv): void {
  ajv.addKeyword({ keyword: 'choices', schemaType: 'array', validate: acceptedValues.choices });
  ajv.addKeyword({ keyword: 'accepts', schemaType: 'string', validate: acceptedValues.accepts });
  ajv.addKeyword({ keyword: 'keys', schemaType: 'array', errors: 'full', validate: acceptedValues.keys });
}

type Context = Parameters<ValidateFunction>[1];

interface Format {
  readonly holds: (value: unknown) => boolean;
  readonly must: string;
}

const whole = (bits: number, isText: boolean): Format => {
  const limit = 2 ** (bits - 1);
  return {
    holds: (value) => {
      if (typeof value !== (isText ? 'string' : 'number')) return true;
      const isWritten = !isText || /^-?\d+$/.test(String(value));
      return isWritten && Number.isInteger(Number(value)) && Math.abs(Number(value)) < limit;
    },
    must: `must be a whole number of ${bits} bits`,
  };
};

const formats: Readonly<Record<ValueFormat, Format>> = {
  int32: whole(32, false),
  int64: whole(64, false),
  'int32-text': whole(32, true),
  'int64-text': whole(64, true),
  quantity: {
    holds: (value) => typeof value !== 'string' || isQuantity(value),
    must: 'must be an amount such as "64Mi" or "0.5"',
  },
  'date-time': {
    holds: (value) => typeof value !== 'string' || !Number.isNaN(Date.parse(value)),
    must: 'must be a point in time such as "2026-11-29T20:00:00Z"',
  },
};

/**
 * Tells whether a text is an amount as Kubernetes writes it, of whatever is counted: `64Mi`, `500m`, `1e3`.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const isQuantity = (text: string): boolean =>
  /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(text);

/** One mistake for each item that agrees with an earlier one in all of its keys. */
function doubles(
  list: readonly unknown[],
  names: readonly string[],
  instancePath: string,
): Partial<ErrorObject>[] {
  const first = new Map<string, number>();
  return list.flatMap((item, index) => {
    const key = keyOf(item, names);
    const other = key === undefined ? undefined : first.get(key);
    if (key !== undefined && other === undefined) first.set(key, index);
    if (other === undefined) return [];
    return [{ keyword: 'keys', instancePath: `${instancePath}/${index}`, params: { keys: names, other } }];
  });
}

/** What the provider gives where nothing is written. */
const assumed: Readonly<Record<string, string>> = {
  protocol: 'TCP',
  when_unsatisfiable: 'DoNotSchedule',
};

/** What an item is told apart by; undefined when it is not there or only Terraform knows it. */
function keyOf(item: unknown, names: readonly string[]): string | undefined {
  if (!isPlainObject(item)) return undefined;
  const values = names.map((name) => item[name] ?? assumed[name]);
  const isKnown = values.every(
    (value) => value !== undefined && !(typeof value === 'string' && holdsCode(value)),
  );
  return isKnown ? JSON.stringify(values.map(String)) : undefined;
}

interface Said {
  readonly what: string;
  readonly remedy: string;
}

export function wrongChoice(choices: readonly string[], value: unknown): Said {
  const listed = choices.filter((choice) => choice !== '').map((choice) => `"${choice}"`);
  const nearest = nearestName(String(value), choices);
  return {
    what: `must be one of ${listed.join(', ')}, but is ${quote(value)}`,
    remedy: nearest ? `Did you mean "${nearest}"?` : 'Write one of them',
  };
}

export const wrongFormat = (format: ValueFormat | undefined, value: unknown): Said => ({
  what: `${format === undefined ? 'must be valid' : formats[format].must}, but is ${quote(value)}`,
  remedy: 'Correct it',
});

/** @param list what the list is called that two items stand in */
export const sameKeys = (list: Step | undefined, keys: readonly string[], other: number): Said => ({
  what: `must differ from ${formatPath([list ?? 'item', other])} in ${keys.join(' or ')}`,
  remedy: 'Take one of the two out, or correct it',
});
