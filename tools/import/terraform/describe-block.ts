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
  use,
} from '../code/code';
import { type BodyScope, convertBody } from './convert-body';
import { bare, conditionSchema, convertMeta } from './convert-meta';
import { convertValue } from './convert-value';
import { typescriptOf } from './hcl-type';
import {
  type ModulePlace,
  type ModuleScope,
  addressOf,
  declaredType,
  eachOf,
  bodyScope,
} from './module-scope';
import type { HclBlock } from './parse-module';
import type { HclBody } from './block-order';
import { findType } from './provider-schemas';
import type { Typed } from './typed-code';

const terraform = (name: string): Code => imported('@home/terraform', name);

/** The definition that a block becomes; undefined for one that has no place in a workload. */
export function describeBlock(
  block: HclBlock,
  scope: ModuleScope,
  place: ModulePlace,
  isAmbiguous: (label: string) => boolean,
): Definition | undefined {
  const { kind, label, comment } = block;
  const describe = describers[kind];
  if (describe === undefined) {
    place.lose(block, whyLeft(block));
    return undefined;
  }
  let made: Code | undefined;
  return {
    wish: wishOf(block),
    exports: true,
    comment: comment.length > 0 ? comment : [],
    get code() {
      made ??= describe(block, scope, place);
      return made;
    },
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

type Describe = (block: HclBlock, scope: ModuleScope, place: ModulePlace) => Code;

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
  import: (block, scope, place) => {
    const id = convertValue(block.body['id'], 'string', scopeOf(block, scope, place)).code;
    return call(terraform('importInto'), target(block.body['to'], scope), id);
  },
  check: describeCheck,
};

const scopeOf = (
  block: HclBlock,
  scope: ModuleScope,
  place: ModulePlace,
  own: ReadonlyMap<string, Typed> = new Map(),
) => bodyScope(scope, own, (what) => place.lose(block, what));

/** The block that an address names, or the address as text. */
function target(value: unknown, { blocks }: ModuleScope): Code {
  const declared = blocks.get(bare(value));
  return declared === undefined ? literal(currentAddress(value)) : use(declared.definition);
}

/** An address under the type's present name. */
function currentAddress(value: unknown): string {
  const address = bare(value);
  const [type = '', ...rest] = address.split('.');
  const known = findType('resource', type, []);
  return known === undefined ? address : [known.name, ...rest].join('.');
}

function describeProvided(block: HclBlock, scope: ModuleScope, place: ModulePlace): Code {
  const { kind, type, label, body } = block;
  const { known } = declaredType(block);
  const outer = convertMeta(body, scopeOf(block, scope, place), addressesOf(scope));
  const own = new Map(outer.forEach === undefined ? [] : [['each', eachOf(outer.forEach)]]);
  const given = convertBody(outer.rest, known?.block, scopeOf(block, scope, place, own));
  const members = [...outer.members, ...given];
  const prefix = kind === 'resource' ? '' : `${kind}.`;
  const name = literal(place.nameInStack(prefix + (known?.name ?? type), label));
  if (known === undefined) {
    place.lose(
      block,
      `${addressOf(block)}: ${type} is unknown; add it to libs/providers/manifest.ts and its provider to the stack`,
    );
    return call(terraform(`${kind}Block`), literal(type), name, { kind: 'object', members });
  }
  return call(imported('@home/providers', kind), literal(known.name), name, {
    kind: 'object',
    members,
  });
}

function describeVariable(block: HclBlock, scope: ModuleScope, place: ModulePlace): Code {
  const { label, body } = block;
  const { type: constraint, default: given, validation, ...rest } = body;
  const { type } = declaredType(block);
  const inside = scopeOf(block, scope, place);
  const members: Member[] = [];
  if (constraint !== undefined) members.push({ key: 'type', value: literal(bare(constraint)) });
  members.push(...convertBody(rest, undefined, inside));
  if ('default' in body)
    members.push({
      key: 'default',
      value: convertValue(given, type, inside).code,
    });
  if (Array.isArray(validation))
    members.push({ key: 'validation', value: describeValidation(validation, block, scope, place) });
  const name = literal(place.nameInStack('var', label));
  const all: Code = { kind: 'object', members };
  const typescript = typescriptOf(type);
  if (typescript === undefined) return call(terraform('variable'), name, all);
  const isNull = 'default' in body && given === null;
  return callOf(isNull ? `${typescript} | null` : typescript, terraform('variable'), name, all);
}

/** Conditions name the variable itself, which is not made yet: they get it as a parameter. */
function describeValidation(
  validation: readonly unknown[],
  block: HclBlock,
  scope: ModuleScope,
  place: ModulePlace,
): Code {
  const parameter = { name: 'value' };
  const { type } = declaredType(block);
  const self = { name: block.label, value: { code: { kind: 'argument', of: parameter }, type } } as const;
  const inside = scopeOf(block, { ...scope, self }, place);
  const conditions = validation
    .filter(isPlainObject)
    .map((condition) => asObject(condition, conditionSchema.block, inside));
  return { kind: 'function', parameter, result: list(conditions) };
}

const asObject = (body: HclBody, schema: BlockSchema | undefined, inside: BodyScope): Code => ({
  kind: 'object',
  members: convertBody(body, schema, inside),
});

const outputSchema: BlockSchema = {
  attributes: { description: { type: 'string' }, sensitive: { type: 'bool' }, ephemeral: { type: 'bool' } },
  block_types: { precondition: conditionSchema },
};

function describeOutput(block: HclBlock, scope: ModuleScope, place: ModulePlace): Code {
  const { label, body } = block;
  const inside = scopeOf(block, scope, place);
  const { value, ...others } = body;
  const { members, rest } = convertMeta(others, inside, addressesOf(scope));
  const given: Code = {
    kind: 'object',
    members: [...members, ...convertBody(rest, outputSchema, inside)],
  };
  const name = literal(place.nameInStack('output', label));
  const { code } = convertValue(value, 'dynamic', inside);
  return call(terraform('output'), name, code, ...(given.members.length === 0 ? [] : [given]));
}

function describeModuleCall(block: HclBlock, scope: ModuleScope, place: ModulePlace): Code {
  const { label, body } = block;
  const { source, ...others } = body;
  const outer = convertMeta(others, scopeOf(block, scope, place), addressesOf(scope));
  const own = new Map(outer.forEach === undefined ? [] : [['each', eachOf(outer.forEach)]]);
  const inside = scopeOf(block, scope, place, own);
  const inputs = Object.entries(outer.rest).map(([name, value]): Member => {
    return { key: name, value: convertValue(value, 'dynamic', inside).code };
  });
  const from: Member = { key: 'source', value: literal(place.moduleSource(String(source))) };
  return call(terraform('module'), literal(place.nameInStack('module', label)), {
    kind: 'object',
    members: [from, ...outer.members, ...inputs],
  });
}

function describeCheck(block: HclBlock, scope: ModuleScope, place: ModulePlace): Code {
  const { label, body } = block;
  const inside = scopeOf(block, scope, place);
  const asserts: readonly unknown[] = Array.isArray(body['assert']) ? body['assert'] : [];
  const conditions = asserts
    .filter(isPlainObject)
    .map((condition) => asObject(condition, conditionSchema.block, inside));
  if (body['data'] !== undefined)
    place.lose(block, `${addressOf(block)}: its data source must stand in a block of its own`);
  return call(terraform('check'), literal(label), list(conditions));
}

const addressesOf =
  ({ blocks }: ModuleScope) =>
  (path: readonly (string | number)[]): Code | undefined => {
    const declared = blocks.get(path.join('.'));
    return declared && use(declared.definition);
  };
