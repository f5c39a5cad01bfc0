import { addressOf, declaredType } from './module-scope';
import type { HclBlock, HclBody } from './parse-module';
import { type DoubtfulValue, SecretFlow } from './secret-flow';
import { type Steps, keyOf, reachedFrom, repetitionsIn } from './secret-references';
import { holdsWrittenOut } from './secret-texts';
import { replaceSensitive } from './sensitive-arguments';
import { type TakenSecret, TakenSecrets } from './taken-secrets';

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
  readonly doubtful: readonly DoubtfulValue[];
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
  readonly #taken: TakenSecrets;
  readonly #flow: SecretFlow;
  readonly #passed = new Map<TakenSecret, TakenSecret>();

  constructor(
    private readonly blocks: readonly HclBlock[],
    private readonly called: (block: HclBlock) => ModuleSecrets | undefined,
  ) {
    const variables = blocks.filter(({ kind }) => kind === 'variable');
    this.#taken = new TakenSecrets(variables.map(({ label }) => label));
    this.#flow = new SecretFlow(blocks, this.#taken);
    for (const { label, body } of variables)
      if (body['sensitive'] === true || body['ephemeral'] === true) this.#flow.secretInputs.add(label);
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
      blocks: [...this.#taken.added, ...shown],
      secrets: this.#taken.all,
      doubtful: this.#flow.doubtful,
      secretInputs: this.#flow.secretInputs,
      secretOutputs,
    };
  }

  #withoutArguments(block: HclBlock): HclBody {
    const { kind, body } = block;
    const replace = (value: unknown, path: Steps) => this.#flow.replace(value, { block, path, readAs: [] });
    if (kind === 'module') return this.#withoutInputs(block);
    if (kind === 'output' && body['sensitive'] === true)
      return { ...body, value: replace(body['value'], ['value']) };
    if (!['resource', 'data', 'ephemeral'].includes(kind)) return body;
    return replaceSensitive(body, declaredType(block).known?.block, replace);
  }

  /** A call that passes on what the called module was rid of, and without what is secret there. */
  #withoutInputs(block: HclBlock): HclBody {
    const module = this.called(block);
    if (module === undefined) return block.body;
    const missing = module.secrets.filter(({ name }) => !(name in block.body));
    const given = missing.map((secret) => {
      const own = this.#passed.get(secret) ?? this.#taken.add(secret, block);
      this.#passed.set(secret, own);
      return [secret.name, `\${var.${own.name}}`];
    });
    const inputs = Object.entries(block.body).map(([name, value]) => {
      if (!module.secretInputs.has(name)) return [name, value];
      return [name, this.#flow.replace(value, { block, path: [name], readAs: [] })];
    });
    return { ...Object.fromEntries(inputs), ...Object.fromEntries(given) };
  }

  /** The block without what references from sensitive arguments have reached. */
  #withoutReached(block: HclBlock, body: HclBody): HclBlock {
    if (block.kind === 'variable') return this.#withoutDefault(block);
    if (block.kind === 'locals') {
      const members = Object.keys(body).map((name) => [name, this.#flow.locals.get(name)]);
      return { ...block, body: Object.fromEntries(members) };
    }
    return {
      ...block,
      body: this.#flow.repeated.has(block) ? { ...body, for_each: this.#flow.repeated.get(block) } : body,
    };
  }

  #withoutDefault(block: HclBlock): HclBlock {
    const { default: given, ...body } = block.body;
    if (!this.#flow.secretInputs.has(block.label) || !holdsWrittenOut(given)) return block;
    this.#taken.all.push({
      name: block.label,
      holds: `the default of ${addressOf(block)}`,
      where: block.where,
    });
    const repeats = reachedFrom(
      this.blocks.flatMap((one) => repetitionsIn(one.body)),
      this.#flow.locals,
    );
    const isRepeated = [...repeats.values()].some(([kind, name]) => kind === 'var' && name === block.label);
    return {
      ...block,
      body: { ...body, ...(!isRepeated && body['ephemeral'] !== true && { sensitive: true }) },
    };
  }

  /** The outputs that show what has become secret. */
  #outputsOf(blocks: readonly HclBlock[]): Set<string> {
    const secret = new Set(this.#taken.all.map(({ name }) => `var.${name}`));
    for (const block of blocks.filter(({ kind }) => kind === 'module'))
      for (const output of this.called(block)?.secretOutputs ?? [])
        secret.add(`module.${block.label}.${output}`);
    const outputs = blocks.filter(({ kind, body }) => {
      const reached =
        kind === 'output' ? reachedFrom([body['value']], this.#flow.locals) : new Map<string, Steps>();
      return [...reached.values()].some((path) =>
        secret.has(keyOf(path.slice(0, path[0] === 'module' ? 3 : 2))),
      );
    });
    return new Set(outputs.map(({ label }) => label));
  }
}
