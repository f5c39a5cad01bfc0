import { locate, traversalsIn } from '@home/terraform';
import { freeName } from '../code/names';
import type { Left } from '../imported';
import { fieldsOf, itemsOf, mapFields } from '../kubernetes/fields';
import { objectKind } from './block-references';
import { expressionsIn } from './expression-trees';
import { addressOf } from './module-scope';
import { findType } from './provider-schemas';
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
    const body = fieldsOf(
      mapFields(block.body, (variable, list) => {
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
    if (values.size === 0) return [block];
    const what = `${[...values.keys()].join(', ')}: secret, and so read from a Secret now`;
    left.push({ where, of: addressOf(block), what, remedy: 'Nothing has to be done', weight: 'usual' });
    const { count, for_each: each, metadata } = block.body;
    const { name: own = label, namespace } = fieldsOf(itemsOf(metadata)[0]);
    const secret = {
      ...(count !== undefined && { count }),
      ...(each !== undefined && { for_each: each }),
      metadata: [{ name: `${String(own)}-environment`, ...(namespace !== undefined && { namespace }) }],
      data: Object.fromEntries(values),
    };
    const type = 'kubernetes_secret_v1';
    return [
      { kind: 'resource', type, label: made, body: secret, comment: [], where, file },
      { ...block, body },
    ];
  });
  return { ...root, blocks };
}

/** Tells whether a value is built from what is secret: a variable, or what a provider's schema calls so. */
function secretsOf({ blocks, secrets, secretInputs }: SecretFreeFolder): (value: unknown) => boolean {
  const locals = new Map(blocks.flatMap(({ kind, body }) => (kind === 'locals' ? Object.entries(body) : [])));
  const names = new Set([...secretInputs, ...secrets.map(({ name }) => name)]);
  return (value) =>
    reachedFrom(value, locals).some((steps) => {
      const { kind, type = '', label = '', path = [] } = locate({ source: '', steps }) ?? {};
      if (kind === 'variable') return names.has(label);
      if (kind !== 'resource' && kind !== 'data') return false;
      return findType(kind, type, [])?.block.attributes?.[String(path[0])]?.sensitive === true;
    });
}
