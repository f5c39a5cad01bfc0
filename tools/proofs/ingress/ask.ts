import { type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** PEM of the certificate that was shown. */
  readonly certificate?: string | undefined;
}

/** What is asked, and how. */
export interface Question {
  /** Where to. */
  readonly address: string;
  readonly host: string;
  /** As it is sent: nothing tidies it. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the certificate has to be vouched for by; undefined for plain HTTP. */
  readonly authority?: string | undefined;
}

/**
 * Asks once, as a browser would that finds a name at an address.
 *
 * @throws Error when nobody answers, or with a certificate that a browser would not take
 */
export function ask({ address, host, path = '/', headers = {}, authority }: Question): Promise<Answer> {
  const options: RequestOptions = {
    host: address,
    path,
    headers: { host, ...headers },
    agent: false,
    timeout: 10_000,
  };
  return new Promise((resolve, reject) => {
    const asking =
      authority === undefined
        ? requestHttp({ ...options, port: 80 })
        : requestHttps({ ...options, port: 443, servername: host, ca: authority });
    asking.on('timeout', () => asking.destroy(new Error(`${host} says nothing for 10 s`)));
    asking.on('error', reject);
    asking.on('response', (response) => {
      const certificate =
        authority === undefined ? undefined : (response.socket as TLSSocket).getPeerX509Certificate();
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
          certificate: certificate?.toString(),
        }),
      );
    });
    asking.end();
  });
}
