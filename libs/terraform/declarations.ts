import { type Condition, type MetaArguments, block } from './block';
import { type Block, type Expression, type Reference, type Value, reference } from './expression';

/** Names that Terraform gives a meaning to inside a block. */
export const each = <Item>(): Reference<{ key: string; value: Item }> => reference('each');
export const count: Reference<{ index: number }> = reference('count');
export const self = <Attributes>(): Reference<Attributes> => reference('self');
export const path: Reference<{ module: string; root: string; cwd: string }> = reference('path');
export const terraform: Reference<{ workspace: string }> = reference('terraform');

export interface OutputArguments {
  readonly description?: string;
  readonly sensitive?: boolean;
  readonly ephemeral?: boolean;
  readonly precondition?: readonly Condition[];
  readonly depends_on?: MetaArguments['depends_on'];
}

/**
 * An output of the stack. Other stacks may read the attribute it names; nothing else of a computed kind crosses.
 *
 * @param name the output's name
 * @param value what it gives
 */
export function output<T>(name: string, value: Value<T>, given: OutputArguments = {}): Block<T> {
  return block('output', '', name, { value, ...given });
}

export interface VariableArguments<T> {
  /** Terraform's type constraint, such as `string` or `map(number)`. */
  readonly type?: string;
  readonly description?: string;
  /** Taken literally: Terraform evaluates no expression here. `null` makes the variable optional without a value. */
  readonly default?: T | null;
  readonly sensitive?: boolean;
  readonly ephemeral?: boolean;
  readonly nullable?: boolean;
  readonly validation?: readonly Condition[] | ((value: Reference<T>) => readonly Condition[]);
}

/**
 * An input variable of the stack.
 *
 * @param name the variable's name; the environment gives its value as `TF_VAR_<name>`
 */
export function variable<T>(name: string, given: VariableArguments<T> = {}): Block<T> {
  const { validation, ...rest } = given;
  const own = reference<T>(`var.${name}`);
  const conditions = typeof validation === 'function' ? validation(own) : validation;
  return block('variable', '', name, { ...rest, validation: conditions });
}

/** Named values of the stack: `locals({ a: 1 }).ref.a` becomes `${local.a}`. */
export function locals<T extends Readonly<Record<string, unknown>>>(named: T): Block<Evaluated<T>> {
  return block('locals', '', '', named);
}

/** What a tree of values evaluates to. */
type Evaluated<T> =
  T extends Expression<infer Result>
    ? Result
    : T extends object
      ? { readonly [Key in keyof T]: Evaluated<T[Key]> }
      : T;

/** Tells Terraform that the object at one address is now at another. */
export const moved = (from: string, to: string | Block): Block => block('moved', '', '', { from, to });

/** Makes Terraform forget an object, and with `destroy` also delete it. */
export const removed = (from: string, destroy: boolean): Block =>
  block('removed', '', '', { from, lifecycle: { destroy } });

/** Makes Terraform take over an object that exists already; the provider's documentation gives the form of its id. */
export const importInto = (to: string | Block, id: Value<string>, given: { provider?: Block } = {}): Block =>
  block('import', '', '', { to, id, ...given });

/** Assertions that Terraform evaluates at the end of a plan and an apply; a failing one warns and stops nothing. */
export function check(name: string, assertions: readonly Condition[], data?: Block): Block {
  return block('check', '', name, { assert: assertions, data });
}

export interface ModuleArguments extends Pick<MetaArguments, 'depends_on' | 'count' | 'for_each'> {
  readonly source: string;
  readonly version?: string;
  readonly providers?: Readonly<Record<string, Block>>;
  readonly [input: string]: unknown;
}

/** A call of a module; `Outputs` describes what can be read from it. */
export function module<Outputs>(name: string, given: ModuleArguments): Block<Outputs> {
  return block('module', '', name, given);
}

/** A provider's configuration from untyped arguments; one without `alias` is the default for its resources. */
export function providerBlock(name: string, given: object & { readonly alias?: string }): Block {
  return block('provider', '', name, given);
}
