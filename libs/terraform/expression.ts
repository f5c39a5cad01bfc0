declare const evaluatesTo: unique symbol;

/** Where an expression keeps what it is made of. A symbol, so that no attribute's name can collide with it. */
const source = Symbol('expression');

/** A Terraform expression that evaluates to a `T` when Terraform runs. */
export interface Expression<out T> {
  readonly [evaluatesTo]: T;
}

/** A value that may be written down, or be computed by Terraform. */
export type Value<T> = T | Expression<T>;

/** A typed pointer at an attribute: `ref.metadata[0].name` becomes `${type.label.metadata[0].name}`. */
export type Reference<T> = Expression<T> & Deeper<T>;

type Deeper<T> = [T] extends [readonly (infer Item)[]]
  ? Items<Item>
  : [T] extends [object]
    ? { readonly [Key in keyof T]-?: Reference<NonNullable<Computed<T[Key]>>> }
    : unknown;

/** What an expression gives: a step into a local value finds that, and no expression. */
type Computed<T> = T extends Expression<infer Given> ? Given : T;

/** The elements of a list. Terraform says when one is not there, so the compiler need not ask about the first few. */
type Items<Item> = { readonly [Index in 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9]: Reference<Item> } & {
  readonly [index: number]: Reference<Item>;
};

/** The kinds of Terraform blocks that this library writes. */
export const blockKinds = [
  'resource',
  'data',
  'ephemeral',
  'output',
  'variable',
  'locals',
  'module',
  'moved',
  'removed',
  'import',
  'check',
  'provider',
  'terraform',
] as const;

export type BlockKind = (typeof blockKinds)[number];

/** The arguments of a block as they were given: literals, expressions, nested blocks. */
export type Body = Readonly<Record<string, unknown>>;

/** One Terraform block as a value. A class, so that one look tells a block from data; `block` makes it. */
export class Block<out Attributes = unknown> {
  /**
   * @param type the type label of a resource, data source or ephemeral resource; empty for the other kinds
   * @param formerly former labels, the oldest first, from which `moved` blocks lead here
   */
  constructor(
    readonly kind: BlockKind,
    readonly type: string,
    readonly label: string,
    readonly body: Body,
    readonly formerly: readonly string[],
  ) {
    Object.freeze(this);
  }

  /** A pointer at what the block will be when Terraform has made it. */
  get ref(): Reference<Attributes> {
    return reference<Attributes>(this);
  }
}

/** One step of a reference: an attribute's name, a map's key or a list's index. */
export type Step = string | number;

/** What a reference points at: a block, or a name that Terraform gives a meaning to, such as `each` or `path`. */
export interface Target {
  readonly root: Block | string;
  readonly path: readonly Step[];
}

/** The three ways an expression can be made; rendered by `render-value.ts`. */
export type Source =
  | { readonly kind: 'reference'; readonly target: Target }
  | { readonly kind: 'code'; readonly parts: readonly CodePart[] }
  | { readonly kind: 'template'; readonly parts: readonly unknown[]; readonly public?: true };

/** A piece of HCL: source text as it is, or a value that becomes a literal or an expression in that place. */
export type CodePart = string | { readonly value: unknown };

/**
 * Makes a reference to a block, or to a part of it.
 *
 * @param root the block pointed at, or the name of what Terraform defines itself
 * @param path the steps from there to the attribute
 * @returns a reference that every property access leads one step deeper
 * @throws TypeError when the reference is used as text in JavaScript, where Terraform has not evaluated it yet
 */
export function reference<T>(root: Block | string, path: readonly Step[] = []): Reference<T> {
  const deeper: object = new Proxy(new Made({ kind: 'reference', target: { root, path } }), stepDeeper);
  return deeper as Reference<T>;
}

/** An index is a number; a number that JavaScript cannot hold exactly is a map's key. */
function stepOf(key: string): Step {
  return /^(0|[1-9]\d*)$/.test(key) && Number.isSafeInteger(Number(key)) ? Number(key) : key;
}

function nameOf({ root, path }: Target): string {
  const start = typeof root === 'string' ? [root] : [root.type, root.label];
  return [...start, ...path].filter((step) => step !== '').join('.');
}

/** Makes an expression of the given parts. */
export function expression<T>(made: Source): Expression<T> {
  const own: object = Object.freeze(new Made(made));
  return own as Expression<T>;
}

/** Keeps a source, and refuses to be text in JavaScript, where Terraform has not evaluated it yet. */
class Made {
  readonly [source]: Source;

  constructor(made: Source) {
    this[source] = made;
  }

  [Symbol.toPrimitive](): never {
    const made = this[source];
    const name = made.kind === 'reference' ? nameOf(made.target) : 'An expression';
    throw new TypeError(
      `${name} is known only to Terraform and cannot be text in JavaScript. ` +
        'Put it in a template, tf`… ${reference} …`, or in a function of Terraform such as jsonencode.',
    );
  }

  toJSON(): never {
    return this[Symbol.toPrimitive]();
  }
}

/** Every property of a reference leads one step deeper. */
const stepDeeper: ProxyHandler<Made> = {
  get(made, key) {
    const { [source]: own } = made;
    if (typeof key === 'symbol' || key === 'toJSON' || own.kind !== 'reference')
      return Reflect.get(made, key);
    return reference(own.target.root, [...own.target.path, stepOf(key)]);
  },
};

/** Tells whether a value is an expression, and so not known before Terraform runs. */
export function isExpression(value: unknown): value is Expression<unknown> {
  return value instanceof Made;
}

/** Tells whether a value is an object literal, and so data rather than a block or an instance of a class. */
export function isPlainObject(value: unknown): value is Body {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What an expression is made of; undefined for anything that is not an expression. */
export function sourceOf(value: object): Source | undefined {
  return (value as Record<symbol, Source | undefined>)[source];
}

/**
 * A template: text with values that Terraform fills in. The text is literal, also where it looks like HCL.
 *
 * @example tf`http://${service.ref.metadata[0].name}.apps` → `http://${kubernetes_service_v1.gotify.metadata[0].name}.apps`
 */
export function tf(
  text: TemplateStringsArray,
  ...values: readonly Value<string | number | boolean>[]
): Expression<string> {
  const parts = text.flatMap((piece, index) => [piece, ...values.slice(index, index + 1)]);
  return expression({ kind: 'template', parts });
}

/**
 * A text that looks like a secret and that everybody may know, such as a public token of a map: the rule that keeps
 * secrets out of the code lets it stand.
 *
 * @example env: { MAP_TOKEN: publicText('pk-3f9c2d71a8') }
 */
export const publicText = (text: string): Expression<string> =>
  expression({ kind: 'template', parts: [text], public: true });

/** Tells whether a value is a text that everybody may know. */
export function isPublic(value: unknown): boolean {
  const made = isExpression(value) ? sourceOf(value) : undefined;
  return made?.kind === 'template' && made.public === true;
}

/**
 * An expression given as HCL, for what has no typed helper.
 *
 * @param parts HCL source and, between, values: `raw<number>('max(', a, ', ', b, ')')`. Strings at even positions are
 *   source; values at odd positions are rendered as literals or expressions. Without a type argument the expression
 *   stands for any: what its place takes may be told in several ways, of which the compiler would make a union.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function raw<T = any>(...parts: readonly [string, ...unknown[]]): Expression<NoInfer<T>> {
  return expression({
    kind: 'code',
    parts: parts.map((part, index) => (index % 2 === 0 ? String(part) : { value: part })),
  });
}
