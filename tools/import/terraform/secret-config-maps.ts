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
  const hidden = root.blocks.filter(
    ({ kind, body }) => kind === 'variable' && (body['sensitive'] === true || body['ephemeral'] === true),
  );
  const isSecret = secretsOf(root, new Set(hidden.map(({ label }) => label)));
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
  const known = new KnownValues(root.blocks);
  const moved = new Map(found.map((block) => [addressOf(block), `${type}.${labels.get(block)}`]));
  const named = (text: string): string =>
    text.replace(/\bkubernetes_config_map(?:_v1)?\.[\w-]+/g, (address) => moved.get(address) ?? address);
  /** Whether something in a block names one of them: by its address, or as it is called. */
  const names = (one: HclBlock, name: unknown, by: HclBlock): boolean => {
    const isSame = objects.get(one)?.name === known.of(name);
    const isNear = objects.get(one)?.namespace === objects.get(by)?.namespace;
    return (
      (isSame && isNear) || String(name).match(/\bkubernetes_config_map\w*\.[\w-]+/)?.[0] === addressOf(one)
    );
  };
  const read = new Set<HclBlock>();
  const rewritten = root.blocks.map((block): HclBlock => {
    const reading = mapFields(block.body, (fields, list) =>
      readSecret(fields, list, (name) => {
        const ours = found.filter((one) => names(one, name, block));
        ours.forEach((one) => read.add(one));
        return ours.length > 0;
      }),
    );
    return { ...block, body: fieldsOf(mapTexts(reading, named)) };
  });
  const blocks = rewritten.map((block, index): HclBlock => {
    const before = root.blocks[index] ?? block;
    const label = labels.get(before);
    if (label === undefined) return block;
    const isRead = read.has(before);
    const what = 'becomes a Secret, since something in it is secret';
    left.push({
      where: block.where,
      of: addressOf(before),
      what: isRead ? what : `${what}, and nothing here reads it`,
      remedy: isRead ? 'Nothing has to be done' : 'Let what reads the ConfigMap read the Secret',
      weight: isRead ? 'usual' : 'hurts',
    });
    return { ...block, type, label };
  });
  return { ...root, blocks };
}

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
