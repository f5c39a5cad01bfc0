import {
  Block,
  type BlockKind,
  type Body,
  type Expression,
  type Reference,
  type Step,
  type Value,
  reference,
} from './expression';

/** A nested block that occurs at most once; of several dynamic ones at most one may make any. */
export type Single<T> = T | Dynamic<T> | readonly Dynamic<T>[];

/** A nested block that may be repeated. */
export type Many<T> = readonly (T | Dynamic<T>)[];

/** Nested blocks that Terraform makes, one for each element of a collection. `dynamicBlock` makes it. */
export class Dynamic<out T> {
  constructor(
    readonly dynamic: { readonly for_each: unknown; readonly iterator: string; readonly content: T },
  ) {}
}

/** What `each` and a dynamic block's iterator give. */
export type Each<T> = Reference<{ key: string; value: T }>;

/** A condition that Terraform checks, and what it says when the condition does not hold. */
export interface Condition {
  readonly condition: Value<boolean>;
  readonly error_message: Value<string>;
}

/** How Terraform treats a resource when it changes or goes. */
export interface Lifecycle {
  readonly create_before_destroy?: boolean;
  readonly prevent_destroy?: boolean;
  /** Argument paths, such as `metadata[0].annotations`, or `all`. */
  readonly ignore_changes?: readonly string[] | 'all';
  readonly replace_triggered_by?: readonly (Expression<unknown> | Block)[];
  readonly precondition?: readonly Condition[];
  readonly postcondition?: readonly Condition[];
}

/** The arguments that Terraform itself defines for every resource, data source and ephemeral resource. */
export interface MetaArguments {
  readonly depends_on?: readonly (Block | Expression<unknown>)[];
  readonly count?: Value<number>;
  readonly for_each?: Value<Readonly<Record<string, unknown>> | readonly string[]>;
  /** A provider configuration with an alias. */
  readonly provider?: Block;
  readonly lifecycle?: Lifecycle;
  /** Labels that this block had before, the oldest first; Terraform then moves the object instead of recreating it. */
  readonly formerly?: string | readonly string[];
}

/** A block and all blocks below it: what a `main.ts` may export. */
export type Blocks = Block | { readonly blocks: Blocks } | readonly Blocks[];

/**
 * Makes a block. The typed functions of `@home/providers` and `declarations.ts` are built on it.
 *
 * @param kind the kind of block
 * @param type its type label, or an empty text
 * @param label its own label
 * @param given arguments, nested blocks and meta-arguments; `undefined` counts as absent
 */
export function block<Attributes>(
  kind: BlockKind,
  type: string,
  label: string,
  given: object,
): Block<Attributes> {
  const { formerly = [], ...body } = given as Body & Pick<MetaArguments, 'formerly'>;
  return new Block(kind, type, label, body, typeof formerly === 'string' ? [formerly] : formerly);
}

/** Makes a resource block from untyped arguments. Workloads use `resource` of `@home/providers`. */
export const resourceBlock = <Attributes>(type: string, label: string, given: object): Block<Attributes> =>
  block('resource', type, label, given);

/** Makes a data source's block from untyped arguments. Workloads use `data` of `@home/providers`. */
export const dataBlock = <Attributes>(type: string, label: string, given: object): Block<Attributes> =>
  block('data', type, label, given);

/** Makes an ephemeral resource's block from untyped arguments. Workloads use `ephemeral` of `@home/providers`. */
export const ephemeralBlock = <Attributes>(type: string, label: string, given: object): Block<Attributes> =>
  block('ephemeral', type, label, given);

/** One instance of a block with `count` or `for_each`. */
export function instance<Attributes>(of: Block<Attributes>, key: Step): Reference<Attributes> {
  return reference<Attributes>(of, [key]);
}

/**
 * Nested blocks made by Terraform from a collection that is known only when it runs.
 *
 * @param iterator the name under which the current element is read
 * @param forEach the collection
 * @param content makes the nested block from the current element
 * @example env: [dynamicBlock('entry', settings.ref, (entry) => ({ name: entry.key, value: entry.value }))]
 */
export function dynamicBlock<Item, Content>(
  iterator: string,
  forEach: Expression<Readonly<Record<string, Item>> | readonly Item[]>,
  content: (each: Each<Item>) => Content,
): Dynamic<Content>;
export function dynamicBlock<Item, Content>(
  iterator: string,
  forEach: Readonly<Record<string, Item>> | readonly Item[],
  content: (each: Each<Item>) => Content,
): Dynamic<Content>;
export function dynamicBlock<Item, Content>(
  iterator: string,
  forEach: Value<Readonly<Record<string, Item>> | readonly Item[]>,
  content: (each: Each<Item>) => Content,
): Dynamic<Content> {
  const each = reference<{ key: string; value: Item }>(iterator);
  return new Dynamic({ for_each: forEach, iterator, content: content(each) });
}

/** Tells whether a value is a dynamic block; an object that merely looks like one is data. */
export const isDynamic = (value: unknown): value is Dynamic<object> => value instanceof Dynamic;

/** Tells whether a value is a block. */
export const isBlock = (value: unknown): value is Block => value instanceof Block;

/** Flattens what a `main.ts` exports into its blocks, in the order they were given. */
export function flatten(blocks: Blocks): Block[] {
  if (isBlock(blocks)) return [blocks];
  return 'blocks' in blocks ? flatten(blocks.blocks) : blocks.flatMap(flatten);
}
