import { type Code, type Definition, call, dataOf, imported, object, steps, use } from '../code/code';
import { describeBlock } from './describe-block';
import { convertValue } from './convert-value';
import { type Tree, expressionsIn } from './expression-trees';
import {
  type Declared,
  type Local,
  type ModulePlace,
  type ModuleScope,
  addressOf,
  declaredType,
  bodyScope,
} from './module-scope';
import type { HclBlock } from './parse-module';
import type { Typed } from './typed-code';

/** The definition that a block, or one of its locals, became. */
export interface Described {
  readonly block: HclBlock;
  readonly definition: Definition;
}

/**
 * Turns the blocks of a module into definitions that refer to each other.
 *
 * @param places where each block goes
 */
export function describeModule(
  blocks: readonly HclBlock[],
  trees: ReadonlyMap<string, Tree>,
  places: ReadonlyMap<HclBlock, ModulePlace>,
): Described[] {
  const declared = new Map<string, Declared>();
  const locals = new Map<string, Local>();
  const scopeOf = (place: ModulePlace): ModuleScope => ({
    trees,
    blocks: declared,
    local: (name) => locals.get(name),
    folder: place.folder,
    takeFile: (path) => place.takeFile(path),
    addFile: (wish, content) => place.addFile(wish, content),
  });
  const stepped = steppedLocals(blocks);
  const needed = neededLocals(blocks);
  const isAmbiguous = (label: string): boolean => blocks.filter((one) => one.label === label).length > 1;
  return blocks.flatMap((block) => {
    const place = places.get(block);
    if (place === undefined) return [];
    const scope = scopeOf(place);
    if (block.kind === 'locals') {
      const staysLocal = (value: Code): boolean =>
        needed.has(block.label) || (stepped.has(block.label) && dataOf(value) === undefined);
      const local = describeLocal(block, scope, place, staysLocal);
      locals.set(block.label, local);
      return [{ block, definition: local.definition }];
    }
    const definition = describeBlock(block, scope, place, isAmbiguous);
    if (definition === undefined) return [];
    const isRepeated = 'count' in block.body || 'for_each' in block.body;
    declared.set(addressOf(block), { block, definition, isRepeated, ...declaredType(block) });
    return [{ block, definition }];
  });
}

/** Locals into which some expression steps. */
function steppedLocals(blocks: readonly HclBlock[]): Set<string> {
  const sources = blocks.flatMap(({ body }) => expressionsIn(body));
  const steppedIn = (source: string) => [...source.matchAll(/\blocal\.([\w-]+)\s*[.[]/g)];
  return new Set(sources.flatMap(steppedIn).map(([, name = '']) => name));
}

/** Locals that something depends on: a `const` is no address. */
function neededLocals(blocks: readonly HclBlock[]): Set<string> {
  const sources = blocks.flatMap(({ body }) => expressionsIn(body['depends_on']));
  return new Set(sources.flatMap((source) => /^local\.([\w-]+)$/.exec(source)?.slice(1) ?? []));
}

/**
 * A local value becomes a `const`. One that Terraform computes and that some expression steps into stays a local of
 * Terraform, since a `const` would have no attributes to step to; so does one that something depends on.
 */
function describeLocal(
  block: HclBlock,
  scope: ModuleScope,
  place: ModulePlace,
  staysLocal: (value: Code) => boolean,
): Local {
  const { label: name, comment } = block;
  const inside = bodyScope(scope, new Map(), (what) => place.lose(block, what));
  // Only now are all blocks known that it may name.
  const value = once((): Typed => convertValue(block.body[name], 'dynamic', inside));
  const isBlock = once(() => staysLocal(value().code));
  const nameInStack = (): string => place.nameInStack('local', name);
  const definition: Definition = {
    wish: name,
    comment,
    get exports() {
      return isBlock();
    },
    get code() {
      const { code } = value();
      return isBlock()
        ? call(imported('@home/terraform', 'locals'), object({ [nameInStack()]: code }))
        : code;
    },
  };
  return {
    definition,
    get value() {
      return value();
    },
    get code() {
      return isBlock() ? steps(use(definition), 'ref', nameInStack()) : use(definition);
    },
  };
}

/** Makes a value when it is first asked for. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
