import { isSecretName, looksSecret, tellsOther } from '@home/kubernetes';
import type { BlockSchema } from '@home/providers';
import { isPlainObject, traversalsIn } from '@home/terraform';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freeName, snakeCase } from '../code/names';
import type { Left } from '../imported';
import { textOfFile } from '../source/read-source';
import { type HclBody, dynamicContent, mapDynamic, mapMembers } from './block-order';
import { expressionsIn } from './expression-trees';
import { type Folder, localModule } from './find-folders';
import { type Hiding, withoutLooks } from './hide-looks';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';
import { fileOf, holdsWrittenOut, isWrittenOut, takeFiles, takeTexts } from './secret-texts';
import { escapeTemplate, splitTemplate } from './split-template';

/** A secret that stood in the code, and the variable that takes its place. */
export interface TakenSecret {
  /** The variable's name in its module. */
  readonly name: string;
  readonly holds: string;
  /** `file:line` of the block where it stood. */
  readonly where: string;
}

/** A module without what is secret in it, and with a variable for each such value. */
export interface SecretFreeFolder extends Folder {
  readonly secrets: readonly TakenSecret[];
  /** Variables whose values are secret. */
  readonly secretInputs: ReadonlySet<string>;
  /** Outputs that show a secret. */
  readonly secretOutputs: ReadonlySet<string>;
  /** Secrets of which some part stayed in the code. */
  readonly doubtful: readonly Left[];
}

/** Where a value stands: in which block, and how it is called there. */
interface Place {
  readonly block: HclBlock;
  readonly path: Steps;
}

/** The steps of a reference, or into a block: `["local", "login", "password"]`. */
type Steps = readonly (string | number)[];

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
 * calls sensitive, and in locals, defaults, arguments of calls and a container's environment whose names say so. Where a
 * secret is read from a place with another name, it stays there, and is reported.
 */
class SecretSearch {
  readonly #secrets: TakenSecret[] = [];
  readonly #doubtful: Left[] = [];
  /** The module's variables, and those that it did not have. */
  readonly #variables: Map<string, HclBlock>;
  readonly #added: HclBlock[] = [];
  readonly #secretInputs: ReadonlySet<string>;
  readonly #passed = new Map<TakenSecret, string>();

  /** @param called what became of the module that a block calls */
  constructor(
    private readonly folder: Folder,
    private readonly called: (block: HclBlock) => SecretFreeFolder | undefined,
  ) {
    const variables = folder.blocks.filter(({ kind }) => kind === 'variable');
    this.#variables = new Map(variables.map((block) => [block.label, block]));
    this.#secretInputs = new Set(variables.filter(isSecretInput).map(({ label }) => label));
  }

  result(): SecretFreeFolder {
    const done = this.folder.blocks.map((block) => {
      const body = this.#withoutSecrets(block);
      return { ...block, body: block.kind === 'variable' ? body : this.#withoutLooks({ ...block, body }) };
    });
    const secretOutputs = this.#outputsThatShow(done);
    const shown = done.map((block) =>
      block.kind === 'output' && secretOutputs.has(block.label)
        ? { ...block, body: { ...block.body, sensitive: true } }
        : block,
    );
    return {
      ...this.folder,
      blocks: [...this.#added, ...shown],
      secrets: this.#secrets,
      secretInputs: this.#secretInputs,
      secretOutputs,
      doubtful: this.#doubtful,
    };
  }

  #withoutSecrets(block: HclBlock): HclBody {
    const { kind, body } = block;
    const place = { block, path: [] };
    switch (kind) {
      case 'resource':
      case 'data':
      case 'ephemeral':
        return this.#replaceSensitive(body, place, declaredType(block).known?.block);
      case 'module':
        return this.#withoutInputs(place);
      case 'variable':
        return this.#withoutDefault(block);
      case 'locals':
        return this.#replaceNamed(body, place);
      case 'output':
        return body['sensitive'] === true
          ? { ...body, value: this.#replace(body['value'], stepped(place, 'value')) }
          : body;
      default:
        return body;
    }
  }

  /** @param schema undefined for a provider that is not known; then only the names of arguments tell */
  #replaceSensitive(body: HclBody, place: Place, schema: BlockSchema | undefined): HclBody {
    const inside = mapDynamic(body, (one, kind) => ({
      ...one,
      content: [this.#replaceInBlock(dynamicContent(one), kind, place, schema)],
    }));
    return mapMembers(inside, (name, value) => {
      if (isSensitive(name, value, schema)) return this.#replace(value, stepped(place, name));
      const isBlocks = Array.isArray(value) && (schema === undefined || name in (schema.block_types ?? {}));
      if (!isBlocks) return value;
      return value.map((one: unknown) =>
        isPlainObject(one) ? this.#replaceInBlock(one, name, place, schema) : one,
      );
    });
  }

  #replaceInBlock(body: HclBody, name: string, place: Place, outer: BlockSchema | undefined): HclBody {
    if (name !== 'env')
      return this.#replaceSensitive(body, stepped(place, name), outer?.block_types?.[name]?.block);
    // Of a variable of a container's environment the schema says nothing.
    const { name: setting, value } = body;
    const isSecret =
      typeof setting === 'string' && value !== undefined && looksSecret(setting, String(value)) !== undefined;
    return isSecret ? { ...body, value: this.#replace(value, { ...place, path: [setting] }) } : body;
  }

  /** A call that passes on what the called module was rid of, and without what is secret there. */
  #withoutInputs({ block, path }: Place): HclBody {
    const module = this.called(block);
    const missing = (module?.secrets ?? []).filter(({ name }) => !(name in block.body));
    const given = missing.map((secret) => {
      const own = this.#passed.get(secret) ?? this.#add(secret, block);
      this.#passed.set(secret, own);
      return [secret.name, own];
    });
    const inputs = mapMembers(block.body, (name, value) => {
      const isSecret = module?.secretInputs.has(name) ?? isSecretName(name);
      return isSecret ? this.#replace(value, { block, path: [...path, name] }) : value;
    });
    return { ...inputs, ...Object.fromEntries(given) };
  }

  #withoutDefault(block: HclBlock): HclBody {
    if (isNameOfSecret(block) && block.body['sensitive'] === true) {
      const what = `${addressOf(block)}: the name of a Secret is none, and is shown`;
      const remedy = 'Nothing has to be done';
      this.#doubtful.push({ where: block.where, what, remedy, weight: 'usual' });
      return { ...block.body, sensitive: false };
    }
    const { default: given, ...body } = block.body;
    const isSecret = this.#secretInputs.has(block.label) ? holdsWrittenOut(given) : holdsLooks(given, block);
    if (!isSecret) return block.body;
    const holds = `the default of ${addressOf(block)}`;
    this.#secrets.push({ name: block.label, holds, where: block.where });
    // Terraform repeats no block for a sensitive collection.
    const canHide = body['ephemeral'] !== true && !isCollection(given);
    return { ...body, ...(canHide && { sensitive: true }) };
  }

  /** A block without what looks secret, wherever that stands. */
  #withoutLooks(block: HclBlock): HclBody {
    const isCode = block.kind === 'locals' || block.kind === 'module';
    const placeOf = (path: Steps): Place => ({ block, path: isCode ? path : path.slice(-1) });
    const hiding: Hiding = {
      take: (path, origin) => this.#takeOut(placeOf(path), origin),
      doubt: (path) => this.#doubt(placeOf(path), 'holds text that stays in the code'),
      textOf: (file) => textOf(join(this.folder.path, file)),
    };
    return mapMembers(block.body, (name, value) =>
      withoutLooks(value, [block.kind === 'output' && name === 'value' ? block.label : name], hiding),
    );
  }

  /** Locals without the texts whose names say that they are secret. */
  #replaceNamed(body: HclBody, place: Place): HclBody {
    return mapMembers(body, (name, value) => {
      const inside = stepped(place, name);
      if (isPlainObject(value)) return this.#replaceNamed(value, inside);
      return isSecretName(name) && !isCollection(value) ? this.#replace(value, inside) : value;
    });
  }

  /** A secret's value, without what is written out in it. */
  #replace(value: unknown, place: Place): unknown {
    if (Array.isArray(value))
      return value.map((item: unknown, index) => this.#replace(item, stepped(place, index)));
    if (isPlainObject(value))
      return mapMembers(value, (key, member) => this.#replace(member, stepped(place, key)));
    if (isWrittenOut(value)) return isHarmless(place, String(value)) ? value : this.#takeOut(place);
    if (typeof value !== 'string') return value;
    const file = fileOf(value);
    return file === undefined
      ? this.#replaceInTemplate(value, place)
      : this.#takeOut(place, `, the text of ${file}`);
  }

  /** What is put together: texts in it that stand for themselves are taken out, and what stays is reported. */
  #replaceInTemplate(value: string, place: Place): string {
    const parts = splitTemplate(value);
    const [part, ...more] = parts;
    const whole = part?.kind === 'expression' && more.length === 0 ? part : undefined;
    const withoutFiles =
      whole && takeFiles(whole.source, (file) => this.#takeOut(place, `, the text of ${file}`).slice(2, -1));
    const taken =
      withoutFiles === undefined
        ? undefined
        : takeTexts(withoutFiles, () => this.#takeOut(place).slice(2, -1));
    const holdsText = taken?.holdsText ?? parts.some((one) => one.kind === 'text' && /\w/.test(one.text));
    const read = referencesIn(taken === undefined ? value : `\${${taken.source}}`).find((path) =>
      this.#mayHoldText(path),
    );
    if (holdsText) this.#doubt(place, 'holds text that stays in the code');
    else if (read !== undefined)
      this.#doubt(place, `reads ${read.join('.')}, which stays in the code as it is`);
    return taken === undefined ? value : `\${${taken.source}}`;
  }

  #doubt({ block, path }: Place, why: string): void {
    const what = `${addressOf(block)}: ${path.join('.')} is secret and ${why}`;
    this.#doubtful.push({ where: block.where, what, remedy: 'Put a variable in its place, if it is secret' });
  }

  /** The reference to a variable in the place of a secret. */
  #takeOut({ block, path }: Place, origin = ''): string {
    const holds = `${path.at(-1)} of ${addressOf(block)}${origin}`;
    const label = block.kind === 'locals' ? [] : [block.label];
    const telling = path.filter((step) => step !== 'data' && step !== 'for_each');
    const name = snakeCase([...label, ...telling].join('_'));
    return this.#add({ name, holds, where: block.where }, block);
  }

  /** Adds a variable for a secret, and gives the reference to it. */
  #add({ name: wish, holds, where }: TakenSecret, { file }: HclBlock): string {
    const name = freeName([wish], (one) => !this.#variables.has(one), '_');
    const body = { type: '${string}', description: escapeTemplate(holds), sensitive: true };
    const variable = { kind: 'variable', type: '', label: name, body, comment: [], where, file };
    this.#variables.set(name, variable);
    this.#added.push(variable);
    this.#secrets.push({ name, holds, where });
    return `\${var.${name}}`;
  }

  /** Whether a reference leads to something of another name than that of a secret, where text may be written out. */
  #mayHoldText(path: Steps): boolean {
    const [kind, name] = path;
    if (path.some((step) => isSecretName(String(step)))) return false;
    if (kind === 'local' || kind === 'each') return true;
    const variable = this.#variables.get(String(name));
    return (
      kind === 'var' && !this.#secretInputs.has(String(name)) && holdsWrittenOut(variable?.body['default'])
    );
  }

  /** The outputs that show what became a secret variable: Terraform refuses those that do not say so. */
  #outputsThatShow(blocks: readonly HclBlock[]): Set<string> {
    const locals = new Map(
      blocks.flatMap(({ kind, body }) => (kind === 'locals' ? Object.entries(body) : [])),
    );
    const secret = new Set(this.#secrets.map(({ name }) => `var.${name}`));
    for (const block of blocks.filter(({ kind }) => kind === 'module')) {
      const { secretOutputs = [], secrets = [] } = this.called(block) ?? {};
      for (const output of secretOutputs) secret.add(`module.${block.label}.${output}`);
      // What a module makes of a secret that it is given, Terraform alone knows.
      const own = new Set(secrets.map(({ name }) => name));
      const inputs = Object.entries(block.body).filter(([name]) => !own.has(name));
      const given = reachedFrom(Object.fromEntries(inputs), locals).map((path) => path.slice(0, 2).join('.'));
      if (given.some((one) => secret.has(one))) secret.add(`module.${block.label}`);
    }
    const outputs = blocks.filter(
      ({ kind, body }) =>
        kind === 'output' &&
        reachedFrom(body['value'], locals).some((path) =>
          [2, 3].some((steps) => secret.has(path.slice(0, steps).join('.'))),
        ),
    );
    return new Set(outputs.map(({ label }) => label));
  }
}

/** Whether something in the default of a variable looks secret. */
function holdsLooks(given: unknown, { label }: HclBlock): boolean {
  let found = false;
  const take = (): string => {
    found = true;
    return '';
  };
  withoutLooks(given, [label], { take, doubt: take, textOf: () => undefined });
  return found;
}

const textOf = (file: string): string | undefined =>
  existsSync(file) && statSync(file).isFile() ? textOfFile(readFileSync(file)) : undefined;

/** Whether a text stands among secrets and is none: a port, a switch, an address without a login. */
const isHarmless = ({ path }: Place, text: string): boolean => {
  const name = String(path.at(-1));
  if (path.length < 2 || isSecretName(name) || looksSecret('', text) !== undefined) return false;
  return tellsOther(name) || looksSecret('password', text) === undefined;
};

const stepped = ({ block, path }: Place, step: string | number): Place => ({ block, path: [...path, step] });

/** Of providers whose schema is not known only the names tell, and what is written there. */
function isSensitive(name: string, value: unknown, schema: BlockSchema | undefined): boolean {
  if (schema === undefined)
    return isSecretName(name) && !(isWrittenOut(value) && looksSecret(name, String(value)) === undefined);
  const attribute = schema.attributes?.[name];
  return attribute?.sensitive === true || attribute?.write_only === true;
}

const isSecretInput = (block: HclBlock): boolean =>
  block.body['ephemeral'] === true ||
  isSecretName(block.label) ||
  (block.body['sensitive'] === true && !isNameOfSecret(block));

/** Whether a variable only names a Secret, whatever it says of itself. */
const isNameOfSecret = ({ label, body }: HclBlock): boolean =>
  /(^|_)secret_name$/.test(label) && body['ephemeral'] !== true;

const isCollection = (value: unknown): boolean => Array.isArray(value) || isPlainObject(value);

/** Everything that a value names, with the steps into it as far as they are written out. */
const referencesIn = (value: unknown): Steps[] =>
  expressionsIn(value)
    .flatMap(traversalsIn)
    .map(({ steps }) => {
      const computed = steps.indexOf(undefined);
      return steps.slice(0, computed === -1 ? steps.length : computed) as Steps;
    });

/** What a value names, by itself or through locals. */
export function reachedFrom(
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
