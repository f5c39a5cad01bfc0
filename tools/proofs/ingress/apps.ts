import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an app was asked, as it tells it. */
export interface Seen {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Stands in for every app: it tells what it was asked. */
export async function openApp(): Promise<{ readonly port: number }> {
  const server = createServer(({ url = '', headers }, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ host: headers.host, path: url, headers }));
  });
  await once(server.listen(0, '127.0.0.1').unref(), 'listening');
  return { port: (server.address() as AddressInfo).port };
}

/** Whom the app knows that logins are forwarded to, and by what. */
export const session = { cookie: 'session=right', user: 'anna' };

/** Stands in for the app that logins are forwarded to: it knows one session, and sends everybody else to its own page. */
export class AskedApp {
  #server: Server | undefined;
  readonly origin = 'http://127.0.0.1:9091';

  async open(): Promise<void> {
    const server = createServer(({ headers }, response) => {
      const isKnown = headers.cookie === session.cookie;
      response.writeHead(isKnown ? 200 : 302, {
        ...(isKnown ? { 'remote-user': session.user } : { location: 'https://auth.example.org/' }),
        connection: 'close',
      });
      response.end();
    });
    this.#server = server;
    await once(server.listen(9091, '127.0.0.1').unref(), 'listening');
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
