import { type GeneratedBlock, evaluate, many, one } from '@home/generated';
import { type Container, type Program, readPod, startContained } from '../engine';
import { changesUrl, worldAddress } from './acme-server';

/** Traefik as the generated files describe it. */
export interface GeneratedTraefik {
  readonly container: Container;
  /** Its files from ConfigMaps, by their path in the container. */
  readonly files: Readonly<Record<string, string>>;
  /** Where it looks for files from Secrets, by the Secret's label. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The path that says whether it is ready. */
  readonly ready: string;
}

/** @throws Error when no generated block runs Traefik */
export function readTraefik(blocks: readonly GeneratedBlock[]): GeneratedTraefik {
  const maker = blocks.find(({ body }) => JSON.stringify(body).includes('"image":"traefik:'));
  const pod = maker && readPod(maker, blocks);
  const container = pod?.containers[0];
  if (pod === undefined || container === undefined) throw new Error('No generated block runs Traefik.');
  const files = container.mounts.flatMap(({ volume: name, path }) => {
    const volume = pod.volumes[name] ?? 'empty';
    return typeof volume === 'string'
      ? []
      : Object.entries(volume.files).map(([file, text]) => [`${path}/${file}`, text] as const);
  });
  const secrets = container.mounts.map(({ volume, path }) => [volume, path] as const);
  const { path } = one(one(container.body['readiness_probe'])['http_get']);
  return {
    container,
    files: Object.fromEntries(files),
    secrets: Object.fromEntries(secrets),
    ready: evaluate(path, blocks),
  };
}

/** What stands in for the world, and for what the cluster would give it. */
export interface Surroundings {
  /** The folder that is its root: it is there again after a restart. */
  readonly root: string;
  /** The port of the Kubernetes API on loopback. */
  readonly api: number;
  /** PEM of all that it trusts. */
  readonly trusted: string;
  /** What its Secrets hold, by their labels and keys. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The ACME server's directory. */
  readonly directory?: string | undefined;
  /** Where the app answers that logins are forwarded to. */
  readonly asked?: string | undefined;
}

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Starts the real Traefik with the arguments and files that are generated. */
export function startTraefik(
  { container, files, secrets }: GeneratedTraefik,
  program: string,
  { root, api, trusted, secrets: given, directory, asked }: Surroundings,
): Program {
  const secretFiles = Object.entries(given).flatMap(([label, data]) =>
    Object.entries(data).map(([key, text]) => [`${secrets[label]}/${key}`, text] as const),
  );
  const config = Object.entries(files).map(([path, text]) => [path, atHand(text, asked)] as const);
  return startContained(container, program, {
    root,
    imageUser: 0,
    args: container.args.flatMap((arg) => inTheLane(arg, directory)),
    files: {
      ...Object.fromEntries([...secretFiles, ...config]),
      [`${account}/ca.crt`]: trusted,
      [`${account}/token`]: 'of the proof',
      '/trusted.pem': trusted,
      '/etc/resolv.conf': `nameserver ${worldAddress}\n`,
      // Where a volume would be.
      '/var/lib/traefik/.keep': '',
      '/tmp/.keep': '',
    },
    env: {
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(api),
      SSL_CERT_FILE: '/trusted.pem',
      HTTPREQ_ENDPOINT: changesUrl,
    },
  });
}

/** The three arguments that name somebody in the world name who stands in for them here; all others stay as they are. */
function inTheLane(arg: string, directory: string | undefined): string[] {
  const [name = ''] = arg.split('=');
  if (name.endsWith('.caserver')) return [];
  if (name.endsWith('.dnschallenge.resolvers')) return [`${name}=${worldAddress}:53`];
  if (!name.endsWith('.dnschallenge.provider')) return [arg];
  return [`${name}=httpreq`, `${name.replace(/dnschallenge.*/, 'caserver')}=${directory}`];
}

/** The app that logins are forwarded to is one of another stack. */
const atHand = (text: string, asked: string | undefined): string =>
  asked === undefined ? text : text.replace(/(address: )https?:\/\/[^/\s]+/, `$1${asked}`);

/** The hosts of the generated Ingresses; each with what is asked of who wants which path. */
export interface Host {
  readonly name: string;
  /** Whether a login is asked for. */
  readonly login: boolean;
  /** Paths below which it is not. */
  readonly publicPaths: readonly string[];
  /** Whether an app is behind it at all. */
  readonly hasApp: boolean;
}

/** The hosts that the generated Ingresses name. */
export function hostsIn(blocks: readonly GeneratedBlock[]): Host[] {
  const rules = blocks
    .filter(({ type }) => type === 'kubernetes_ingress_v1')
    .flatMap(({ body }) => {
      const annotations = one(body['metadata'])['annotations'] ?? {};
      const login = JSON.stringify(annotations).includes('login@file');
      return many(one(body['spec'])['rule']).map((rule) => {
        const paths = many(one(rule['http'])['path']);
        const { name: service } = one(one(paths[0]?.['backend'])['service']);
        return {
          name: evaluate(rule['host'], blocks),
          login,
          paths: paths.map(({ path }) => String(path)),
          service: evaluate(service, blocks),
        };
      });
    });
  const names = [...new Set(rules.map(({ name }) => name))];
  return names.map((name) => {
    const own = rules.filter((rule) => rule.name === name);
    return {
      name,
      login: own.some(({ login }) => login),
      publicPaths: own.filter(({ login }) => !login).flatMap(({ paths }) => paths),
      hasApp: own.every(({ service }) => service !== 'ready'),
    };
  });
}
