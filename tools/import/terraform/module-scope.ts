import type { ProvidedKind } from '@home/providers';
import {
  type Code,
  type Definition,
  call,
  callOf,
  imported,
  literal,
  steps,
  template,
  use,
} from '../code/code';
import type { BodyScope } from './convert-body';
import type { Tree } from './expression-trees';
import { type HclType, elementType, typeOfBlock, typeOfConstraint, typescriptOf } from './hcl-type';
import type { HclBlock } from './parse-module';
import { type KnownType, findType } from './provider-schemas';
import { type Typed, stepRaw, stepThrough } from './typed-code';

type Steps = readonly (string | number)[];

/** A block as code refers to it. */
export interface Declared {
  readonly block: HclBlock;
  readonly definition: Definition;
  /** What its attributes are. */
  readonly type: HclType;
  /** Whether `count` or `for_each` makes several of it. */
  readonly isRepeated: boolean;
  /** Of a resource, data source or ephemeral resource that a provider of the home has. */
  readonly known?: KnownType;
}

/** A named value of a module. */
export interface Local {
  readonly definition: Definition;
  readonly value: Typed;
  /** `ref` of a block `locals`, or the value itself. */
  readonly code: Code;
}

/** Everything that the blocks of a module can name. */
export interface ModuleScope {
  readonly trees: ReadonlyMap<string, Tree>;
  readonly blocks: ReadonlyMap<string, Declared>;
  readonly local: (name: string) => Local | undefined;
  /** From the root module to the workload's folder. */
  readonly folder: string;
  takeFile(path: string): boolean;
  addFile(wish: string, content: string): string;
  /** The variable whose own conditions are converted, and how they call it. */
  readonly self?: { readonly name: string; readonly value: Typed };
}

/** What a described module needs to know of the place it goes to. */
export interface ModulePlace {
  /** From the stack's root module to the workload's folder. */
  readonly folder: string;
  /** Names are shared by the whole stack: of `kubernetes_service_v1`, `data.TYPE`, `var`, `output`, `local`, `module`. */
  nameInStack(kind: string, name: string): string;
  /** Takes along a file of the module's folder; false when it is not there. */
  takeFile(path: string): boolean;
  /** Puts a file beside the workload and gives its name. */
  addFile(wish: string, content: string): string;
  /** Where the stack finds the module that a source names. */
  moduleSource(source: string): string;
  /** Takes note of what does not come along. */
  lose(block: HclBlock, what: string): void;
}

/** The address by which expressions name a block. */
export function addressOf({ kind, type, label }: HclBlock): string {
  const prefix = { resource: '', variable: 'var', locals: 'local' }[kind] ?? kind;
  return [prefix, type, label].filter((part) => part !== '').join('.');
}

/** What a block's attributes are, as far as that is known. */
export function declaredType(block: HclBlock): { type: HclType; known?: KnownType } {
  const { kind, type, body } = block;
  if (kind === 'resource' || kind === 'data' || kind === 'ephemeral') {
    const known = findType(kind satisfies ProvidedKind, type, givenNames(body));
    return known === undefined ? { type: 'dynamic' } : { type: typeOfBlock(known.block), known };
  }
  if (kind !== 'variable') return { type: 'dynamic' };
  const constraint = body['type'];
  if (typeof constraint === 'string') return { type: typeOfConstraint(constraint.replace(/^\$\{|\}$/g, '')) };
  return { type: plainTypes[typeof body['default']] ?? 'dynamic' };
}

/** A default tells the type of a variable that has none, where it is no collection. */
const plainTypes: Readonly<Record<string, HclType>> = { string: 'string', number: 'number', boolean: 'bool' };

function givenNames(body: HclBlock['body']): string[] {
  const [spec]: readonly unknown[] = Array.isArray(body['spec']) ? body['spec'] : [];
  return typeof spec === 'object' && spec !== null ? Object.keys(spec) : [];
}

/**
 * What the body of a block can see.
 *
 * @param own names that only this block knows, such as `each`
 */
export function bodyScope(
  scope: ModuleScope,
  own: ReadonlyMap<string, Typed>,
  lose: (what: string) => void,
): BodyScope {
  return {
    trees: scope.trees,
    takeFile: (path) => scope.takeFile(path),
    addFile: (wish, content) => scope.addFile(wish, content),
    lose,
    resolve: (path) => resolve(scope, own, path),
    withName: (name, value) => bodyScope(scope, new Map([...own, [name, value]]), lose),
  };
}

/** `each` of a block that is made for every element of a collection. */
export function eachOf(forEach: Typed): Typed {
  const value = elementType(forEach.type);
  const typescript = typescriptOf(value);
  const each = imported('@home/terraform', 'each');
  if (typescript === undefined)
    return { code: call(each), type: ['object', { key: 'string', value: 'dynamic' }] };
  return { code: callOf(typescript, each), type: ['object', { key: 'string', value }] };
}

function resolve(scope: ModuleScope, own: ReadonlyMap<string, Typed>, path: Steps): Typed | undefined {
  const [root, name, ...rest] = path;
  const named = own.get(String(root));
  if (named !== undefined) return stepThrough(named, path.slice(1));
  switch (root) {
    case 'var':
      if (scope.self !== undefined && scope.self.name === name) return stepThrough(scope.self.value, rest);
      return readBlock(scope.blocks.get(`var.${name}`), rest);
    case 'module':
      return readBlock(scope.blocks.get(`module.${name}`), rest);
    case 'local':
      return readLocal(scope.local(String(name)), rest);
    case 'data':
    case 'ephemeral':
      return readBlock(scope.blocks.get(path.slice(0, 3).join('.')), path.slice(3));
    case 'path':
      return name === 'cwd' ? undefined : { code: folderCode(scope), type: 'string' };
    case 'terraform':
      return { code: steps(imported('@home/terraform', 'terraform'), 'workspace'), type: 'string' };
    case 'count':
      return { code: steps(imported('@home/terraform', 'count'), 'index'), type: 'number' };
    default:
      return readBlock(scope.blocks.get(`${root}.${name}`), rest);
  }
}

/** The workload's folder, as it is found from the stack's root module. */
function folderCode({ folder }: ModuleScope): Code {
  return template(steps(imported('@home/terraform', 'path'), 'module'), `/${folder}`);
}

function readBlock(declared: Declared | undefined, path: Steps): Typed | undefined {
  if (declared === undefined) return undefined;
  const { definition, type, isRepeated } = declared;
  const reference: Typed = { code: steps(use(definition), 'ref'), type };
  if (!isRepeated) return stepThrough(reference, path);
  const [key, ...rest] = path;
  if (key === undefined) return { ...reference, type: 'dynamic' };
  // An index stands in brackets, and so is a number or was a quoted string: an attribute of all instances is none.
  const one = call(imported('@home/terraform', 'instance'), use(definition), literal(key));
  return type === 'dynamic' ? stepRaw(reference.code, path) : stepThrough({ code: one, type }, rest);
}

function readLocal(local: Local | undefined, path: Steps): Typed | undefined {
  if (local === undefined) return undefined;
  return stepThrough({ code: local.code, type: local.value.type }, path);
}
