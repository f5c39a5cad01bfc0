import type { Weight } from '../imported';
import type { ProvidedKind } from '@home/providers';
import { type Code, type Definition, call, imported, literal, steps, template, use } from '../code/code';
import type { Scope } from './convert-tree';
import type { Tree } from './expression-trees';
import { type HclType, typeOfBlock, typeOfConstraint } from './hcl-type';
import type { HclBlock } from './parse-module';
import { type KnownType, findType } from './provider-schemas';
import { type Typed, stepRaw, stepThrough } from './typed-code';
import type { WorkloadFiles } from './workload-files';

type Steps = readonly (string | number)[];

/** A block or a local value as code refers to it. */
export interface Declared {
  readonly definition: Definition;
  /** How code reads it, and what it then finds. */
  readonly reference: Typed;
  /** Whether `count` or `for_each` makes several of it. */
  readonly isRepeated: boolean;
}

/** Everything that a block can name, and the place where its workload is. */
export interface ModuleScope {
  readonly trees: ReadonlyMap<string, Tree>;
  /** By address: `var.host`, `local.name`, `kubernetes_service_v1.web`. */
  readonly declared: ReadonlyMap<string, Declared>;
  readonly place: ModulePlace;
}

/** What a described module needs to know of the place it goes to. */
export interface ModulePlace {
  /** From the stack's root module to the workload's folder. */
  readonly folder: string;
  /** Those beside the workload. */
  readonly files: WorkloadFiles;
  /** Names are shared by the whole stack: of `kubernetes_service_v1`, `data.TYPE`, `var`, `output`, `local`, `module`. */
  nameInStack(kind: string, name: string): string;
  /** Where the stack finds the module that a source names. */
  moduleSource(source: string): string;
  /** Takes note of what does not come along. */
  lose(block: HclBlock, what: string, remedy?: string, weight?: Weight): void;
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
  block: HclBlock,
  scope: ModuleScope,
  own: ReadonlyMap<string, Typed> = new Map(),
): Scope {
  return {
    trees: scope.trees,
    files: scope.place.files,
    lose: (what) => scope.place.lose(block, what),
    blockAt: (address) => blockAt(address, scope),
    resolve: (path) => resolve(scope, own, path),
    withName: (name, value) => bodyScope(block, scope, new Map([...own, [name, value]])),
  };
}

/** The block that an address names; a local value that is a `const` has none. */
export function blockAt(address: string, { declared }: ModuleScope): Code | undefined {
  const found = address.startsWith('local.') ? undefined : declared.get(address);
  return found && use(found.definition);
}

function resolve(scope: ModuleScope, own: ReadonlyMap<string, Typed>, path: Steps): Typed | undefined {
  const [root, name] = path;
  for (const length of [1, 2]) {
    const named = own.get(path.slice(0, length).join('.'));
    if (named !== undefined) return stepThrough(named, path.slice(length));
  }
  switch (root) {
    case 'path': {
      // The workload's folder, as it is found from the stack's root module.
      const here = template(steps(imported('@home/terraform', 'path'), 'module'), `/${scope.place.folder}`);
      return name === 'cwd' ? undefined : { code: here, type: 'string' };
    }
    case 'terraform':
      return { code: steps(imported('@home/terraform', 'terraform'), 'workspace'), type: 'string' };
    case 'count':
      return { code: steps(imported('@home/terraform', 'count'), 'index'), type: 'number' };
  }
  const length = root === 'data' || root === 'ephemeral' ? 3 : 2;
  const declared = scope.declared.get(path.slice(0, length).join('.'));
  return declared && read(declared, path.slice(length));
}

function read({ definition, reference, isRepeated }: Declared, path: Steps): Typed {
  if (!isRepeated) return stepThrough(reference, path);
  const [key, ...rest] = path;
  const { code, type } = reference;
  if (key === undefined) return { code, type: 'dynamic' };
  // An index stands in brackets, and so is a number or was a quoted string: an attribute of all instances is none.
  const one = call(imported('@home/terraform', 'instance'), use(definition), literal(key));
  return type === 'dynamic' ? stepRaw(code, path) : stepThrough({ code: one, type }, rest);
}
