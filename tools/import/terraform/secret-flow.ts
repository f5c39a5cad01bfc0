import { isPlainObject } from '@home/terraform';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import {
  type Steps,
  keyOf,
  namesInMetadata,
  reachedFrom,
  referencesIn,
  wholeReference,
} from './secret-references';
import { fileOf, isWrittenOut, takeTexts } from './secret-texts';
import { splitTemplate } from './split-template';
import { type Place, type TakenSecrets, stepped } from './taken-secrets';

/** A value that is put together from text and expressions, and stayed. */
export interface DoubtfulValue {
  readonly block: HclBlock;
  readonly what: string;
}

/** Follows secrets of a module from where they arrive to where they are written out, be it in locals or repetitions. */
export class SecretFlow {
  /** Local values as they are by now. */
  readonly locals = new Map<string, unknown>();
  /** What blocks are repeated for, by now. */
  readonly repeated = new Map<HclBlock, unknown>();
  /** Variables whose values are secret. */
  readonly secretInputs = new Set<string>();
  readonly doubtful: DoubtfulValue[] = [];
  /** Where local values stand. */
  readonly #homes = new Map<string, HclBlock>();
  readonly #followed = new Set<string>();
  /** References to what names objects, and so is no secret. */
  readonly #public: ReadonlyMap<string, Steps>;

  constructor(
    blocks: readonly HclBlock[],
    private readonly taken: TakenSecrets,
  ) {
    for (const block of blocks) {
      if (block.body['for_each'] !== undefined) this.repeated.set(block, block.body['for_each']);
      if (block.kind !== 'locals') continue;
      for (const [name, value] of Object.entries(block.body)) {
        this.locals.set(name, value);
        this.#homes.set(name, block);
      }
    }
    this.#public = reachedFrom(namesInMetadata(blocks), this.locals);
  }

  /** A secret's value, without what is written out in it. */
  replace(value: unknown, place: Place): unknown {
    if (place.readAs.length > 0 && this.#public.has(keyOf(place.readAs))) return value;
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => this.replace(item, stepped(place, index)));
    }
    if (isPlainObject(value)) {
      const members = Object.entries(value).map(([key, member]) => [
        key,
        this.replace(member, stepped(place, key)),
      ]);
      return Object.fromEntries(members);
    }
    if (typeof value !== 'string') return isWrittenOut(value) ? this.taken.takeOut(place) : value;
    const file = fileOf(value);
    if (file !== undefined) return this.taken.takeOut(place, `, the text of ${file}`);
    return isWrittenOut(value) ? this.taken.takeOut(place) : this.#replaceInTemplate(value, place);
  }

  /** What is put together: its references are followed, texts in it that stand for themselves are taken out. */
  #replaceInTemplate(value: string, place: Place): string {
    for (const path of referencesIn(value)) this.follow(path, place.block);
    const parts = splitTemplate(value);
    const [part, ...more] = parts;
    const whole = part?.kind === 'expression' && more.length === 0 ? part : undefined;
    const taken = whole && takeTexts(whole.source, () => this.taken.takeOut(place).slice(2, -1));
    if (taken?.holdsText ?? parts.some((one) => one.kind === 'text' && /\w/.test(one.text))) {
      const what = `${addressOf(place.block) || place.block.kind}: ${place.path.join('.')} is secret and holds text that stays in the code`;
      this.doubtful.push({ block: place.block, what });
    }
    return taken === undefined ? value : `\${${taken.source}}`;
  }

  /** Goes to what a secret refers to. */
  follow(path: Steps, block: HclBlock): void {
    const [kind, name, ...rest] = path;
    if (this.#public.has(keyOf(path))) return;
    if (kind === 'var') this.secretInputs.add(String(name));
    if (kind === 'each' && name === 'value' && this.repeated.has(block) && !this.#isFollowed(path, block)) {
      const place = { block, path: ['for_each'], readAs: [] };
      this.repeated.set(block, this.#replaceAt(this.repeated.get(block), ['*', ...rest], place));
    }
    const home = this.#homes.get(String(name));
    if (kind !== 'local' || home === undefined || this.#isFollowed(path, home)) return;
    const place = { block: home, path: [String(name)], readAs: ['local', String(name)] };
    this.locals.set(String(name), this.#replaceAt(this.locals.get(String(name)), rest, place));
  }

  #isFollowed(path: Steps, { where }: HclBlock): boolean {
    const key = `${where} ${keyOf(path)}`;
    const isFollowed = this.#followed.has(key);
    this.#followed.add(key);
    return isFollowed;
  }

  /** Replaces what is found at the end of steps; `*` steps to every element. */
  #replaceAt(value: unknown, path: Steps, place: Place): unknown {
    const [step, ...rest] = path;
    if (step === undefined) return this.replace(value, place);
    if (typeof value === 'string') {
      const whole = wholeReference(value);
      if (whole !== undefined) this.follow([...whole, ...path], place.block);
      // The elements of a set are the names of what is made from it.
      else if (!/^\$\{\s*toset\(/.test(value)) return this.replace(value, place);
      return value;
    }
    const isMeant = (key: string | number): boolean => step === '*' || String(step) === String(key);
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) =>
        isMeant(index) ? this.#replaceAt(item, rest, stepped(place, index)) : item,
      );
    }
    if (!isPlainObject(value)) return value;
    const members = Object.entries(value).map(([key, member]) => [
      key,
      isMeant(key) ? this.#replaceAt(member, rest, stepped(place, key)) : member,
    ]);
    return Object.fromEntries(members);
  }
}
