import { isPlainObject, locate, traversalsIn } from '@home/terraform';
import { freeName } from '../code/names';
import type { Left } from '../imported';
import { type Fields, fieldsOf, itemsOf, mapFields, textOf } from '../kubernetes/fields';
import { dynamicBlocks, dynamicContent } from './block-order';
import { objectKind } from './block-references';
import { expressionsIn } from './expression-trees';
import { addressOf } from './module-scope';
import { findType } from './provider-schemas';
import { quoted, splitTemplate, templateOf } from './split-template';
import { type SecretFreeFolder, reachedFrom } from './take-secrets';

/**
 * Moves what is secret in the environment of a root module's pods into a Secret beside them: whoever may see a pod reads
 * what its environment says.
 */
export function withSecretEnvironment(
  root: SecretFreeFolder,
  left: Left[],
  podKinds: ReadonlySet<string>,
): SecretFreeFolder {
  const isSecret = secretsOf(root);
  const addresses = new Set(root.blocks.map(addressOf));
  /** Whether a value names what only stands there: the iterator of a dynamic block. */
  const namesOther = (value: unknown): boolean =>
    expressionsIn(value)
      .flatMap(traversalsIn)
      .some((traversal) => !addresses.has(locate(traversal)?.address ?? ''));
  const blocks = root.blocks.flatMap((block) => {
    if (!podKinds.has(objectKind(block) ?? '')) return [block];
    const { label, where, file } = block;
    const made = freeName([`${label}_environment`], (name) => root.blocks.every((one) => one.label !== name));
    const values = new Map<string, unknown>();
    const index = 'for_each' in block.body ? '[each.key]' : 'count' in block.body ? '[count.index]' : '';
    const name = `\${kubernetes_secret_v1.${made}${index}.metadata[0].name}`;
    const repeated: string[] = [];
    const body = fieldsOf(
      mapFields(block.body, (variable, list) => {
        const { dynamic, more: others } = withoutRepeated(variable, isSecret);
        if (others !== undefined) {
          repeated.push(...dynamic);
          return { ...others, env_from: [...itemsOf(others['env_from']), { secret_ref: [{ name }] }] };
        }
        const { name: called, value, ...more } = variable;
        const isVariable = list === 'env' || (list === 'content' && !namesOther(value));
        if (!isVariable || typeof called !== 'string' || called.includes('${') || !isSecret(value))
          return variable;
        const isFree = (one: string): boolean => (values.get(one) ?? value) === value;
        const key = freeName([called], isFree, '_');
        values.set(key, value);
        return { name: called, value_from: [{ secret_key_ref: [{ name, key }] }], ...more };
      }),
    );
    if (values.size === 0 && repeated.length === 0) return [block];
    const said = [...values.keys(), ...(repeated.length > 0 ? ['all that env is repeated for'] : [])];
    const what = `${said.join(', ')}: secret, and so read from a Secret now`;
    left.push({ where, of: addressOf(block), what, remedy: 'Nothing has to be done', weight: 'usual' });
    const { count, for_each: each, metadata } = block.body;
    const { name: own = label, namespace } = fieldsOf(itemsOf(metadata)[0]);
    const secret = {
      ...(count !== undefined && { count }),
      ...(each !== undefined && { for_each: each }),
      metadata: [{ name: `${String(own)}-environment`, ...(namespace !== undefined && { namespace }) }],
      data: allOf(Object.fromEntries(values), repeated),
    };
    const type = 'kubernetes_secret_v1';
    return [
      { kind: 'resource', type, label: made, body: secret, comment: [], where, file },
      { ...block, body },
    ];
  });
  return { ...root, blocks };
}

/**
 * A container without the repeated variables of its environment among which are secret ones, and what makes an object of these:
 * only Terraform knows which they are, so all of them come from a Secret.
 */
function withoutRepeated(
  container: Fields,
  isSecret: (value: unknown) => boolean,
): { readonly dynamic: readonly string[]; readonly more?: Fields } {
  const { env = [], ...others } = dynamicBlocks(container);
  const isMeant = (one: Fields): boolean => {
    const { name, value } = dynamicContent(one);
    return name !== undefined && value !== undefined && isSecret(one['for_each']);
  };
  const meant = env.filter(isMeant);
  if (meant.length === 0) return { dynamic: [] };
  const kept = env.filter((one) => !meant.includes(one));
  const dynamic = meant.map((one) => {
    const iterator = /[A-Za-z_][\w-]*/.exec(textOf(one['iterator']) ?? 'env')?.[0] ?? 'env';
    const { name, value } = dynamicContent(one);
    const inside = (given: unknown): string =>
      sourceOfValue(given).replace(new RegExp(`\\b${iterator}\\.(key|value)\\b`, 'g'), 'each_$1');
    return `{ for each_key, each_value in ${sourceOfValue(one['for_each'])} : ${inside(name)} => ${inside(value)} }`;
  });
  const rest = { ...others, ...(kept.length > 0 && { env: kept }) };
  const { dynamic: _, ...plain } = container;
  return { dynamic, more: { ...plain, ...(Object.keys(rest).length > 0 && { dynamic: rest }) } };
}

/** What is written out, and what expressions make, as one object. */
function allOf(written: Fields, made: readonly string[]): unknown {
  if (made.length === 0) return written;
  const [first, ...more] = [...(Object.keys(written).length > 0 ? [sourceOfValue(written)] : []), ...made];
  return more.length === 0 ? `\${${first}}` : `\${merge(${[first, ...more].join(', ')})}`;
}

/** A value as the source of an expression. */
function sourceOfValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sourceOfValue).join(', ')}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).map(
      ([key, one]) => `${sourceOfValue(key)} = ${sourceOfValue(one)}`,
    );
    return `{ ${members.join(', ')} }`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  const parts = splitTemplate(value);
  const [part, ...more] = parts;
  if (part?.kind === 'expression' && more.length === 0) return part.source;
  const shown = parts.map((one) => (one.kind === 'text' ? quoted(one.text) : templateOf([one])));
  return `"${shown.join('')}"`;
}

/**
 * Tells whether a value is built from what is secret: what a provider's schema calls so, or a variable.
 *
 * @param names of these variables; those that are called so or say it of themselves, if left out
 */
export function secretsOf(
  { blocks, secrets, secretInputs }: SecretFreeFolder,
  names: ReadonlySet<string> = new Set([...secretInputs, ...secrets.map(({ name }) => name)]),
): (value: unknown) => boolean {
  const locals = new Map(blocks.flatMap(({ kind, body }) => (kind === 'locals' ? Object.entries(body) : [])));
  return (value) =>
    reachedFrom(value, locals).some((steps) => {
      const { kind, type = '', label = '', path = [] } = locate({ source: '', steps }) ?? {};
      if (kind === 'variable') return names.has(label);
      if (kind !== 'resource' && kind !== 'data') return false;
      return findType(kind, type, [])?.block.attributes?.[String(path[0])]?.sensitive === true;
    });
}
