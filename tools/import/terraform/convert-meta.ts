import type { HclBody } from './block-order';
import type { BlockSchema, NestedBlockSchema } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { type Code, type Member, call, callOf, data, imported, list } from '../code/code';
import { convertBody, convertForEach } from './convert-body';
import type { Scope } from './convert-tree';
import { convertValue } from './convert-value';
import { traversalIn } from './expression-trees';
import { elementType, typescriptOf } from './hcl-type';
import type { Typed } from './typed-code';

/** What Terraform itself defines for a block, apart from what the provider does. */
export interface Meta {
  readonly members: readonly Member[];
  /** The body without it. */
  readonly rest: HclBody;
  /** What that body can see: `each` too, where the block is repeated. */
  readonly inside: Scope;
}

/** Arguments and blocks with no counterpart here. */
const left: Readonly<Record<string, string>> = {
  provider: 'the stack has one configuration of each provider, and this block uses it',
  providers: 'the stack has one configuration of each provider, and the module uses it',
  provisioner: 'nothing runs beside Terraform here',
  connection: 'nothing runs beside Terraform here',
};

/** Takes the meta-arguments out of a body. */
export function convertMeta(body: HclBody, scope: Scope): Meta {
  const { count, for_each, depends_on, lifecycle, ...others } = body;
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => left[name] === undefined));
  for (const [name, why] of Object.entries(left))
    if (name in others) scope.lose(`${name} is not imported: ${why}`);
  const forEach = for_each === undefined ? undefined : convertForEach(for_each, scope);
  const members: Member[] = [];
  if (count !== undefined) members.push({ key: 'count', value: convertValue(count, 'number', scope).code });
  if (forEach !== undefined) members.push({ key: 'for_each', value: forEach.code });
  if (Array.isArray(depends_on)) members.push({ key: 'depends_on', value: addresses(depends_on, scope) });
  const [settings]: readonly unknown[] = Array.isArray(lifecycle) ? lifecycle : [];
  if (isPlainObject(settings)) members.push({ key: 'lifecycle', value: convertLifecycle(settings, scope) });
  return { members, rest, inside: forEach === undefined ? scope : scope.withName('each', eachOf(forEach)) };
}

/** `each` of a block that is made for every element of a collection. */
function eachOf(forEach: Typed): Typed {
  const value = elementType(forEach.type);
  const typescript = typescriptOf(value);
  const each = imported('@home/terraform', 'each');
  return typescript === undefined
    ? { code: call(each), type: ['object', { key: 'string', value: 'dynamic' }] }
    : { code: callOf(typescript, each), type: ['object', { key: 'string', value }] };
}

function convertLifecycle({ ignore_changes, replace_triggered_by, ...others }: HclBody, scope: Scope): Code {
  const members = convertBody(others, lifecycleSchema, scope);
  if (ignore_changes !== undefined) {
    const paths = Array.isArray(ignore_changes) ? ignore_changes.map(bare) : bare(ignore_changes);
    members.push({ key: 'ignore_changes', value: data(paths) });
  }
  if (Array.isArray(replace_triggered_by))
    members.push({ key: 'replace_triggered_by', value: addresses(replace_triggered_by, scope) });
  return { kind: 'object', members };
}

/** A condition and what Terraform says when it does not hold. */
export const conditionSchema: NestedBlockSchema = {
  nesting_mode: 'list',
  block: { attributes: { condition: { type: 'bool' }, error_message: { type: 'string' } } },
};

const lifecycleSchema: BlockSchema = {
  attributes: {
    create_before_destroy: { type: 'bool' },
    prevent_destroy: { type: 'bool' },
    enabled: { type: 'bool' },
  },
  block_types: { precondition: conditionSchema, postcondition: conditionSchema },
};

/** A path without its `${…}`: `metadata[0].annotations`. */
export const bare = (value: unknown): string => String(value).replace(/^\$\{|\}$/g, '');

/** Blocks, or steps into them, that are named and not read. */
function addresses(values: readonly unknown[], scope: Scope): Code {
  const found = values.map(bare).flatMap((source): Code[] => {
    const path = traversalIn(source);
    const code = path && (scope.blockAt(path.join('.')) ?? scope.resolve(path)?.code);
    if (code === undefined) scope.lose(`depends_on names ${source}, which does not exist`);
    return code === undefined ? [] : [code];
  });
  return list(found);
}
