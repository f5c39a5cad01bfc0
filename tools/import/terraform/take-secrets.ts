import type { BlockSchema } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { snakeCase } from '../kubernetes/secret-values';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock, HclBody } from './parse-module';
import { splitTemplate } from './split-template';

/** A secret that stood in the code, and the variable that takes its place. */
export interface TakenSecret {
  /** The variable's name in its module. */
  readonly name: string;
  readonly holds: string;
  /** `file:line` of the block where it stood. */
  readonly where: string;
}

/** The blocks of a module without what is secret in them, and with a variable for each such value. */
export interface WithoutSecrets {
  readonly blocks: readonly HclBlock[];
  readonly secrets: readonly TakenSecret[];
  /** Values that are put together from text and expressions, and stayed. */
  readonly doubtful: readonly { readonly block: HclBlock; readonly what: string }[];
}

/**
 * Takes secret values out of a module: texts, and files of its folder, that stand where the provider's schema says that
 * something is sensitive, and defaults of variables that are declared so.
 *
 * @param inModule the secrets that a called module was rid of, which the call must give it from now on
 */
export function takeSecrets(
  blocks: readonly HclBlock[],
  inModule: (block: HclBlock) => readonly TakenSecret[],
): WithoutSecrets {
  const taken = new Set(blocks.filter(({ kind }) => kind === 'variable').map(({ label }) => label));
  const passed = new Map<TakenSecret, TakenSecret>();
  const secrets: TakenSecret[] = [];
  const doubtful: WithoutSecrets['doubtful'][number][] = [];
  const added: HclBlock[] = [];

  const without = blocks.map((block): HclBlock => {
    if (block.kind === 'variable') return withoutDefault(block);
    if (block.kind === 'module') return withSecrets(block);
    if (!['resource', 'data', 'ephemeral'].includes(block.kind)) return block;
    const { known } = declaredType(block);
    return { ...block, body: walk(block.body, known?.block, block, []) };
  });
  return { blocks: [...added, ...without], secrets, doubtful };

  function walk(
    body: HclBody,
    schema: BlockSchema | undefined,
    block: HclBlock,
    path: readonly string[],
  ): HclBody {
    const members = Object.entries(body).map(([name, value]): [string, unknown] => {
      const nested = schema?.block_types?.[name]?.block;
      if (name === 'dynamic' && isPlainObject(value)) return [name, walkDynamic(value, schema, block, path)];
      if (isSensitive(name, schema)) return [name, replace(value, block, [...path, name])];
      const isBlocks = Array.isArray(value) && (nested !== undefined || schema === undefined);
      if (!isBlocks) return [name, value];
      const inside = (item: unknown) =>
        isPlainObject(item) ? walk(item, nested, block, [...path, name]) : item;
      return [name, value.map(inside)];
    });
    return Object.fromEntries(members);
  }

  function walkDynamic(
    dynamic: HclBody,
    schema: BlockSchema | undefined,
    block: HclBlock,
    path: readonly string[],
  ): HclBody {
    const members = Object.entries(dynamic).map(([name, bodies]) => {
      const inside = (content: unknown) =>
        isPlainObject(content)
          ? walk(content, schema?.block_types?.[name]?.block, block, [...path, name])
          : content;
      const made = (body: unknown) =>
        isPlainObject(body) && Array.isArray(body['content'])
          ? { ...body, content: body['content'].map(inside) }
          : body;
      return [name, Array.isArray(bodies) ? bodies.map(made) : bodies];
    });
    return Object.fromEntries(members);
  }

  function replace(value: unknown, block: HclBlock, path: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => replace(item, block, path));
    if (isPlainObject(value)) {
      const members = Object.entries(value).map(([key, member]) => [
        key,
        replace(member, block, [...path, key]),
      ]);
      return Object.fromEntries(members);
    }
    const file = typeof value === 'string' ? fileOf(value) : undefined;
    if (file === undefined && !isWrittenOut(value)) {
      if (typeof value === 'string' && holdsText(value)) {
        doubtful.push({
          block,
          what: `${addressOf(block)}: ${path.join('.')} is secret and holds text that stays in the code`,
        });
      }
      return value;
    }
    const held = `${path.at(-1)} of ${addressOf(block)}`;
    const wish = snakeCase([block.label, ...path.filter((step) => step !== 'data')].join('_'));
    const holds = file === undefined ? held : `${held}, the text of ${file}`;
    const { name } = add({ name: wish, holds, where: block.where }, block);
    return `\${var.${name}}`;
  }

  /** Adds a variable for a secret. */
  function add(secret: TakenSecret, block: HclBlock): TakenSecret {
    let name = secret.name;
    for (let number = 2; taken.has(name); number += 1) name = `${secret.name}_${number}`;
    taken.add(name);
    const made = { ...secret, name };
    secrets.push(made);
    added.push({
      kind: 'variable',
      type: '',
      label: name,
      body: { type: '${string}', description: escapeTemplate(secret.holds), sensitive: true },
      comment: [],
      where: secret.where,
      file: block.file,
    });
    return made;
  }

  function withoutDefault(block: HclBlock): HclBlock {
    const { default: given, ...body } = block.body;
    const isSecret = (body['sensitive'] === true || body['ephemeral'] === true) && holdsWrittenOut(given);
    if (!isSecret) return block;
    secrets.push({ name: block.label, holds: `the default of ${addressOf(block)}`, where: block.where });
    return { ...block, body };
  }

  /** A call that passes on what the called module was rid of. */
  function withSecrets(block: HclBlock): HclBlock {
    const missing = inModule(block).filter(({ name }) => !(name in block.body));
    const given = missing.map((secret) => {
      const own = passed.get(secret) ?? add(secret, block);
      passed.set(secret, own);
      return [secret.name, `\${var.${own.name}}`];
    });
    return { ...block, body: { ...block.body, ...Object.fromEntries(given) } };
  }
}

/** Of providers whose schema is not known only the names tell. */
function isSensitive(name: string, schema: BlockSchema | undefined): boolean {
  if (schema === undefined)
    return /^(.*_)?(password|token|secret|secret_key|api_key|private_key)$/.test(name);
  const attribute = schema.attributes?.[name];
  return attribute?.sensitive === true || attribute?.write_only === true;
}

function isWrittenOut(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  return (
    typeof value === 'string' && value !== '' && splitTemplate(value).every(({ kind }) => kind === 'text')
  );
}

/** Whether some value in it is written out. */
function holdsWrittenOut(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsWrittenOut);
  return isPlainObject(value) ? Object.values(value).some(holdsWrittenOut) : isWrittenOut(value);
}

const holdsText = (value: string): boolean =>
  value !== '' && splitTemplate(value).some(({ kind }) => kind === 'text');

/** The file that a value is the text of: `${file("${path.module}/tls.key")}`. */
const fileOf = (value: string): string | undefined =>
  /^\$\{(?:file|filebase64)\("(?:\$\{path\.(?:module|root)\}\/)?([^"$]+)"\)\}$/.exec(value)?.[1];

/** As hcl2json gives text: a template. */
const escapeTemplate = (text: string): string => text.replace(/([$%])\{/g, '$1$1{');
