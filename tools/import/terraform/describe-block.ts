import type { BlockSchema } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import {
  type Code,
  type Definition,
  type Member,
  call,
  callOf,
  imported,
  list,
  literal,
  steps,
  use,
} from '../code/code';
import { itemsOf } from '../kubernetes/fields';
import { withMarks } from '../kubernetes/marked-defaults';
import { convertBody } from './convert-body';
import type { Scope } from './convert-tree';
import { bare, conditionSchema, convertMeta } from './convert-meta';
import { convertValue } from './convert-value';
import { typescriptOf } from './hcl-type';
import { type Declared, type ModuleScope, addressOf, blockAt, bodyScope, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';
import { findType } from './provider-schemas';
import type { Typed } from './typed-code';

const terraform = (name: string): Code => imported('@home/terraform', name);

/** The definition that a block becomes; undefined for one that has no place in a workload. */
export function describeBlock(
  block: HclBlock,
  scope: ModuleScope,
  isAmbiguous: (label: string) => boolean,
): Declared | undefined {
  const { kind, label, body, comment } = block;
  const describe = describers[kind];
  if (describe === undefined) {
    scope.place.lose(block, whyLeft(block));
    return undefined;
  }
  let made: Code | undefined;
  const definition: Definition = {
    wish: wishOf(block),
    exports: true,
    comment,
    get code() {
      return (made ??= describe(block, scope));
    },
  };
  return {
    definition,
    reference: { code: steps(use(definition), 'ref'), type: declaredType(block).type },
    isRepeated: 'count' in body || 'for_each' in body,
  };
  function wishOf({ type }: HclBlock): string {
    if (kind === 'output' || kind === 'check') return `${label}-${kind}`;
    if (label === '') return kind;
    if (type === '') return label;
    const [, ...words] = type.replace(/_v\d+(beta\d+)?$/, '').split('_');
    const name = words.join('-');
    // A label such as "this" says nothing; the type does.
    if (/^(this|main|default|app|self)$/.test(label)) return name;
    return isAmbiguous(label) && !label.endsWith(name) ? `${label}-${name}` : label;
  }
}

/** Why a block has no place in a workload, and where its place is. */
function whyLeft({ kind, label }: HclBlock): string {
  if (kind === 'terraform') return 'the stack says which versions, providers and backend it uses';
  if (kind !== 'provider') return `Terraform has no block ${kind}`;
  return `the stack configures the providers, in its stack.ts; there it is ${label}: [provider('${label}', { … })]`;
}

type Describe = (block: HclBlock, scope: ModuleScope) => Code;

const describers: Readonly<Record<string, Describe>> = {
  resource: describeProvided,
  data: describeProvided,
  ephemeral: describeProvided,
  variable: describeVariable,
  output: describeOutput,
  module: describeModuleCall,
  moved: ({ body }, scope) =>
    call(terraform('moved'), literal(currentAddress(body['from'])), target(body['to'], scope)),
  removed: ({ body }) => {
    const [lifecycle]: readonly unknown[] = Array.isArray(body['lifecycle']) ? body['lifecycle'] : [];
    const destroy = isPlainObject(lifecycle) ? lifecycle['destroy'] !== false : true;
    return call(terraform('removed'), literal(currentAddress(body['from'])), literal(destroy));
  },
  import: (block, scope) => {
    const id = convertValue(block.body['id'], 'string', bodyScope(block, scope)).code;
    return call(terraform('importInto'), target(block.body['to'], scope), id);
  },
  check: describeCheck,
};

/** The block that an address names, or the address as text. */
const target = (value: unknown, scope: ModuleScope): Code =>
  blockAt(bare(value), scope) ?? literal(currentAddress(value));

/** An address under the type's present name. */
function currentAddress(value: unknown): string {
  const address = bare(value);
  const [type = '', ...rest] = address.split('.');
  const known = findType('resource', type, []);
  return known === undefined ? address : [known.name, ...rest].join('.');
}

function describeProvided(block: HclBlock, scope: ModuleScope): Code {
  const { kind, type, label, body } = block;
  const { known } = declaredType(block);
  const { members, rest, inside } = convertMeta(body, bodyScope(block, scope));
  const given = asObject([...members, ...convertBody(rest, known?.block, inside)]);
  const prefix = kind === 'resource' ? '' : `${kind}.`;
  const name = literal(scope.place.nameInStack(prefix + (known?.name ?? type), label));
  if (known !== undefined) {
    const marked = kind === 'resource' ? withMarks(known.name, given) : given;
    return call(imported('@home/providers', kind), literal(known.name), name, marked);
  }
  return call(terraform(`${kind}Block`), literal(type), name, given);
}

function describeVariable(block: HclBlock, scope: ModuleScope): Code {
  const { label, body } = block;
  const { type: constraint, default: given, validation, ...rest } = body;
  const { type } = declaredType(block);
  const inside = bodyScope(block, scope);
  const members: Member[] = [];
  if (constraint !== undefined) members.push({ key: 'type', value: literal(bare(constraint)) });
  members.push(...convertBody(rest, undefined, inside));
  if ('default' in body) members.push({ key: 'default', value: convertValue(given, type, inside).code });
  if (validation !== undefined) {
    // Conditions name the variable itself, which is not made yet: they get it as a parameter.
    const parameter = { name: 'value' };
    const self: Typed = { code: { kind: 'argument', of: parameter }, type };
    const result = convertConditions(validation, inside.withName(`var.${label}`, self));
    members.push({ key: 'validation', value: { kind: 'function', parameter, result } });
  }
  const name = literal(scope.place.nameInStack('var', label));
  const typescript = typescriptOf(type);
  if (typescript === undefined) return call(terraform('variable'), name, asObject(members));
  return callOf(typescript, terraform('variable'), name, asObject(members));
}

function convertConditions(conditions: unknown, inside: Scope): Code {
  const bodies = itemsOf(conditions).filter(isPlainObject);
  return list(bodies.map((one) => asObject(convertBody(one, conditionSchema.block, inside))));
}

const asObject = (members: readonly Member[]): Code => ({ kind: 'object', members });

const outputSchema: BlockSchema = {
  attributes: { description: { type: 'string' }, sensitive: { type: 'bool' }, ephemeral: { type: 'bool' } },
  block_types: { precondition: conditionSchema },
};

function describeOutput(block: HclBlock, scope: ModuleScope): Code {
  const { value, ...others } = block.body;
  const { members, rest, inside } = convertMeta(others, bodyScope(block, scope));
  const given = [...members, ...convertBody(rest, outputSchema, inside)];
  const name = literal(scope.place.nameInStack('output', block.label));
  const { code } = convertValue(value, 'dynamic', inside);
  return call(terraform('output'), name, code, ...(given.length === 0 ? [] : [asObject(given)]));
}

function describeModuleCall(block: HclBlock, scope: ModuleScope): Code {
  const { source, ...others } = block.body;
  const { members, rest, inside } = convertMeta(others, bodyScope(block, scope));
  const inputs = Object.entries(rest).map(([key, value]): Member => {
    return { key, value: convertValue(value, 'dynamic', inside).code };
  });
  const from: Member = { key: 'source', value: literal(scope.place.moduleSource(String(source))) };
  const name = literal(scope.place.nameInStack('module', block.label));
  return call(terraform('module'), name, asObject([from, ...members, ...inputs]));
}

function describeCheck(block: HclBlock, scope: ModuleScope): Code {
  const { label, body } = block;
  const inside = bodyScope(block, scope);
  const conditions = convertConditions(body['assert'], inside);
  if (body['data'] !== undefined)
    inside.lose(`${addressOf(block)}: its data source must stand in a block of its own`);
  return call(terraform('check'), literal(label), conditions);
}
