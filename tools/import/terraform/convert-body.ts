import type { BlockSchema, NestedBlockSchema } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { type Code, type Member, type Parameter, call, imported, list, literal } from '../code/code';
import { camelCase } from '../code/names';
import type { Scope } from './convert-tree';
import { convertValue } from './convert-value';
import { elementType, isSingle, typeOfAttribute } from './hcl-type';
import { type NestedBlock, dynamicBlocks, nestedBlocks } from './block-order';
import { type HclBody, inSourceOrder, layoutsOf } from './parse-module';
import type { LayoutBody } from './scan-layout';
import { type Typed, adapt } from './typed-code';

/** What the body of a block can see. */
export interface BodyScope extends Scope {
  /** The same with one name more: a dynamic block's iterator. */
  withName(name: string, value: Typed): BodyScope;
  /** Takes note of an argument that has no place. */
  lose(what: string): void;
}

/**
 * Turns arguments and nested blocks into the members of an object.
 *
 * @param schema what the provider knows of the block; undefined where that is not known
 */
export function convertBody(
  body: HclBody,
  layout: LayoutBody | undefined,
  schema: BlockSchema | undefined,
  scope: BodyScope,
): Member[] {
  const repeated = dynamicBlocks(body);
  const plain = Object.fromEntries(
    Object.entries(body).filter(([name]) => name !== 'dynamic' || Object.keys(repeated).length === 0),
  );
  const all = {
    ...plain,
    ...Object.fromEntries(Object.keys(repeated).map((name) => [name, plain[name] ?? []])),
  };
  return inSourceOrder(all, layout).flatMap(([name, value]): Member[] => {
    if (value === null) return [];
    const attribute = schema?.attributes?.[name];
    const nested = schema?.block_types?.[name];
    if (attribute !== undefined && !(name in repeated)) {
      const inside = layoutsOf(layout, name)[0];
      return [{ key: name, value: convertValue(value, typeOfAttribute(attribute), scope, inside).code }];
    }
    if (schema !== undefined && nested === undefined && attribute === undefined) {
      scope.lose(`the provider has no argument ${name}`);
      return [];
    }
    const isBlock =
      nested !== undefined ||
      (Array.isArray(value) && value.length > 0 && value.every(isPlainObject)) ||
      name in repeated;
    if (!isBlock)
      return [{ key: name, value: convertValue(value, 'dynamic', scope, layoutsOf(layout, name)[0]).code }];
    const blocks = nestedBlocks(body, name, layout).map((block) =>
      block.isDynamic ? convertDynamic(block, name, nested, scope) : convertBlock(block, nested, scope),
    );
    const [first] = blocks;
    const isOne = nested !== undefined && isSingle(nested);
    if (isOne && blocks.length > 1) return [{ key: name, value: list(blocks.map(asDynamic)) }];
    const single = isOne && blocks.length === 1;
    return first === undefined ? [] : [{ key: name, value: single ? first : list(blocks) }];
  });
}

const convertBlock = (
  { body, layout }: NestedBlock,
  nested: NestedBlockSchema | undefined,
  scope: BodyScope,
): Code => ({ kind: 'object', members: convertBody(body, layout, nested?.block, scope) });

/** Of several dynamic blocks one may be made where only one may stand, but not of a plain block and others. */
const asDynamic = (block: Code): Code =>
  block.kind === 'object'
    ? call(imported('@home/terraform', 'dynamicBlock'), literal('only'), list([literal(true)]), {
        kind: 'function',
        parameter: { name: 'only' },
        result: block,
      })
    : block;

/** `dynamic "env" { … }` → `dynamicBlock('env', …, (env) => ({ … }))` */
function convertDynamic(
  { body, layout }: NestedBlock,
  name: string,
  nested: NestedBlockSchema | undefined,
  scope: BodyScope,
): Code {
  const iterator = typeof body['iterator'] === 'string' ? body['iterator'].replace(/^\$\{|\}$/g, '') : name;
  const forEach = convertForEach(body['for_each'], scope);
  const parameter: Parameter = { name: camelCase(iterator) };
  const element = elementType(forEach.type);
  const each: Typed = {
    code: { kind: 'argument', of: parameter },
    type: ['object', { key: 'string', value: element }],
  };
  const content: unknown = Array.isArray(body['content']) ? body['content'][0] : {};
  const inside = scope.withName(iterator, each);
  const members = convertBody(
    isPlainObject(content) ? content : {},
    layoutsOf(layout, 'content')[0],
    nested?.block,
    inside,
  );
  const result: Code = { kind: 'function', parameter, result: { kind: 'object', members } };
  return call(imported('@home/terraform', 'dynamicBlock'), literal(iterator), forEach.code, result);
}

/** The collection that blocks are made from. */
export function convertForEach(value: unknown, scope: Scope): Typed {
  return adapt(convertValue(value, 'dynamic', scope), ['map', 'dynamic']);
}
