import type { Environment } from '@home/command';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { SecureContextOptions } from 'node:tls';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** What one asks with. */
export interface Question {
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
