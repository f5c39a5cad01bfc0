import { isPlainObject } from '@home/terraform';
import { type PartSchema, followReference } from './block-schema';
import { type Part } from './part-at';

/** The body of a block as JSON. */
export type JsonBody = Readonly<Record<string, unknown>>;

/** Steps into JSON. */
export type JsonPath = readonly (string | number)[];

/** A body without dynamic blocks. */
export interface Expanded {
  readonly body: JsonBody;
  /** The dynamic blocks and where they stand. */
  readonly dynamic: readonly { readonly path: JsonPath; readonly block: unknown }[];
  /** Where in the file something stands that has this path in the body. */
  written(path: JsonPath): JsonPath;
}

/**
 * Writes every dynamic block as though it made as many blocks as must be there, at least one:
 * `{ dynamic: { env: [{ for_each: …, content: C }] } }` → `{ env: [C] }`.
 */
export function expandDynamic(body: JsonBody, part: Part): Expanded {
  const moves: { readonly from: JsonPath; readonly to: JsonPath }[] = [];
  const dynamic: { readonly path: JsonPath; readonly block: unknown }[] = [];
  const expanded = expand(body, part.schema, []);
  // A move that was noted later lies inside an earlier one, and knows its path as the earlier one has written it.
  const written = (path: JsonPath): JsonPath =>
    moves.reduce((at, { from, to }) => (startsWith(at, from) ? [...to, ...at.slice(from.length)] : at), path);
  return { body: expanded, dynamic, written };

  function expand(value: JsonBody, schema: PartSchema, path: JsonPath): JsonBody {
    const { properties = {} } = followReference(schema, part.root);
    let made = value;
    for (const [name, nested] of Object.entries(value)) {
      const blocks = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (blocks?.nesting === undefined) continue;
      const inner = expandNested(nested, blocks, [...path, name]);
      if (inner !== nested) made = { ...made, [name]: inner };
    }
    const given = value['dynamic'];
    if (!isPlainObject(given) || 'dynamic' in properties) return made;
    const literal = Object.fromEntries(Object.entries(made).filter(([name]) => name !== 'dynamic'));
    return Object.entries(given).reduce(
      (whole, [name, blocks]) => addDynamic(whole, name, blocks, properties[name], path),
      literal,
    );
  }

  function expandNested(nested: unknown, schema: PartSchema, path: JsonPath): unknown {
    if (Array.isArray(nested)) {
      const items = nested.map((item: unknown, index) => expandNested(item, oneOf(schema), [...path, index]));
      return items.every((item, index) => item === nested[index]) ? nested : items;
    }
    return isPlainObject(nested) && schema.nesting !== 'map' ? expand(nested, schema, path) : nested;
  }

  function addDynamic(
    body: JsonBody,
    name: string,
    given: unknown,
    schema: PartSchema | undefined,
    path: JsonPath,
  ): JsonBody {
    const before = body[name];
    const blocks: unknown[] = Array.isArray(before) ? [...before] : before === undefined ? [] : [before];
    const isList = schema?.type === 'array';
    for (const [index, block] of (Array.isArray(given) ? given : [given]).entries()) {
      const origin = [...path, 'dynamic', name, ...(Array.isArray(given) ? [index] : [])];
      dynamic.push({ path: origin, block });
      const content: unknown = isPlainObject(block) ? block['content'] : undefined;
      // What has no content is reported as a dynamic block.
      if (!isPlainObject(content)) continue;
      const to = [...origin, 'content'];
      moves.push({ from: [...path, name, ...(isList ? [blocks.length] : [])], to });
      blocks.push(schema === undefined ? content : expand(content, oneOf(schema), to));
    }
    if (blocks.length === 0) return body;
    while (isList && blocks.length < (schema.minItems ?? 0)) blocks.push(blocks.at(-1));
    // Where only one may stand, at most one of several dynamic blocks makes any: the first stands for them.
    const isOne = !isList && (blocks.length === 1 || before === undefined);
    return { ...body, [name]: isOne ? blocks[0] : blocks };
  }
}

/** The schema of one of the blocks that a schema allows. */
function oneOf(schema: PartSchema): PartSchema {
  return schema.type === 'array' && !Array.isArray(schema.items)
    ? ((schema.items ?? {}) as PartSchema)
    : schema;
}

function startsWith(path: JsonPath, beginning: JsonPath): boolean {
  return beginning.every((step, index) => path[index] === step);
}
