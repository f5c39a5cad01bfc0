import type { Environment } from '@home/command';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { isPlainObject, refuse } from '@home/terraform';
import { bodyOf } from '../root-module';
import { type Answer, type Question, ask } from './http-answer';

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
    refuse(file, `must have the context ${context}`, 'Fetch it anew with `npm run talos -- kubeconfig`');
  }
  const cluster = named(config, 'clusters', 'cluster', String(chosen['cluster'])) ?? {};
  const user = named(config, 'users', 'user', String(chosen['user'])) ?? {};
  const server = cluster['server'];
  if (typeof server !== 'string') refuse(file, `must say the server of ${context}`, 'Fetch it anew');
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
    refuse(file, `cannot be read (${reason})`, 'Fetch it anew with `npm run talos -- kubeconfig`');
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
