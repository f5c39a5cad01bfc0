import { isPlainObject } from '@home/terraform';
import { expressionsIn, traversalIn } from './expression-trees';
import { type Folder, localModule } from './find-folders';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';
import type { HclBody } from './block-order';
import { fileOf, holdsWrittenOut, isWrittenOut, takeTexts } from './secret-texts';
import { isSecretArgument, replaceSensitive } from './sensitive-arguments';
import { splitTemplate } from './split-template';
import { type Place, type TakenSecret, TakenSecrets, stepped } from './taken-secrets';

/** A secret of which some part stayed in the code. */
export interface DoubtfulValue {
  readonly block: HclBlock;
  readonly what: string;
}

/** A module without what is secret in it, and with a variable for each such value. */
export interface SecretFreeFolder extends Folder {
  readonly secrets: readonly TakenSecret[];
  /** Variables whose values are secret. */
  readonly secretInputs: ReadonlySet<string>;
  /** Outputs that show a secret. */
  readonly secretOutputs: ReadonlySet<string>;
  readonly doubtful: readonly DoubtfulValue[];
}

/** Takes secret values out of all modules; one that calls others is given the variables that these now have. */
export function withoutSecrets(folders: ReadonlyMap<string, Folder>): Map<string, SecretFreeFolder> {
  const done = new Map<string, SecretFreeFolder>();
  const visit = (path: string): SecretFreeFolder | undefined => {
    const known = done.get(path);
    const folder = folders.get(path);
    if (known !== undefined || folder === undefined) return known;
    const free = new SecretSearch(folder, (call) => localModule(call, path).map(visit)[0]).result();
    done.set(path, free);
    return free;
  };
  for (const path of folders.keys()) visit(path);
  return done;
}

/**
 * Finds what is secret where it stands: texts, and files of the module's folder, in arguments that the provider's schema
 * calls sensitive, and in locals, defaults and arguments of calls whose names say so. Where a secret is read from a
 * place with another name, it stays there, and is reported.
 */
class SecretSearch {
  readonly #taken: TakenSecrets;
  readonly #doubtful: DoubtfulValue[] = [];
  readonly #secretInputs: ReadonlySet<string>;
  readonly #passed = new Map<TakenSecret, TakenSecret>();

  /** @param called what became of the module that a block calls */
  constructor(
    private readonly folder: Folder,
    private readonly called: (block: HclBlock) => SecretFreeFolder | undefined,
  ) {
    const variables = folder.blocks.filter(({ kind }) => kind === 'variable');
    this.#taken = new TakenSecrets(variables.map(({ label }) => label));
    this.#secretInputs = new Set(variables.filter(isSecretInput).map(({ label }) => label));
  }

  result(): SecretFreeFolder {
    const done = this.folder.blocks.map((block) => ({ ...block, body: this.#withoutSecrets(block) }));
    const secretOutputs = this.#outputsThatShow(done);
    const shown = done.map((block) =>
      block.kind === 'output' && secretOutputs.has(block.label)
        ? { ...block, body: { ...block.body, sensitive: true } }
        : block,
    );
    return {
      ...this.folder,
      blocks: [...this.#taken.added, ...shown],
      secrets: this.#taken.all,
      secretInputs: this.#secretInputs,
      secretOutputs,
      doubtful: this.#doubtful,
    };
  }

  #withoutSecrets(block: HclBlock): HclBody {
    const { kind, body } = block;
    switch (kind) {
      case 'resource':
      case 'data':
      case 'ephemeral':
        return replaceSensitive(body, declaredType(block).known?.block, (value, path) =>
          this.#replace(value, { block, path }),
        );
      case 'module':
        return this.#withoutInputs(block);
      case 'variable':
        return this.#withoutDefault(block);
      case 'locals':
        return this.#replaceNamed(body, { block, path: [] });
      case 'output':
        return body['sensitive'] === true
          ? { ...body, value: this.#replace(body['value'], { block, path: ['value'] }) }
          : body;
      default:
        return body;
    }
  }

  /** A call that passes on what the called module was rid of, and without what is secret there. */
  #withoutInputs(block: HclBlock): HclBody {
    const module = this.called(block);
    const missing = (module?.secrets ?? []).filter(({ name }) => !(name in block.body));
    const given = missing.map((secret) => {
      const own = this.#passed.get(secret) ?? this.#taken.add(secret, block);
      this.#passed.set(secret, own);
      return [secret.name, `\${var.${own.name}}`];
    });
    const inputs = Object.entries(block.body).map(([name, value]) => {
      const isSecret = module?.secretInputs.has(name) ?? isSecretArgument(name);
      return [name, isSecret ? this.#replace(value, { block, path: [name] }) : value];
    });
    return { ...Object.fromEntries(inputs), ...Object.fromEntries(given) };
  }

  #withoutDefault(block: HclBlock): HclBody {
    const { default: given, ...body } = block.body;
    if (!this.#secretInputs.has(block.label) || !holdsWrittenOut(given)) return block.body;
    const holds = `the default of ${addressOf(block)}`;
    this.#taken.all.push({ name: block.label, holds, where: block.where });
    // Terraform repeats no block for a sensitive collection.
    const canHide = body['ephemeral'] !== true && !isCollection(given);
    return { ...body, ...(canHide && { sensitive: true }) };
  }

  /** Locals without the texts whose names say that they are secret. */
  #replaceNamed(body: HclBody, place: Place): HclBody {
    const members = Object.entries(body).map(([name, value]) => {
      const inside = stepped(place, name);
      if (isPlainObject(value)) return [name, this.#replaceNamed(value, inside)];
      return [name, isSecretArgument(name) && !isCollection(value) ? this.#replace(value, inside) : value];
    });
    return Object.fromEntries(members);
  }

  /** A secret's value, without what is written out in it. */
  #replace(value: unknown, place: Place): unknown {
    if (Array.isArray(value))
      return value.map((item: unknown, index) => this.#replace(item, stepped(place, index)));
    if (isPlainObject(value)) {
      const members = Object.entries(value).map(([key, member]) => [
        key,
        this.#replace(member, stepped(place, key)),
      ]);
      return Object.fromEntries(members);
    }
    if (isWrittenOut(value)) return this.#taken.takeOut(place);
    if (typeof value !== 'string') return value;
    const file = fileOf(value);
    return file === undefined
      ? this.#replaceInTemplate(value, place)
      : this.#taken.takeOut(place, `, the text of ${file}`);
  }

  /** What is put together: texts in it that stand for themselves are taken out, and what stays is reported. */
  #replaceInTemplate(value: string, place: Place): string {
    const parts = splitTemplate(value);
    const [part, ...more] = parts;
    const whole = part?.kind === 'expression' && more.length === 0 ? part : undefined;
    const taken = whole && takeTexts(whole.source, () => this.#taken.takeOut(place).slice(2, -1));
    const holdsText = taken?.holdsText ?? parts.some((one) => one.kind === 'text' && /\w/.test(one.text));
    const read = referencesIn(value).find((path) => this.#mayHoldText(path));
    if (holdsText) this.#doubt(place, 'holds text that stays in the code');
    else if (read !== undefined)
      this.#doubt(place, `reads ${read.join('.')}, which stays in the code as it is`);
    return taken === undefined ? value : `\${${taken.source}}`;
  }

  #doubt({ block, path }: Place, why: string): void {
    const what = `${addressOf(block) || block.kind}: ${path.join('.')} is secret and ${why}`;
    this.#doubtful.push({ block, what });
  }

  /** Whether a reference leads to something of another name than that of a secret, where text may be written out. */
  #mayHoldText(path: Steps): boolean {
    const [kind, name] = path;
    if (path.some((step) => isSecretArgument(String(step)))) return false;
    if (kind === 'local' || kind === 'each') return true;
    const variable = this.folder.blocks.find((one) => one.kind === 'variable' && one.label === name);
    return (
      kind === 'var' && !this.#secretInputs.has(String(name)) && holdsWrittenOut(variable?.body['default'])
    );
  }

  /** The outputs that show what became a secret variable: Terraform refuses those that do not say so. */
  #outputsThatShow(blocks: readonly HclBlock[]): Set<string> {
    const locals = new Map(
      blocks.flatMap(({ kind, body }) => (kind === 'locals' ? Object.entries(body) : [])),
    );
    const secret = new Set(this.#taken.all.map(({ name }) => `var.${name}`));
    for (const block of blocks.filter(({ kind }) => kind === 'module'))
      for (const output of this.called(block)?.secretOutputs ?? [])
        secret.add(`module.${block.label}.${output}`);
    const outputs = blocks.filter(
      ({ kind, body }) =>
        kind === 'output' &&
        reachedFrom(body['value'], locals).some((path) =>
          secret.has(path.slice(0, path[0] === 'module' ? 3 : 2).join('.')),
        ),
    );
    return new Set(outputs.map(({ label }) => label));
  }
}

const isSecretInput = ({ label, body }: HclBlock): boolean =>
  body['sensitive'] === true || body['ephemeral'] === true || isSecretArgument(label);

const isCollection = (value: unknown): boolean => Array.isArray(value) || isPlainObject(value);

/** The steps of a reference: `["local", "login", "password"]`. */
type Steps = readonly (string | number)[];

const reference =
  /(?<![\w.\])-])(?:var|local|module|each)\.[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\.\d+|\[(?:\d+|"[^"\\$%]*")\])*/g;

/** Every variable, local, output of a module and `each` that a value names, with the steps into it. */
const referencesIn = (value: unknown): Steps[] =>
  expressionsIn(value).flatMap((source) =>
    [...source.matchAll(reference)].flatMap(([found]) => [traversalIn(found) ?? []]),
  );

/** What a value names, by itself or through locals. */
function reachedFrom(
  value: unknown,
  locals: ReadonlyMap<string, unknown>,
  seen = new Set<string>(),
): Steps[] {
  return referencesIn(value).flatMap((path) => {
    const name = String(path[1]);
    if (path[0] !== 'local' || seen.has(name)) return [path];
    seen.add(name);
    return [path, ...reachedFrom(locals.get(name), locals, seen)];
  });
}
