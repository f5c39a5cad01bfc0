import { type BlockSchema, type NestedBlockSchema, isSingle } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { type Code, type Member, type Parameter, call, imported, list, literal } from '../code/code';
import { camelCase } from '../code/names';
import type { Scope } from './convert-tree';
import { convertValue } from './convert-value';

import { elementType, typeOfAttribute } from './hcl-type';
import { type HclBody, dynamicBlocks, dynamicContent, isPlainBlock } from './block-order';
import { type Typed, adapt } from './typed-code';

/**
 * Turns arguments and nested blocks into the members of an object.
 *
 * @param schema what the provider knows of the block; undefined where that is not known
 */
export function convertBody(body: HclBody, schema: BlockSchema | undefined, scope: Scope): Member[] {
  const repeated = dynamicBlocks(body);
  const names = Object.keys(body).flatMap((name) =>
    name === 'dynamic' && Object.keys(repeated).length > 0 ? Object.keys(repeated) : name,
  );
  return [...new Set(names)].flatMap((name): Member[] => {
    const value = body[name];
    if (value === null) return [];
    const attribute = schema?.attributes?.[name];
    const nested = schema?.block_types?.[name];
    if (attribute !== undefined && !(name in repeated)) {
      const { code } = convertValue(value, typeOfAttribute(attribute), scope);
      return [{ key: name, value: attribute.sensitive === true ? asPublic(code) : code }];
    }
    if (schema !== undefined && nested === undefined && attribute === undefined) {
      scope.lose(`the provider has no argument ${name}`);
      return [];
    }
    const isBlock =
      nested !== undefined ||
      (Array.isArray(value) && value.length > 0 && value.every(isPlainObject)) ||
      name in repeated;
    if (!isBlock) return [{ key: name, value: convertValue(value, 'dynamic', scope).code }];
    const plain: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
    const blocks = [
      ...plain.map((block) => convertBlock(isPlainObject(block) ? block : {}, nested, scope)),
      ...(repeated[name] ?? []).map((block) =>
        isPlainBlock(block)
          ? convertBlock(dynamicContent(block), nested, scope)
          : convertDynamic(block, name, nested, scope),
      ),
    ];
    const [first] = blocks;
    const isOne = nested !== undefined && isSingle(nested);
    if (isOne && blocks.length > 1) return [{ key: name, value: list(blocks.map(asDynamic)) }];
    const single = isOne && blocks.length === 1;
    return first === undefined ? [] : [{ key: name, value: single ? first : list(blocks) }];
  });
}

/** What is written out where secrets stand: all of them were taken out before. */
function asPublic(code: Code): Code {
  if (code.kind === 'list') return { ...code, items: code.items.map(asPublic) };
  if (code.kind === 'object')
    return {
      ...code,
      members: code.members.map((one) => ('key' in one ? { ...one, value: asPublic(one.value) } : one)),
    };
  const isText = code.kind === 'literal' && code.value !== '' && code.value !== null;
  return isText ? call(imported('@home/terraform', 'publicText'), literal(String(code.value))) : code;
}

const convertBlock = (body: HclBody, nested: NestedBlockSchema | undefined, scope: Scope): Code => ({
  kind: 'object',
  members: convertBody(body, nested?.block, scope),
});

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
  body: HclBody,
  name: string,
  nested: NestedBlockSchema | undefined,
  scope: Scope,
): Code {
  const iterator = typeof body['iterator'] === 'string' ? body['iterator'].replace(/^\$\{|\}$/g, '') : name;
  const forEach = convertForEach(body['for_each'], scope);
  const parameter: Parameter = { name: camelCase(iterator) };
  const element = elementType(forEach.type);
  const each: Typed = {
    code: { kind: 'argument', of: parameter },
    type: ['object', { key: 'string', value: element }],
  };
  const inside = scope.withName(iterator, each);
  const result: Code = {
    kind: 'function',
    parameter,
    result: convertBlock(dynamicContent(body), nested, inside),
  };
  return call(imported('@home/terraform', 'dynamicBlock'), literal(iterator), forEach.code, result);
}

/** The collection that blocks are made from. */
export function convertForEach(value: unknown, scope: Scope): Typed {
  return adapt(convertValue(value, 'dynamic', scope), ['map', 'dynamic']);
}
