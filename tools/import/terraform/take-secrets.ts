import { isPlainObject } from '@home/terraform';
import { snakeCase } from '../kubernetes/secret-values';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock, HclBody } from './parse-module';
import {
  type Steps,
  keyOf,
  namesInMetadata,
  reachedFrom,
  referencesIn,
  repetitionsIn,
  wholeReference,
} from './secret-references';
import { fileOf, holdsWrittenOut, isWrittenOut, takeTexts } from './secret-texts';
import { replaceSensitive } from './sensitive-arguments';
import { escapeTemplate, splitTemplate } from './split-template';

/** A secret that stood in the code, and the variable that takes its place. */
export interface TakenSecret {
  /** The variable's name in its module. */
  readonly name: string;
  readonly holds: string;
  /** `file:line` of the block where it stood. */
  readonly where: string;
}

/** What a call must know of the secrets of the module that it calls. */
export interface ModuleSecrets {
  readonly secrets: readonly TakenSecret[];
  /** Variables whose values are secret. */
  readonly secretInputs: ReadonlySet<string>;
  /** Outputs that show a secret. */
  readonly secretOutputs: ReadonlySet<string>;
}

/** The blocks of a module without what is secret in them, and with a variable for each such value. */
export interface WithoutSecrets extends ModuleSecrets {
  readonly blocks: readonly HclBlock[];
  /** Values that are put together from text and expressions, and stayed. */
  readonly doubtful: readonly { readonly block: HclBlock; readonly what: string }[];
}

/** Where a value stands: in which block, how it is called there, and by which reference it is read. */
interface Place {
  readonly block: HclBlock;
  readonly path: Steps;
  readonly readAs: Steps;
}

/**
 * Takes secret values out of a module: texts, and files of its folder, that reach what the provider's schema calls
 * sensitive, be it through locals, `each.value`, defaults of variables or arguments of calls, and defaults of variables
 * that are declared so.
 *
 * @param called what is known of the module that a block calls
 */
export function takeSecrets(
  blocks: readonly HclBlock[],
  called: (block: HclBlock) => ModuleSecrets | undefined,
): WithoutSecrets {
  return new SecretSearch(blocks, called).result();
}

class SecretSearch {
  readonly #names: Set<string>;
  readonly #secrets: TakenSecret[] = [];
  readonly #doubtful: WithoutSecrets['doubtful'][number][] = [];
  readonly #added: HclBlock[] = [];
  readonly #passed = new Map<TakenSecret, TakenSecret>();
  /** Local values as they are by now, and where they stand. */
  readonly #locals = new Map<string, unknown>();
  readonly #homes = new Map<string, HclBlock>();
  /** What blocks are repeated for, by now. */
  readonly #repeated = new Map<HclBlock, unknown>();
  readonly #followed = new Set<string>();
  /** Variables whose values are secret. */
  readonly #secretInputs = new Set<string>();
  /** References to what names objects, and so is no secret. */
  readonly #public: ReadonlyMap<string, Steps>;

  constructor(
    private readonly blocks: readonly HclBlock[],
    private readonly called: (block: HclBlock) => ModuleSecrets | undefined,
  ) {
    const variables = blocks.filter(({ kind }) => kind === 'variable');
    this.#names = new Set(variables.map(({ label }) => label));
    for (const { label, body } of variables)
      if (body['sensitive'] === true || body['ephemeral'] === true) this.#secretInputs.add(label);
    for (const block of blocks) {
      if (block.body['for_each'] !== undefined) this.#repeated.set(block, block.body['for_each']);
      if (block.kind !== 'locals') continue;
      for (const [name, value] of Object.entries(block.body)) {
        this.#locals.set(name, value);
        this.#homes.set(name, block);
      }
    }
    this.#public = reachedFrom(namesInMetadata(blocks), this.#locals);
  }

  result(): WithoutSecrets {
    const without = this.blocks.map((block) => [block, this.#withoutArguments(block)] as const);
    // Locals, repetitions and variables change while others are gone through.
    const done = without.map(([block, body]) => this.#withoutReached(block, body));
    const secretOutputs = this.#outputsOf(done);
    const shown = done.map((block) =>
      block.kind === 'output' && secretOutputs.has(block.label)
        ? { ...block, body: { ...block.body, sensitive: true } }
        : block,
    );
    return {
      blocks: [...this.#added, ...shown],
      secrets: this.#secrets,
      doubtful: this.#doubtful,
      secretInputs: this.#secretInputs,
      secretOutputs,
    };
  }

  #withoutArguments(block: HclBlock): HclBody {
    const { kind, body } = block;
    const replace = (value: unknown, path: Steps) => this.#replace(value, { block, path, readAs: [] });
    if (kind === 'module') return this.#withoutInputs(block);
    if (kind === 'output' && body['sensitive'] === true)
      return { ...body, value: replace(body['value'], ['value']) };
    if (kind === 'locals' && block.isSecret === true)
      for (const name of Object.keys(body)) this.#follow(['local', name], block);
    if (!['resource', 'data', 'ephemeral'].includes(kind)) return body;
    return replaceSensitive(body, declaredType(block).known?.block, replace);
  }

  /** A call that passes on what the called module was rid of, and without what is secret there. */
  #withoutInputs(block: HclBlock): HclBody {
    const module = this.called(block);
    if (module === undefined) return block.body;
    const missing = module.secrets.filter(({ name }) => !(name in block.body));
    const given = missing.map((secret) => {
      const own = this.#passed.get(secret) ?? this.#add(secret, block);
      this.#passed.set(secret, own);
      return [secret.name, `\${var.${own.name}}`];
    });
    const inputs = Object.entries(block.body).map(([name, value]) => {
      if (!module.secretInputs.has(name)) return [name, value];
      return [name, this.#replace(value, { block, path: [name], readAs: [] })];
    });
    return { ...Object.fromEntries(inputs), ...Object.fromEntries(given) };
  }

  /** The block without what references from sensitive arguments have reached. */
  #withoutReached(block: HclBlock, body: HclBody): HclBlock {
    if (block.kind === 'variable') return this.#withoutDefault(block);
    if (block.kind === 'locals') {
      const members = Object.keys(body).map((name) => [name, this.#locals.get(name)]);
      return { ...block, body: Object.fromEntries(members) };
    }
    return {
      ...block,
      body: this.#repeated.has(block) ? { ...body, for_each: this.#repeated.get(block) } : body,
    };
  }

  #withoutDefault(block: HclBlock): HclBlock {
    const { default: given, ...body } = block.body;
    if (!this.#secretInputs.has(block.label) || !holdsWrittenOut(given)) return block;
    this.#secrets.push({
      name: block.label,
      holds: `the default of ${addressOf(block)}`,
      where: block.where,
    });
    const repeats = reachedFrom(
      this.blocks.flatMap((one) => repetitionsIn(one.body)),
      this.#locals,
    );
    const isRepeated = [...repeats.values()].some(([kind, name]) => kind === 'var' && name === block.label);
    return {
      ...block,
      body: { ...body, ...(!isRepeated && body['ephemeral'] !== true && { sensitive: true }) },
    };
  }

  /** A secret's value, without what is written out in it. */
  #replace(value: unknown, place: Place): unknown {
    if (place.readAs.length > 0 && this.#public.has(keyOf(place.readAs))) return value;
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => this.#replace(item, stepped(place, index)));
    }
    if (isPlainObject(value)) {
      const members = Object.entries(value).map(([key, member]) => [
        key,
        this.#replace(member, stepped(place, key)),
      ]);
      return Object.fromEntries(members);
    }
    if (typeof value !== 'string') return isWrittenOut(value) ? this.#takeOut(place) : value;
    const file = fileOf(value);
    if (file !== undefined) return this.#takeOut(place, `, the text of ${file}`);
    return isWrittenOut(value) ? this.#takeOut(place) : this.#replaceInTemplate(value, place);
  }

  /** What is put together: its references are followed, texts in it that stand for themselves are taken out. */
  #replaceInTemplate(value: string, place: Place): string {
    for (const path of referencesIn(value)) this.#follow(path, place.block);
    const parts = splitTemplate(value);
    const [part, ...more] = parts;
    const whole = part?.kind === 'expression' && more.length === 0 ? part : undefined;
    const taken = whole && takeTexts(whole.source, () => this.#takeOut(place).slice(2, -1));
    if (taken?.holdsText ?? parts.some((one) => one.kind === 'text' && /\w/.test(one.text))) {
      const what = `${addressOf(place.block) || place.block.kind}: ${place.path.join('.')} is secret and holds text that stays in the code`;
      this.#doubtful.push({ block: place.block, what });
    }
    return taken === undefined ? value : `\${${taken.source}}`;
  }

  /** Goes to what a secret refers to. */
  #follow(path: Steps, block: HclBlock): void {
    const [kind, name, ...rest] = path;
    if (this.#public.has(keyOf(path))) return;
    if (kind === 'var') this.#secretInputs.add(String(name));
    if (kind === 'each' && name === 'value' && this.#repeated.has(block) && !this.#isFollowed(path, block)) {
      const place = { block, path: ['for_each'], readAs: [] };
      this.#repeated.set(block, this.#replaceAt(this.#repeated.get(block), ['*', ...rest], place));
    }
    const home = this.#homes.get(String(name));
    if (kind !== 'local' || home === undefined || this.#isFollowed(path, home)) return;
    const place = { block: home, path: [String(name)], readAs: ['local', String(name)] };
    this.#locals.set(String(name), this.#replaceAt(this.#locals.get(String(name)), rest, place));
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
    if (step === undefined) return this.#replace(value, place);
    if (typeof value === 'string') {
      const whole = wholeReference(value);
      if (whole !== undefined) this.#follow([...whole, ...path], place.block);
      // The elements of a set are the names of what is made from it.
      else if (!/^\$\{\s*toset\(/.test(value)) return this.#replace(value, place);
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

  /** The reference to a variable in the place of a secret. */
  #takeOut({ block, path }: Place, origin = ''): string {
    const address = block.kind === 'locals' ? `local.${path[0]}` : addressOf(block);
    const holds = `${path.at(-1)} of ${address}${origin}`;
    const wish = snakeCase(
      [block.label, ...path.filter((step) => step !== 'data' && step !== 'for_each')].join('_'),
    );
    return `\${var.${this.#add({ name: wish, holds, where: block.where }, block).name}}`;
  }

  /** Adds a variable for a secret. */
  #add(secret: TakenSecret, { file }: HclBlock): TakenSecret {
    let name = secret.name;
    for (let number = 2; this.#names.has(name); number += 1) name = `${secret.name}_${number}`;
    this.#names.add(name);
    const made = { ...secret, name };
    this.#secrets.push(made);
    const body = { type: '${string}', description: escapeTemplate(secret.holds), sensitive: true };
    this.#added.push({
      kind: 'variable',
      type: '',
      label: name,
      body,
      comment: [],
      where: secret.where,
      file,
    });
    return made;
  }

  /** The outputs that show what has become secret. */
  #outputsOf(blocks: readonly HclBlock[]): Set<string> {
    const secret = new Set(this.#secrets.map(({ name }) => `var.${name}`));
    for (const block of blocks.filter(({ kind }) => kind === 'module'))
      for (const output of this.called(block)?.secretOutputs ?? [])
        secret.add(`module.${block.label}.${output}`);
    const outputs = blocks.filter(({ kind, body }) => {
      const reached =
        kind === 'output' ? reachedFrom([body['value']], this.#locals) : new Map<string, Steps>();
      return [...reached.values()].some((path) =>
        secret.has(keyOf(path.slice(0, path[0] === 'module' ? 3 : 2))),
      );
    });
    return new Set(outputs.map(({ label }) => label));
  }
}

const stepped = ({ block, path, readAs }: Place, step: string | number): Place => ({
  block,
  path: [...path, step],
  readAs: readAs.length === 0 ? [] : [...readAs, step],
});
