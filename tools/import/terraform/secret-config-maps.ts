import { freeName } from '../code/names';
import type { Left } from '../imported';
import { type Fields, fieldsOf, itemsOf, mapFields, mapTexts } from '../kubernetes/fields';
import { nested } from '../kubernetes/object-relations';
import { KnownValues, objectKind } from './block-references';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { secretsOf } from './secret-environment';
import type { SecretFreeFolder } from './take-secrets';

/** A ConfigMap, and the Secret beside it that has what is secret of it. */
interface Split {
  readonly block: HclBlock;
  readonly secret: HclBlock;
  /** Where the ConfigMap is: its namespace and its name. */
  readonly place: string;
  /** How a pod names the Secret. */
  readonly name: unknown;
  readonly keys: ReadonlySet<string>;
}

/**
 * Moves what is secret of a root module's ConfigMaps into a Secret beside each, and lets what reads the one read both: what a
 * ConfigMap holds is for everybody to see.
 */
export function withSecretConfigMaps(root: SecretFreeFolder, left: Left[]): SecretFreeFolder {
  const hidden = root.blocks.filter(
    ({ kind, body }) => kind === 'variable' && (body['sensitive'] === true || body['ephemeral'] === true),
  );
  const isSecret = secretsOf(root, new Set(hidden.map(({ label }) => label)));
  const known = new KnownValues(root.blocks);
  const placeOf = (block: HclBlock, name: unknown): string => {
    const { namespace = 'default' } = nested(known.of(block.body), 'metadata');
    return `${String(namespace)} ${String(known.of(name))}`;
  };
  const labels = new Set(root.blocks.map(({ label }) => label));
  const places = new Set(
    root.blocks
      .filter((block) => objectKind(block) === 'secret')
      .map((block) => placeOf(block, nested(block.body, 'metadata')['name'])),
  );
  const split = root.blocks.flatMap((block) => {
    if (objectKind(block) !== 'configmap') return [];
    const data = fieldsOf(block.body['data']);
    const keys = Object.keys(data).filter((key) => isSecret(data[key]));
    if (keys.length === 0) return [];
    const metadata = nested(block.body, 'metadata');
    const own = String(metadata['name'] ?? block.label);
    const name = freeName([`${own}-secret`], (one) => !places.has(placeOf(block, one)));
    const label = freeName([`${block.label}_secret`], (one) => !labels.has(one), '_');
    labels.add(label);
    places.add(placeOf(block, name));
    const { count, for_each: each } = block.body;
    const index = each !== undefined ? '[each.key]' : count !== undefined ? '[count.index]' : '';
    const body = {
      ...(count !== undefined && { count }),
      ...(each !== undefined && { for_each: each }),
      metadata: [{ ...metadata, name }],
      data: Object.fromEntries(keys.map((key) => [key, data[key]])),
    };
    const secret = { ...block, type: 'kubernetes_secret_v1', label, body, comment: [] };
    const reference = index === '' ? `\${${addressOf(secret)}.metadata[0].name}` : name;
    return [{ block, secret, place: placeOf(block, own), name: reference, keys: new Set(keys) }];
  });
  if (split.length === 0) return root;

  const read = new Set<Split>();
  /** The ConfigMap that something in a block names, by its address or as it is called. */
  const splitOf = (name: unknown, by: HclBlock): Split | undefined => {
    const [address] = /\bkubernetes_config_map\w*\.[\w-]+/.exec(String(name)) ?? [];
    const found = split.find((one) => addressOf(one.block) === address || one.place === placeOf(by, name));
    if (found !== undefined) read.add(found);
    return found;
  };
  const blocks = root.blocks.flatMap((block): HclBlock[] => {
    const own = split.find((one) => one.block === block);
    const reading = mapFields(block.body, (fields) => readBoth(fields, (name) => splitOf(name, block)));
    const body = fieldsOf(mapTexts(reading, (text) => ofSecrets(text, split)));
    if (own === undefined) return [{ ...block, body }];
    const data = Object.entries(fieldsOf(body['data'])).filter(([key]) => !own.keys.has(key));
    return [{ ...block, body: { ...body, data: Object.fromEntries(data) } }, own.secret];
  });
  for (const one of split) {
    const { block, secret, keys } = one;
    const isRead = read.has(one);
    const what = `${[...keys].join(', ')}: secret, and so in ${addressOf(secret)} now`;
    left.push({
      where: block.where,
      of: addressOf(block),
      what: isRead ? what : `${what}, which nothing here reads`,
      remedy: isRead ? 'Nothing has to be done' : 'Let what reads the ConfigMap read that Secret, too',
      weight: isRead ? 'usual' : 'hurts',
    });
  }
  return { ...root, blocks };
}

/** What names a key that is in a Secret now: `kubernetes_config_map.web.data["password"]`. */
const ofSecrets = (text: string, split: readonly Split[]): string =>
  split.reduce(
    (all, { block, secret, keys }) =>
      all.replace(
        /\b(kubernetes_config_map\w*\.[\w-]+)((?:\[[^\]]*\])?\.data(?:\.([\w-]+)|\["([^"]+)"\]))/g,
        (whole, address: string, path: string, member?: string, quoted?: string) =>
          address === addressOf(block) && keys.has(member ?? quoted ?? '') ? addressOf(secret) + path : whole,
      ),
    text,
  );

/** A pod or a container that reads the Secret as well as its ConfigMap. */
function readBoth(fields: Fields, splitOf: (name: unknown) => Split | undefined): Fields {
  const volumes = itemsOf(fields['volume']).map((one) => withBoth(fieldsOf(one), splitOf));
  const env = itemsOf(fields['env']).map((one) => {
    const { value_from: from, ...variable } = fieldsOf(one);
    const { name, ...reference } = nested(nested({ from }, 'from'), 'config_map_key_ref');
    const found = splitOf(name);
    if (found?.keys.has(String(reference['key'])) !== true) return one;
    return { ...variable, value_from: [{ secret_key_ref: [{ name: found.name, ...reference }] }] };
  });
  const sources = itemsOf(fields['env_from']).flatMap((one) => {
    const { config_map_ref: reference, ...more } = fieldsOf(one);
    const { name, ...rest } = nested({ reference }, 'reference');
    const found = splitOf(name);
    return found === undefined ? [one] : [one, { ...more, secret_ref: [{ name: found.name, ...rest }] }];
  });
  return {
    ...fields,
    ...(Array.isArray(fields['volume']) && { volume: volumes }),
    ...(Array.isArray(fields['env']) && { env }),
    ...(Array.isArray(fields['env_from']) && { env_from: sources }),
  };
}

function withBoth(volume: Fields, splitOf: (name: unknown) => Split | undefined): Fields {
  const { config_map: config, projected, ...rest } = volume;
  const both = (given: Fields): readonly Fields[] => {
    const { name, items, ...more } = given;
    const found = splitOf(name);
    if (found === undefined) return [{ config_map: [given] }];
    const of = (isOurs: boolean): Fields =>
      items === undefined
        ? {}
        : { items: itemsOf(items).filter((one) => found.keys.has(String(fieldsOf(one)['key'])) === isOurs) };
    return [
      { config_map: [{ name, ...of(false), ...more }] },
      { secret: [{ name: found.name, ...of(true), ...more }] },
    ];
  };
  if (projected !== undefined) {
    const inside = nested({ projected }, 'projected');
    const sources = itemsOf(inside['sources'])
      .map(fieldsOf)
      .flatMap((one) => ('config_map' in one ? both(nested(one, 'config_map')) : [one]));
    return { ...rest, projected: [{ ...inside, sources }] };
  }
  const { default_mode: mode, ...given } = nested({ config }, 'config');
  const sources = config === undefined ? [] : both(given);
  return sources.length < 2
    ? volume
    : { ...rest, projected: [{ sources, ...(mode !== undefined && { default_mode: mode }) }] };
}
