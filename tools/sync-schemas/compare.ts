import { type AttributeSchema, type BlockSchema, type ProviderSchema } from '@home/providers';
import { wantedBlocks } from './parts';

/** What a schema holds: `resource kubernetes_service_v1.spec.type` → `string, optional`. */
type Content = ReadonlyMap<string, string>;

/**
 * What is different in a schema, one line each: what appeared, disappeared, or changed its type or marks.
 *
 * @param before the committed schema, undefined when there is none yet
 */
export function compare(before: ProviderSchema | undefined, after: ProviderSchema): string[] {
  if (before === undefined) return [];
  const [was, is] = [contentOf(before), contentOf(after)];
  const gone = [...was].filter(
    ([path]) => !is.has(path) && !isInside(path, (outer) => was.has(outer) && !is.has(outer)),
  );
  const added = [...is].filter(
    ([path]) => !was.has(path) && !isInside(path, (outer) => is.has(outer) && !was.has(outer)),
  );
  const changed = [...is].filter(([path, now]) => was.has(path) && was.get(path) !== now);
  return [
    ...gone.map(([path, then]) => ['-', path, then] as const),
    ...added.map(([path, now]) => ['+', path, now] as const),
    ...changed.map(([path, now]) => ['~', path, `${was.get(path)} → ${now}`] as const),
  ].reduce(gather, []);
}

/** A change in a part that many blocks share, such as the pod spec, is reported once. */
function gather(lines: string[], [sign, path, what]: readonly [string, string, string]): string[] {
  const ending = `${path.split('.').slice(-2).join('.')}: ${what}`;
  const told = lines.findIndex(
    (line) => line.startsWith(sign) && line.replace(more, '').endsWith(`.${ending}`),
  );
  if (told === -1) return [...lines, `${sign} ${path}: ${what}`];
  const count = Number(more.exec(lines[told] ?? '')?.[1] ?? 0) + 1;
  const line = `${lines[told]?.replace(more, '')} (and ${count} more)`;
  return lines.with(told, line);
}

const more = / \(and (\d+) more\)$/;

/** Tells whether one of the things around a path is of a kind; what stands in a new block is not new by itself. */
function isInside(path: string, test: (outer: string) => boolean): boolean {
  const end = path.lastIndexOf('.');
  return end !== -1 && (test(path.slice(0, end)) || isInside(path.slice(0, end), test));
}

function contentOf(schema: ProviderSchema): Content {
  const content = new Map<string, string>();
  for (const { kind, type, schema: block } of wantedBlocks(schema, '')) {
    const path = kind === 'provider' ? kind : `${kind} ${type}`;
    if (kind !== 'provider') content.set(path, block.deprecated ? 'deprecated' : 'a block');
    visitBlock(path, block);
  }
  return content;

  function visitBlock(path: string, { attributes = {}, block_types = {} }: BlockSchema): void {
    visitAttributes(path, attributes);
    for (const [name, { nesting_mode, min_items, max_items, block }] of Object.entries(block_types)) {
      content.set(
        `${path}.${name}`,
        `${nesting_mode} of blocks, ${min_items ?? 0} to ${max_items ?? 'many'}`,
      );
      visitBlock(`${path}.${name}`, block);
    }
  }

  function visitAttributes(path: string, attributes: Readonly<Record<string, AttributeSchema>>): void {
    for (const [name, { type, nested_type, ...marks }] of Object.entries(attributes)) {
      const kind =
        nested_type === undefined ? JSON.stringify(type) : `${nested_type.nesting_mode} of attributes`;
      content.set(`${path}.${name}`, [kind.replaceAll('"', ''), ...Object.keys(marks)].join(', '));
      if (nested_type !== undefined) visitAttributes(`${path}.${name}`, nested_type.attributes);
    }
  }
}
