import type { HclBody } from './block-order';
import type { BlockSchema, NestedBlockSchema } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { type Code, type Member, data, list } from '../code/code';
import { type BodyScope, convertBody, convertForEach } from './convert-body';
import { convertValue } from './convert-value';
import { traversalIn } from './expression-trees';
import type { Typed } from './typed-code';

/** What Terraform itself defines for a block, apart from what the provider does. */
export interface Meta {
  readonly members: readonly Member[];
  /** The body without it. */
  readonly rest: HclBody;
  /** What the block is repeated for: gives `each` its type. */
  readonly forEach?: Typed;
}

/** Arguments and blocks with no counterpart here. */
const left: Readonly<Record<string, string>> = {
  provider: 'the stack has one configuration of each provider, and this block uses it',
  providers: 'the stack has one configuration of each provider, and the module uses it',
  provisioner: 'nothing runs beside Terraform here',
  connection: 'nothing runs beside Terraform here',
};

/**
 * Takes the meta-arguments out of a body.
 *
 * @param address what an address leads to, for `depends_on`
 */
export function convertMeta(
  body: HclBody,
  scope: BodyScope,
  address: (path: readonly (string | number)[]) => Code | undefined,
): Meta {
  const { count, for_each, depends_on, lifecycle, ...others } = body;
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => left[name] === undefined));
  for (const [name, why] of Object.entries(left))
    if (name in others) scope.lose(`${name} is not imported: ${why}`);
  const forEach = for_each === undefined ? undefined : convertForEach(for_each, scope);
  const members: Member[] = [];
  if (count !== undefined) members.push({ key: 'count', value: convertValue(count, 'number', scope).code });
  if (forEach !== undefined) members.push({ key: 'for_each', value: forEach.code });
  if (Array.isArray(depends_on)) {
    members.push({
      key: 'depends_on',
      value: list(depends_on.flatMap((one: unknown) => convertAddress(one, scope, address))),
    });
  }
  const [settings]: readonly unknown[] = Array.isArray(lifecycle) ? lifecycle : [];
  if (isPlainObject(settings))
    members.push({ key: 'lifecycle', value: convertLifecycle(settings, scope, address) });
  return { members, rest, ...(forEach !== undefined && { forEach }) };
}

function convertLifecycle(
  { ignore_changes, replace_triggered_by, ...others }: HclBody,
  scope: BodyScope,
  address: (path: readonly (string | number)[]) => Code | undefined,
): Code {
  const members = convertBody(others, lifecycleSchema, scope);
  if (ignore_changes !== undefined) {
    const paths = Array.isArray(ignore_changes) ? ignore_changes.map(bare) : bare(ignore_changes);
    members.push({ key: 'ignore_changes', value: data(paths) });
  }
  if (Array.isArray(replace_triggered_by)) {
    const triggers = replace_triggered_by.flatMap((one: unknown) => convertAddress(one, scope, address));
    members.push({ key: 'replace_triggered_by', value: list(triggers) });
  }
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

function convertAddress(
  value: unknown,
  scope: BodyScope,
  address: (path: readonly (string | number)[]) => Code | undefined,
): Code[] {
  const source = bare(value);
  const path = traversalIn(source);
  const block = path === undefined ? undefined : address(path);
  if (block !== undefined) return [block];
  const target = path === undefined ? undefined : scope.resolve(path)?.code;
  if (target === undefined) {
    scope.lose(`depends_on names ${source}, which does not exist`);
    return [];
  }
  return [target];
}
