import { createHash } from 'node:crypto';
import { inUrl } from '@home/home';
import type { CtyType } from '@home/providers';
import { type Wire, type WireObject, hasUnknown, unknown } from './message-pack';
import type { Member } from './schema';

type Derive = (config: WireObject) => Wire;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A text that is the same for the same values, and another one for others. */
export const fingerprint = (...parts: readonly Wire[]) => sha256(JSON.stringify(parts));

/** The machine configuration after the patches: not the one that Talos would make, but another one for every input. */
const patched: Derive = (config) =>
  `${String(config['machine_configuration_input'] ?? config['machine_configuration_input_wo'])}${JSON.stringify(config['config_patches'])}`;

/**
 * Computed attributes that follow from the configuration alone, so that a change of it shows in the plan:
 * type → attribute → how. From github.com/siderolabs/terraform-provider-talos v0.11.0.
 */
const derived: Readonly<Record<string, Readonly<Record<string, Derive>>>> = {
  talos_machine_configuration_apply: {
    // Through a write-only input nothing but the hash may reach the state.
    machine_configuration: (config) =>
      config['machine_configuration_input_wo'] === null ? patched(config) : null,
    machine_configuration_hash: (config) => fingerprint(patched(config)),
    endpoint: (config) => config['node'] ?? null,
  },
  talos_machine_bootstrap: { endpoint: (config) => config['node'] ?? null },
  talos_cluster_kubeconfig: { endpoint: (config) => config['node'] ?? null },
  // The image factory names a schematic by its text.
  talos_image_factory_schematic: {
    id: ({ schematic = null }) => sha256(typeof schematic === 'string' ? schematic : ''),
  },
};

/** The attributes of a resource that follow from its configuration; unknown while that is not known in full yet. */
export function derive(type: string, config: WireObject): WireObject {
  const entries = Object.entries(derived[type] ?? {}).filter(([name]) => (config[name] ?? null) === null);
  const blind = hasUnknown(config);
  return Object.fromEntries(entries.map(([name, how]) => [name, blind ? unknown : how(config)]));
}

/** How a computed value is made up: by its name and its schema. */
export type MakeUp = (path: string, member: Member) => Wire;

/** From what a value is made up: the same seed gives the same value. */
export interface Seed {
  readonly type: string;
  readonly key: string | undefined;
  readonly config: WireObject;
  /** The name of the cluster, where there is one. */
  readonly cluster: string;
  /** The way to a cluster that is simply there. */
  readonly kubeconfig?: string | undefined;
  /** Different for every object that is made, the same for every reading of the same data. */
  readonly serial: number | string;
}

type Special = (seed: Seed, digest: string) => Wire;

const uuid = (digest: string) =>
  digest.slice(0, 32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
const text = (seed: Seed, name: string) => String(seed.config[name] ?? '');

/** Values that somebody relies on the shape of: `type.attribute` → how. */
const specials: Readonly<Record<string, Special>> = {
  'gotify_application.id': ({ serial }) => serial,
  'gotify_client.id': ({ serial }) => serial,
  'gotify_plugin.webhook_path': (_seed, digest) => `/plugin/1/custom/${digest.slice(0, 16)}`,
  'healthchecksio_check.ping_url': (seed) => `https://hc-ping.com/${uuid(fingerprint(seed.serial, 'id'))}`,
  'minio_s3_bucket.arn': (seed) => `arn:aws:s3:::${text(seed, 'bucket')}`,
  'random_password.result': (seed, digest) => digest.repeat(4).slice(0, Number(seed.config['length'])),
  // Not what Talos would write, but another text for every input, as Talos' would be.
  'talos_machine_configuration.machine_configuration': ({ config }) =>
    `# ${fingerprint(config)}\n${JSON.stringify(config)}`,
  'talos_cluster_kubeconfig.kubeconfig_raw': (seed) =>
    seed.kubeconfig ?? kubeconfig(text(seed, 'node'), seed.cluster),
  'talos_client_configuration.talos_config': (seed) =>
    JSON.stringify({ context: text(seed, 'cluster_name'), contexts: { [text(seed, 'cluster_name')]: {} } }),
};

/** A kubeconfig as Talos hands it out, without anything that would open a real cluster. */
function kubeconfig(node: string, cluster: string): string {
  const user = `admin@${cluster}`;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster, cluster: { server: `http://${inUrl(node)}:6443` } }],
    users: [{ name: user, user: {} }],
    contexts: [{ name: user, context: { cluster, user } }],
    'current-context': user,
  });
}

/** Gives what a provider would compute: the right type, and a shape as plausible as the name allows. */
export function makeUp(seed: Seed): MakeUp {
  const derived = derive(seed.type, seed.config);
  return (path, member) => {
    const known = derived[path];
    if (known !== undefined) return known;
    const digest = fingerprint(seed.serial, path);
    return specials[`${seed.type}.${path}`]?.(seed, digest) ?? byName(seed, path, member, digest);
  };
}

function byName(seed: Seed, path: string, member: Member, digest: string): Wire {
  if (member.nested) return nested(seed, path, member.nested);
  const name = path.split('.').at(-1) ?? path;
  if (name === 'id' && seed.key !== undefined) return seed.key;
  return ofType(member.type ?? 'string', name, digest);
}

function byStringName(name: string, digest: string): string {
  if (/^(id|uid|uuid)$/.test(name)) return uuid(digest);
  if (name === 'replicas') return '1';
  if (name === 'resource_version') return String(parseInt(digest.slice(0, 6), 16));
  if (name === 'cluster_ip')
    return `10.96.${parseInt(digest.slice(0, 2), 16)}.${parseInt(digest.slice(2, 4), 16)}`;
  if (/token|secret|password|key$/.test(name)) return digest.slice(0, 32);
  return `${name}-${digest.slice(0, 8)}`;
}

function ofType(type: CtyType, name: string, digest: string): Wire {
  if (type === 'string') return byStringName(name, digest);
  if (type === 'number') return 1;
  if (type === 'bool') return false;
  if (typeof type === 'string') return null;
  if (type[0] === 'list' || type[0] === 'set') return [];
  if (type[0] === 'map') return {};
  if (type[0] === 'tuple') return type[1].map((inner) => ofType(inner, name, digest));
  return Object.fromEntries(
    Object.entries(type[1]).map(([key, inner]) => [key, ofType(inner, key, fingerprint(digest, key))]),
  );
}

function nested(seed: Seed, path: string, { nesting, members }: NonNullable<Member['nested']>): Wire {
  if (nesting === 'list' || nesting === 'set') return [];
  if (nesting === 'map') return {};
  const inner = makeUp(seed);
  return Object.fromEntries([...members].map(([name, member]) => [name, inner(`${path}.${name}`, member)]));
}
