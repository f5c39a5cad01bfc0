import { isQuantity } from '@home/providers';
import {
  type Body,
  type OwnedBlock,
  type Problem,
  type Step,
  formatPath,
  isExpression,
  isPlainObject,
} from '@home/terraform';
import { isOpen } from '../../read/known-body';
import { placeOf } from '../mistake';
import { type NameCheck } from '../names';

/** A nested block, where it stands in its resource, and what is wrong with its arguments. */
export class Place {
  readonly body: Body;
  readonly #owned: OwnedBlock;
  readonly #problems: Problem[];
  readonly #around: Place | undefined;
  readonly #steps: readonly Step[];

  /**
   * @param problems takes what is found
   * @param around the block that it is nested in
   * @param steps those that lead from there to it
   */
  constructor(
    owned: OwnedBlock,
    body: Body,
    problems: Problem[],
    around?: Place,
    steps: readonly Step[] = [],
  ) {
    this.body = body;
    this.#owned = owned;
    this.#problems = problems;
    this.#around = around;
    this.#steps = steps;
  }

  /** The nested blocks to which some names lead. Those that Terraform makes are not among them. */
  blocks(...names: readonly string[]): readonly Place[] {
    let places: readonly Place[] = [this];
    for (const name of names) {
      const nested: Place[] = [];
      for (const place of places) place.#addNested(name, nested);
      places = nested;
    }
    return places;
  }

  #addNested(name: string, nested: Place[]): void {
    const value = this.body[name];
    const add = (item: unknown, steps: readonly Step[]): void => {
      if (isPlainObject(item) && !isOpen(item))
        nested.push(new Place(this.#owned, item, this.#problems, this, steps));
    };
    if (Array.isArray(value)) value.forEach((item: unknown, index) => add(item, [name, index]));
    else add(value, [name]);
  }

  /** Most places are right, and their paths are never asked for. */
  get #path(): readonly Step[] {
    return this.#around === undefined ? this.#steps : [...this.#around.#path, ...this.#steps];
  }

  /** Tells whether something stands there, known or not. The provider leaves out what is empty. */
  has(name: string): boolean {
    const value = this.body[name];
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  }

  /** Tells whether only Terraform knows what stands there. */
  isOpen(name: string): boolean {
    return isOpen(this.body[name]);
  }

  /** A text that is known and not empty. */
  text(name: string): string | undefined {
    const value = this.body[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A number that is known, also one that the provider takes as text. */
  number(name: string): number | undefined {
    const value = this.body[name];
    if (typeof value === 'number') return value;
    return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
  }

  /** Tells whether something is known to be true, or false; the provider takes a text for it, too. */
  is(name: string, wanted: boolean): boolean {
    const value = this.body[name];
    return !isExpression(value) && String(value) === String(wanted);
  }

  /** The members of a list that are known. */
  items(name: string): readonly unknown[] {
    const value = this.body[name];
    return Array.isArray(value) ? value : [];
  }

  /** The members of a map that are known. */
  members(name: string): readonly (readonly [string, unknown])[] {
    const value = this.body[name];
    return isPlainObject(value) && !isExpression(value) ? Object.entries(value) : [];
  }

  /**
   * Notes a mistake.
   *
   * @param at where in this block; the block itself, if it is empty
   */
  refuse(at: string | readonly Step[], what: string, remedy: string): void {
    const path = [...this.#path, ...(typeof at === 'string' ? [at] : at)];
    const where = path.length === 0 ? placeOf(this.#owned) : `${placeOf(this.#owned)}: ${formatPath(path)}`;
    this.#problems.push({ where, what, remedy });
  }

  /** A text must be there. */
  need(...names: readonly string[]): void {
    for (const name of names) if (!this.has(name)) this.refuse(name, 'must be given', 'Add it');
  }

  /** A text that the schema demands must not be empty. */
  fill(...names: readonly string[]): void {
    for (const name of names)
      if (this.body[name] === '') this.refuse(name, 'must not be empty', 'Write something');
  }

  /** Numbers have a range. */
  range(least: number, most: number, ...names: readonly string[]): void {
    for (const name of names) {
      const number = this.number(name);
      if (number === undefined || (number >= least && number <= most)) continue;
      const bound = most === Infinity ? `${least} or more` : `from ${least} to ${most}`;
      this.refuse(name, `must be ${bound}, but is ${number}`, 'Correct it');
    }
  }

  /** Texts are names of a kind. */
  named(check: NameCheck, ...names: readonly string[]): void {
    for (const name of names) {
      const text = this.text(name);
      const fault = text === undefined ? undefined : check(text);
      if (fault !== undefined) this.refuse(name, `${fault}, but is ${quoted(text)}`, 'Correct it');
    }
  }

  /** Each text of a list is a name of a kind. */
  eachNamed(name: string, check: NameCheck): void {
    for (const [index, item] of this.items(name).entries()) {
      const fault = typeof item === 'string' ? check(item) : undefined;
      if (fault !== undefined) this.refuse([name, index], `${fault}, but is ${quoted(item)}`, 'Correct it');
    }
  }

  /** A text is one of a few. */
  choose(name: string, choices: readonly string[]): void {
    const text = this.text(name);
    if (text === undefined || choices.includes(text)) return;
    const listed = choices.map((choice) => `"${choice}"`).join(', ');
    const must = choices.length === 1 ? `must be ${listed}` : `must be one of ${listed}`;
    this.refuse(name, `${must}, but is ${quoted(text)}`, 'Write that');
  }

  /**
   * Of some arguments one must be there, and one only.
   *
   * @param what what they are, such as `handler`
   */
  chooseOne(what: string, names: readonly string[], at: string | readonly Step[] = []): void {
    const given = names.filter((name) => this.has(name));
    if (given.length > 1 && given.every((name) => !this.isOpen(name)))
      this.refuse(at, `must have one ${what}, but has ${given.join(' and ')}`, 'Take one of them out');
    if (given.length === 0)
      this.refuse(at, `must have one ${what}, but has none`, `Add one of ${names.join(', ')}`);
  }
}

/** No two blocks have the same text in an argument. */
export function requireUnique(places: readonly Place[], name: string, whose: string): void {
  const taken = new Set<string>();
  for (const place of places) {
    const text = place.text(name);
    if (text !== undefined && taken.size === taken.add(text).size)
      place.refuse(
        name,
        `must be unique in its ${whose}, but ${quoted(text)} is there twice`,
        'Choose another one',
      );
  }
}

export const quoted = (value: unknown): string => {
  const text = JSON.stringify(value) ?? '';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

/** Says what is wrong with an amount that must not be below nothing, or must be more than that. */
export function amountFault(value: unknown, isPositive = false): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (!isQuantity(value)) return 'must be an amount such as "64Mi" or "0.5"';
  if (value.startsWith('-')) return isPositive ? 'must be more than 0' : 'must not be below 0';
  return isPositive && !/[1-9]/.test(value.replace(/[eE]\d+$/, '')) ? 'must be more than 0' : undefined;
}

export const noWayUp: NameCheck = (path) =>
  path.split('/').includes('..') ? 'must not lead up by ".."' : undefined;

/** Says what is wrong with a path below a folder. */
export const relativePath: NameCheck = (path) => (path.startsWith('/') ? 'must be relative' : noWayUp(path));

export const absolutePath: NameCheck = (path) => (path.startsWith('/') ? undefined : 'must begin with "/"');
