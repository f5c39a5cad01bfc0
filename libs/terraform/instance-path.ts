import type { Step } from './expression';

/** The steps of a JSON pointer, as ajv says where a mistake is: `/spec/container/0` → `["spec", "container", 0]`. */
export function stepsOf(pointer: string, body: unknown): Step[] {
  const steps: Step[] = [];
  for (const name of pointer.split('/').slice(1)) {
    const step = name.replaceAll('~1', '/').replaceAll('~0', '~');
    // A number is an index only in a list.
    steps.push(Array.isArray(valueAt(body, steps)) ? Number(step) : step);
  }
  return steps;
}

/** The value that some steps lead to; undefined when there is none. */
export function valueAt(body: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    body,
  );
}
