import { isPlainObject } from '@home/terraform';
import { expressionsIn, traversalIn } from './expression-trees';
import type { HclBlock } from './parse-module';
import { splitTemplate } from './split-template';

/** The steps of a reference: `["local", "login", "password"]`. */
export type Steps = readonly (string | number)[];

/** A reference as one text. */
export const keyOf = (path: Steps): string => path.join('.');

const reference =
  /(?<![\w.\])-])(?:var|local|module|each)\.[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\.\d+|\[(?:\d+|"[^"\\$%]*")\])*/g;

/** Every variable, local, output of a module and `each` that a value names, with the steps into it. */
export function referencesIn(value: unknown): Steps[] {
  const sources = expressionsIn(value);
  return sources.flatMap((source) =>
    [...source.matchAll(reference)].flatMap(([found]) => [traversalIn(found) ?? []]),
  );
}

/** The reference that a value is, when it is nothing else. */
export function wholeReference(value: string): Steps | undefined {
  const [part, ...more] = splitTemplate(value);
  return part?.kind === 'expression' && more.length === 0 ? traversalIn(part.source) : undefined;
}

/** References with those that the locals among them name. */
export function reachedFrom(
  values: readonly unknown[],
  locals: ReadonlyMap<string, unknown>,
  reached = new Map<string, Steps>(),
): ReadonlyMap<string, Steps> {
  for (const path of values.flatMap(referencesIn)) {
    if (reached.has(keyOf(path))) continue;
    reached.set(keyOf(path), path);
    if (path[0] === 'local') reachedFrom([locals.get(String(path[1]))], locals, reached);
  }
  return reached;
}

/** What names objects, and so is no secret: it stands in every address and every list. */
export function namesInMetadata(blocks: readonly HclBlock[]): unknown[] {
  return blocks.flatMap(({ kind, body }) => (kind === 'resource' ? [body['metadata'], body['count']] : []));
}

/** What blocks are repeated for. Terraform refuses a secret there. */
export function repetitionsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(repetitionsIn);
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'for_each' || key === 'count' ? [member] : repetitionsIn(member),
  );
}
