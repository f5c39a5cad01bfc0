import { type Code, type Definition, call, dataOf, imported, object, steps, use } from '../code/code';
import { describeBlock } from './describe-block';
import { convertValue } from './convert-value';
import { type Tree, expressionsIn } from './expression-trees';
import { type Declared, type ModulePlace, type ModuleScope, addressOf, bodyScope } from './module-scope';
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
  const stepped = steppedLocals(blocks);
  const needed = neededLocals(blocks);
  const isAmbiguous = (label: string): boolean => blocks.filter((one) => one.label === label).length > 1;
  const staysLocal = (name: string, value: Code): boolean =>
    needed.has(name) || (stepped.has(name) && dataOf(value) === undefined);
  return blocks.flatMap((block) => {
    const place = places.get(block);
    if (place === undefined) return [];
    const scope = { trees, declared, place };
    const made =
      block.kind === 'locals'
        ? describeLocal(block, scope, staysLocal)
        : describeBlock(block, scope, isAmbiguous);
    if (made === undefined) return [];
    declared.set(addressOf(block), made);
    return [{ block, definition: made.definition }];
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
  staysLocal: (name: string, value: Code) => boolean,
): Declared {
  const { label: name, comment } = block;
  // Only now are all blocks known that it may name.
  const value = once((): Typed => convertValue(block.body[name], 'dynamic', bodyScope(block, scope)));
  const isBlock = once(() => staysLocal(name, value().code));
  const nameInStack = (): string => scope.place.nameInStack('local', name);
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
    isRepeated: false,
    get reference() {
      const code = isBlock() ? steps(use(definition), 'ref', nameInStack()) : use(definition);
      return { code, type: value().type };
    },
  };
}

/** Makes a value when it is first asked for. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
