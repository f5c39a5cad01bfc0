import { readFileSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { dirname, resolve } from 'node:path';
import type { SecureContextOptions } from 'node:tls';
import type { Environment } from '@home/command';
import { one } from '@home/generated';
import { isPlainObject, refuse } from '@home/terraform';
import { parse } from 'yaml';
import { bodyOf } from '../root-module';
import type { KnownObject } from '../state/read-state';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** What one asks with. */
interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  /** Certificates and keys. */
  readonly tls?: SecureContextOptions & {
    readonly rejectUnauthorized?: boolean;
    readonly servername?: string;
  };
  /** For `http_proxy`, which is honoured for plain HTTP. */
  readonly environment?: Environment;
}

const patience = 5_000;

/**
 * Asks an address once. Unlike `fetch` it can name another host than the address', which is how one reaches an app
 * behind the ingress before DNS works.
 *
 * @throws Error when nobody answers in time
 */
export function ask(
  url: string,
  { headers = {}, tls = {}, environment = {} }: Question = {},
): Promise<Answer> {
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    const listen = (response: IncomingMessage): void => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      );
      response.on('error', reject);
    };
    const options: RequestOptions = { headers, timeout: patience };
    const proxy = target.protocol === 'http:' ? proxyFor(target.hostname, environment) : undefined;
    const asking =
      target.protocol === 'https:'
        ? requestHttps(target, { ...options, ...tls, agent: false }, listen)
        : proxy === undefined
          ? requestHttp(target, { ...options, agent: false }, listen)
          : requestHttp(
              proxy,
              { ...options, headers: { host: target.host, ...headers }, path: url, agent: false },
              listen,
            );
    asking.on('timeout', () => asking.destroy(new Error(`no answer within ${patience / 1000} s`)));
    asking.on('error', reject);
    asking.end();
  });
}

/** As curl does: `http_proxy` in lower case, unless `no_proxy` lists the host. */
function proxyFor(host: string, environment: Environment): URL | undefined {
  const proxy = environment['http_proxy'];
  const direct = (environment['no_proxy'] ?? '').split(',').map((one) => one.trim().replace(/^\./, ''));
  if (!proxy || direct.some((one) => one === '*' || host === one || (one !== '' && host.endsWith(`.${one}`))))
    return undefined;
  return new URL(proxy);
}

/** A way to ask one cluster's API. */
export interface KubernetesApi {
  readonly server: string;
  get(path: string): Promise<Answer>;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * Opens the API that a context of the kubeconfig names; needs no kubectl.
 *
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 *
 * @throws ProblemsError when the file or the context is not there, or wants a program to log in
 */
export function openKubernetes(environment: Environment, context: string): KubernetesApi {
  const file = environment['KUBE_CONFIG_PATH'];
  if (!file) refuse('KUBE_CONFIG_PATH', 'must name the kubeconfig', 'Put it into .env');
  const config = readConfig(file);
  const chosen = named(config, 'contexts', 'context', context);
  if (chosen === undefined) {
    const remedy =
      'Fetch it again with `npm run talos -- kubeconfig`, or take cluster.name and cluster.context back in libs/home/facts.ts';
    refuse(file, `must have the context ${context}`, remedy);
  }
  const cluster = named(config, 'clusters', 'cluster', String(chosen['cluster'])) ?? {};
  const user = named(config, 'users', 'user', String(chosen['user'])) ?? {};
  const server = cluster['server'];
  if (typeof server !== 'string') refuse(file, `must name the server of ${context}`, 'Fetch it again');
  if ('exec' in user)
    refuse(file, 'must hold a certificate or a token, not a program', 'Use the one Talos makes');
  const question = credentials(dirname(file), cluster, user);
  return { server, get: (path) => ask(new URL(path, server).href, question) };
}

function readConfig(file: string): Body {
  try {
    return bodyOf(parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    refuse(file, `cannot be read (${reason})`, 'Fetch it again with `npm run talos -- kubeconfig`');
  }
}

function named(config: Body, list: string, member: string, name: string): Body | undefined {
  const entries = Array.isArray(config[list]) ? config[list] : [];
  const found: unknown = entries.find((entry) => isPlainObject(entry) && entry['name'] === name);
  return found === undefined ? undefined : bodyOf(bodyOf(found)[member]);
}

function credentials(folder: string, cluster: Body, user: Body): Question {
  const content = (body: Body, name: string): Buffer | undefined => {
    const [data, path] = [body[`${name}-data`], body[name]];
    if (typeof data === 'string') return Buffer.from(data, 'base64');
    return typeof path === 'string' ? readFileSync(resolve(folder, path)) : undefined;
  };
  const servername = cluster['tls-server-name'];
  const token = user['token'];
  return {
    headers: {
      accept: 'application/json',
      ...(typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}),
    },
    tls: {
      ca: content(cluster, 'certificate-authority'),
      cert: content(user, 'client-certificate'),
      key: content(user, 'client-key'),
      rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
      ...(typeof servername === 'string' ? { servername } : {}),
    },
  };
}

/** An object of Kubernetes that runs pods. */
interface Workload {
  readonly plural: 'deployments' | 'statefulsets' | 'daemonsets';
  readonly namespace: string;
  readonly name: string;
}

const plurals: Readonly<Record<string, Workload['plural']>> = {
  kubernetes_deployment: 'deployments',
  kubernetes_deployment_v1: 'deployments',
  kubernetes_stateful_set: 'statefulsets',
  kubernetes_stateful_set_v1: 'statefulsets',
  kubernetes_daemonset: 'daemonsets',
  kubernetes_daemon_set_v1: 'daemonsets',
};

/**
 * Asks the cluster about everything with pods that a stack made. The provider does not wait for StatefulSets
 * (docs: wait_for_rollout), so this does.
 *
 * @returns what is not rolled out yet, each as a phrase; empty when all is
 * @throws Error when the API does not answer
 */
export async function unfinishedRollouts(
  api: KubernetesApi,
  objects: readonly KnownObject[],
): Promise<string[]> {
  const states = await Promise.all(
    objects.flatMap((object) => workloadOf(object) ?? []).map((one) => stateOf(api, one)),
  );
  return states.filter((state) => state !== undefined).sort();
}

function workloadOf({ type, values }: KnownObject): Workload | undefined {
  const plural = plurals[type];
  const { name, namespace } = one(values['metadata']);
  if (plural === undefined || typeof name !== 'string') return undefined;
  return { plural, name, namespace: typeof namespace === 'string' ? namespace : 'default' };
}

async function stateOf(
  api: KubernetesApi,
  { plural, namespace, name }: Workload,
): Promise<string | undefined> {
  const { status, text } = await api.get(`/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`);
  const title = `${namespace}/${name}`;
  if (status === 404) return `${title} is not there`;
  if (status !== 200) return `${title}: the API answers ${status}`;
  return unfinished(title, plural, JSON.parse(text));
}

/** As `kubectl rollout status` decides it. */
function unfinished(title: string, plural: Workload['plural'], object: unknown): string | undefined {
  const { metadata, spec, status } = isPlainObject(object) ? object : { metadata: {}, spec: {}, status: {} };
  const number = (body: unknown, key: string, otherwise: number): number =>
    Number(bodyOf(body)[key] ?? otherwise);
  if (number(status, 'observedGeneration', 0) < number(metadata, 'generation', 1))
    return `${title} was not seen by its controller yet`;
  const wanted =
    plural === 'daemonsets' ? number(status, 'desiredNumberScheduled', 0) : number(spec, 'replicas', 1);
  const updated = number(status, plural === 'daemonsets' ? 'updatedNumberScheduled' : 'updatedReplicas', 0);
  const ready = number(status, plural === 'daemonsets' ? 'numberReady' : 'readyReplicas', 0);
  if (updated < wanted) return `${title} has ${updated} of ${wanted} pods at its new version`;
  return ready < wanted ? `${title} has ${ready} of ${wanted} pods ready` : undefined;
}
