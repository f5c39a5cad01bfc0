import { looksSecret } from '@home/kubernetes';
import { freeName } from '../code/names';
import type { Path } from '../source/read-yaml';
import { type Fields, changeAt, fieldsOf, itemsOf, mapContainers, podPath } from './fields';
import type { Manifest } from './read-manifests';
import { withoutSecretWords } from './secret-words';

/** A secret text, and where it stood. */
interface Hidden {
  readonly text: string;
  readonly at: Path;
}

/**
 * Moves what looks secret into new Secrets: out of the environment and the commands of containers, and out of ConfigMaps. What
 * reads a ConfigMap then reads both.
 */
export function withoutPlainSecrets(manifests: readonly Manifest[]): Manifest[] {
  const names = new Set(manifests.filter(({ kind }) => kind === 'Secret').map(placeOf));
  const nameFor = (manifest: Manifest, wish: string): string =>
    freeName([wish], (name) => !names.has(placeOf({ ...manifest, name })));
  const secretBeside = (manifest: Manifest, name: string, values: ReadonlyMap<string, Hidden>): Manifest => {
    names.add(placeOf({ ...manifest, name }));
    return secretOf(manifest, name, values);
  };
  const split = new Map<string, SplitConfig>();
  const configured = manifests.flatMap((manifest) => {
    const hidden = manifest.kind === 'ConfigMap' ? secretsIn(manifest) : new Map<string, Hidden>();
    if (hidden.size === 0) return [manifest];
    const name = nameFor(manifest, `${manifest.name}-secret`);
    split.set(placeOf(manifest), { name, keys: new Set(hidden.keys()) });
    const texts = Object.entries(fieldsOf(manifest.value['data']));
    const data = Object.fromEntries(texts.filter(([key]) => !hidden.has(key)));
    return [{ ...manifest, value: { ...manifest.value, data } }, secretBeside(manifest, name, hidden)];
  });
  return configured.flatMap((manifest) => {
    const path = podPath(manifest.kind);
    if (path === undefined) return [manifest];
    const name = nameFor(manifest, `${manifest.name}-environment`);
    const hidden = new Map<string, Hidden>();
    const configOf = (config: unknown): SplitConfig | undefined =>
      split.get(placeOf({ ...manifest, name: String(config) }));
    const value = changeAt(manifest.value, path, (pod) =>
      mapContainers(withBoth(pod, configOf), (container, at) =>
        hideIn(readBoth(container, configOf), [...path, ...at], name, hidden),
      ),
    );
    if (hidden.size === 0) return [{ ...manifest, value }];
    return [{ ...manifest, value }, secretBeside(manifest, name, hidden)];
  });
}

/** A ConfigMap of which some keys are in a Secret now. */
interface SplitConfig {
  readonly name: string;
  readonly keys: ReadonlySet<string>;
}

function secretsIn({ value }: Manifest): ReadonlyMap<string, Hidden> {
  const texts = Object.entries(fieldsOf(value['data'])).map(([key, text]) => [key, String(text)] as const);
  const secrets = texts.filter(([key, text]) => looksSecret(key, text) !== undefined);
  return new Map(secrets.map(([key, text]) => [key, { text, at: ['data', key] }]));
}

/** Volumes that hold the Secret beside its ConfigMap. */
function withBoth(pod: Fields, configOf: (name: unknown) => SplitConfig | undefined): Fields {
  if (!Array.isArray(pod['volumes'])) return pod;
  const volumes = itemsOf(pod['volumes']).map((given) => {
    const { configMap, ...volume } = fieldsOf(given);
    const { name, defaultMode, items, ...more } = fieldsOf(configMap);
    const config = configOf(name);
    if (config === undefined) return given;
    const of = (isOurs: boolean): Fields =>
      items === undefined
        ? {}
        : {
            items: itemsOf(items).filter((item) => config.keys.has(String(fieldsOf(item)['key'])) === isOurs),
          };
    const sources = [
      { configMap: { name, ...of(false), ...more } },
      { secret: { name: config.name, ...of(true), ...more } },
    ];
    return { ...volume, projected: { sources, ...(defaultMode !== undefined && { defaultMode }) } };
  });
  return { ...pod, volumes };
}

/** A container that takes its environment from the Secret as well as from its ConfigMap. */
function readBoth(container: Fields, configOf: (name: unknown) => SplitConfig | undefined): Fields {
  const from = itemsOf(container['envFrom']).flatMap((one) => {
    const { configMapRef, ...more } = fieldsOf(one);
    const config = configOf(fieldsOf(configMapRef)['name']);
    return config === undefined ? [one] : [one, { ...more, secretRef: { name: config.name } }];
  });
  const env = itemsOf(container['env']).map((one) => {
    const { valueFrom, ...variable } = fieldsOf(one);
    const { name, ...reference } = fieldsOf(fieldsOf(valueFrom)['configMapKeyRef']);
    const config = configOf(name);
    if (config?.keys.has(String(reference['key'])) !== true) return one;
    return { ...variable, valueFrom: { secretKeyRef: { name: config.name, ...reference } } };
  });
  return {
    ...container,
    ...(from.length > 0 && { envFrom: from }),
    ...(Array.isArray(container['env']) && { env }),
  };
}

/** A container without what looks secret in its environment and its commands, which goes to `hidden`. */
function hideIn(container: Fields, at: Path, secret: string, hidden: Map<string, Hidden>): Fields {
  const own = String(container['name']);
  const hide = (name: string, text: string, place: Path): Fields => {
    const known = hidden.get(name);
    const key = known === undefined || known.text === text ? name : `${own}.${name}`;
    hidden.set(key, { text, at: place });
    return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
  };
  const env = itemsOf(container['env']).flatMap((given, index) => {
    const { name, value } = fieldsOf(given);
    if (typeof name !== 'string' || typeof value !== 'string') return [given];
    const place = [...at, 'env', index];
    const parts = value.split(/(\$\([^)]*\))/).filter((part) => part !== '');
    const isOwn = (part: string): boolean => !part.startsWith('$(');
    if (looksSecret(name, parts.filter(isOwn).join('')) === undefined) return [given];
    if (parts.every(isOwn)) return [hide(name, value, place)];
    // Kubernetes puts other variables into what is written, and not into what comes from a Secret.
    const named = parts.map((part, number) => (isOwn(part) ? `${name}_PART_${number + 1}` : undefined));
    const variables = named.flatMap((part, number) =>
      part === undefined ? [] : hide(part, parts[number] ?? '', place),
    );
    const whole = named.map((part, number) => (part === undefined ? parts[number] : `$(${part})`)).join('');
    return [...variables, { name, value: whole }];
  });
  return withoutSecretWords(
    { ...container, ...(env.length > 0 && { env }) },
    /\$\([^)]*\)/,
    (name, text, list) => hide(name, text, [...at, list]),
  );
}

const placeOf = ({ namespace, name }: Pick<Manifest, 'namespace' | 'name'>): string => `${namespace} ${name}`;

function secretOf(manifest: Manifest, name: string, values: ReadonlyMap<string, Hidden>): Manifest {
  const { file, namespace } = manifest;
  const stringData = Object.fromEntries([...values].map(([key, { text }]) => [key, text]));
  const { labels } = fieldsOf(manifest.value['metadata']);
  return {
    file,
    apiVersion: 'v1',
    kind: 'Secret',
    name,
    ...(namespace !== undefined && { namespace }),
    value: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name,
        ...(namespace !== undefined && { namespace }),
        ...(manifest.kind === 'ConfigMap' && labels !== undefined && { labels }),
      },
      stringData,
    },
    where: ([, key]) => manifest.where(values.get(String(key))?.at ?? []),
  };
}
