import { readProgram } from '@home/command';
import { type JudgedSpec } from '@home/kubernetes';
import { request } from 'node:https';
import { type ApiObject } from './to-object';

/** An API server, and how it is reached. */
interface Access {
  readonly server: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  readonly insecure: boolean;
}

/** What it answers. */
interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What `kubectl config view --raw --minify --flatten -o json` prints. */
interface Kubeconfig {
  readonly clusters: readonly [
    {
      readonly cluster: {
        readonly server: string;
        readonly 'certificate-authority-data'?: string;
        readonly 'insecure-skip-tls-verify'?: boolean;
      };
    },
  ];
  readonly users: readonly [
    {
      readonly user: {
        readonly token?: string;
        readonly 'client-certificate-data'?: string;
        readonly 'client-key-data'?: string;
      };
    },
  ];
}

/** The API server of one context, which is asked what it would say, and told to change nothing. */
export class ApiServer {
  readonly #access: Access;
  readonly #resources = new Map<string, Promise<readonly ApiResource[]>>();

  private constructor(access: Access) {
    this.#access = access;
  }

  /**
   * @param kubeconfig the file
   * @param context the context in it, which is never guessed
   * @throws Error with what kubectl says, when there is none of that name
   */
  static async of(kubeconfig: string, context: string): Promise<ApiServer> {
    const view = ['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'];
    const text = await readProgram('kubectl', ['--kubeconfig', kubeconfig, '--context', context, ...view]);
    const { clusters, users } = JSON.parse(text) as Kubeconfig;
    const [{ cluster }] = clusters;
    const [{ user }] = users;
    return new ApiServer({
      server: cluster.server,
      insecure: cluster['insecure-skip-tls-verify'] === true,
      ca: decode(cluster['certificate-authority-data']),
      cert: decode(user['client-certificate-data']),
      key: decode(user['client-key-data']),
      token: user.token,
    });
  }

  async version(): Promise<string> {
    return String((await this.#ask('GET', '/version')).body['gitVersion']);
  }

  /** Asks whether an object would be made: in the namespace `default`, where nothing is made. */
  async judge(object: ApiObject): Promise<Pick<JudgedSpec, 'verdict' | 'said'>> {
    const { apiVersion, kind } = object;
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.#resourcesAt(root)).find((one) => one.kind === kind);
    if (resource === undefined) throw new Error(`The server knows no ${apiVersion} ${kind}.`);
    const metadata = object['metadata'] as Readonly<Record<string, unknown>> | undefined;
    const isUsual = metadata?.['namespace'] === undefined || metadata['namespace'] === 'apps';
    const namespace = isUsual ? 'default' : String(metadata['namespace']);
    const placed = resource.namespaced ? { ...object, metadata: { ...metadata, namespace } } : object;
    const within = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    const path = `${root}${within}/${resource.name}?dryRun=All&fieldValidation=Strict`;
    const { status, body, warnings } = await this.#ask('POST', path, placed);
    // An object of that name was valid, or it would not be there.
    const isThere = body['reason'] === 'AlreadyExists';
    if (status >= 300 && !isThere) return { verdict: 'refused', said: shorten(String(body['message'])) };
    return warnings.length === 0
      ? { verdict: 'accepted' }
      : { verdict: 'warned', said: shorten(warnings.join('; ')) };
  }

  #resourcesAt(root: string): Promise<readonly ApiResource[]> {
    const known =
      this.#resources.get(root) ??
      this.#ask('GET', root).then(({ body }) =>
        (body['resources'] as readonly ApiResource[]).filter(({ name }) => !name.includes('/')),
      );
    this.#resources.set(root, known);
    return known;
  }

  #ask(method: string, path: string, body?: object): Promise<Answer> {
    const { server, ca, cert, key, token, insecure } = this.#access;
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const options = { method, headers, ca, cert, key, rejectUnauthorized: !insecure };
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, server), options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Answer['body'],
            warnings: [response.headers['warning'] ?? []].flat(),
          });
        });
      });
      asked.on('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** A value of a megabyte comes back whole. */
const shorten = (text: string): string => (text.length > 300 ? `${text.slice(0, 299)}…` : text);

const decode = (data: string | undefined): string | undefined =>
  data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
