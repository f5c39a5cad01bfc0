import { nearestName, stepsOf, valueAt } from '@home/terraform';
import { checkExpression } from './check-expression';
import { describeWritten, quote } from './describe-part';
import { type Part, follow, namesIn } from './part-at';
import { type Mistake } from './validators';

/** A mistake in words: the path to it in the body, what must hold there, what to do. */
export interface Explained {
  /** The steps to the value that is wrong, or to the place where something is missing. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly remedy: string;
}

/**
 * Says mistakes in words, each once.
 *
 * @param body the value that was checked
 * @param part its schema
 * @param others names that are allowed in the value besides those of the schema
 */
export function explainMistakes(
  mistakes: readonly Mistake[],
  body: unknown,
  part: Part,
  others: readonly string[],
): Explained[] {
  // What must not be set at all needs no further remarks.
  const unwanted = mistakes
    .filter(({ keyword }) => keyword === 'readOnly')
    .map(({ instancePath }) => instancePath);
  const relevant = mistakes.filter(
    ({ keyword, instancePath }) =>
      keyword === 'readOnly' ||
      !unwanted.some((path) => instancePath === path || instancePath.startsWith(`${path}/`)),
  );
  const explained = relevant.map((mistake) => explain(mistake, body, part, others));
  return [...new Map(explained.map((one) => [JSON.stringify(one), one])).values()];
}

function explain(mistake: Mistake, body: unknown, part: Part, others: readonly string[]): Explained {
  const path = stepsOf(mistake.instancePath, body);
  const value = valueAt(body, path);
  const place = follow(part, path).part;
  const { params } = mistake;
  switch (mistake.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const known = [...namesIn(place), ...(path.length === 0 ? others : [])];
      const nearest = nearestName(name, known);
      const what = 'must be a name that the schema knows';
      return { path: [...path, name], what, remedy: nearest ? `Did you mean ${nearest}?` : 'Leave it out' };
    }
    case 'required':
      return { path: [...path, String(params['missingProperty'])], what: 'must be given', remedy: 'Add it' };
    case 'readOnly':
      return { path, what: 'must not be set, because the provider computes it', remedy: 'Leave it out' };
    case 'expression': {
      const refusal = typeof value === 'string' ? checkExpression(value, place) : undefined;
      return { path, what: refusal?.what ?? 'must be valid', remedy: refusal?.remedy ?? 'Correct it' };
    }
    case 'type': {
      const what = `must be ${describeWritten(place.schema)}, but is ${quote(value)}`;
      return { path, what, remedy: remedyForType(place, value) };
    }
    case 'minItems':
    case 'maxItems': {
      const bound = mistake.keyword === 'minItems' ? 'at least' : 'at most';
      const count = Array.isArray(value) ? value.length : 0;
      return {
        path,
        what: `must have ${bound} ${params['limit']} items, but has ${count}`,
        remedy: 'Change their number',
      };
    }
    case 'pattern':
      return { path, what: `must match ${params['pattern']}, but is ${quote(value)}`, remedy: 'Correct it' };
    default:
      return {
        path,
        what: `must satisfy the schema's "${mistake.keyword}", but is ${quote(value)}`,
        remedy: 'Correct it',
      };
  }
}

function remedyForType({ schema }: Part, value: unknown): string {
  if (value === null) return 'Leave it out';
  if (schema.nesting !== undefined && Array.isArray(value)) return 'Write { … }, without a list around it';
  if (schema.type === 'array' && typeof value === 'object') return 'Write [{ … }], with a list around it';
  return schema.expression === 'string' && typeof value !== 'object'
    ? `Write "${String(value)}"`
    : 'Correct it';
}
