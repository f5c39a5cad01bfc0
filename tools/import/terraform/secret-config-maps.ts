import { freeName } from '../code/names';
import type { Left } from '../imported';
import { type Fields, fieldsOf, itemsOf, mapFields, mapTexts } from '../kubernetes/fields';
import { KnownValues, objectKind, objectsOf } from './block-references';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { secretsOf } from './secret-environment';
import type { SecretFreeFolder } from './take-secrets';

/**
 * Makes a Secret of each ConfigMap of a root module that holds a secret, and lets everything that reads it read that: what a
 * ConfigMap holds is for everybody to see.
 */
export function withSecretConfigMaps(root: SecretFreeFolder, left: Left[]): SecretFreeFolder {
  const isSecret = secretsOf(root);
  const holdsSecret = (value: unknown): boolean =>
    Object.values(fieldsOf(value)).some(isSecret) || (typeof value === 'string' && isSecret(value));
  const found = root.blocks.filter(
    (block) =>
      objectKind(block) === 'configmap' &&
      ['data', 'binary_data'].some((list) => holdsSecret(block.body[list])),
  );
  if (found.length === 0) return root;
  const type = 'kubernetes_secret_v1';
  const taken = new Set(root.blocks.map(addressOf));
  const labels = new Map(
    found.map((block) => {
      const label = freeName([block.label], (one) => !taken.has(`${type}.${one}`), '_');
      taken.add(`${type}.${label}`);
      return [block, label] as const;
    }),
  );
  const objects = objectsOf(root.blocks);
  const names = new Set(found.map((block) => nameIn(objects.get(block))));
  const known = new KnownValues(root.blocks);
  const moved = new Map(found.map((block) => [addressOf(block), `${type}.${labels.get(block)}`]));
  const named = (text: string): string =>
    text.replace(/\bkubernetes_config_map(?:_v1)?\.[\w-]+/g, (address) => moved.get(address) ?? address);
  /** Whether something names one of them: by its address, or as it is called. */
  const isOurs = (name: unknown, namespace: string | undefined): boolean =>
    (typeof name === 'string' && named(name) !== name) ||
    names.has(`${namespace ?? 'default'} ${String(known.of(name))}`);
  const blocks = root.blocks.map((block): HclBlock => {
    const reading = mapFields(block.body, (fields, list) =>
      readSecret(fields, list, (name) => isOurs(name, objects.get(block)?.namespace)),
    );
    const body = fieldsOf(mapTexts(reading, named));
    const label = labels.get(block);
    if (label === undefined) return { ...block, body };
    const what = 'becomes a Secret, since something in it is secret';
    left.push({
      where: block.where,
      of: addressOf(block),
      what,
      remedy: 'Nothing has to be done',
      weight: 'usual',
    });
    return { ...block, type, label, body };
  });
  return { ...root, blocks };
}

const nameIn = (object: { readonly namespace?: string; readonly name: string } | undefined): string =>
  `${object?.namespace ?? 'default'} ${object?.name ?? ''}`;

/** A volume, a source of one, or a part of an environment that reads a Secret where it read a ConfigMap. */
function readSecret(fields: Fields, list: string, isOurs: (name: unknown) => boolean): Fields {
  const changes: Readonly<Record<string, readonly [name: string, called: string]>> = {
    config_map: ['secret', list === 'sources' ? 'name' : 'secret_name'],
    config_map_ref: ['secret_ref', 'name'],
    config_map_key_ref: ['secret_key_ref', 'name'],
  };
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const { name, ...more } = fieldsOf(itemsOf(value)[0]);
      const [other, called] = changes[key] ?? [];
      if (other === undefined || called === undefined || !isOurs(name)) return [key, value];
      return [other, [{ [called]: name, ...more }]];
    }),
  );
}
