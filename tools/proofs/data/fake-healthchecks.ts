import { once } from 'node:events';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What reached the stand-in for healthchecks.io. */
export interface Ping {
  /** The check's name, from the address. */
  readonly check: string;
  /** `start`, `fail`, or nothing for success. */
  readonly signal: string;
  readonly body: string;
  readonly at: number;
}

/** A stand-in for healthchecks.io, which knows every check. */
export class FakeHealthchecks {
  readonly pings: Ping[] = [];
  /** How many of the next requests are answered with an error. */
  failures = 0;
  readonly #answer: RequestListener = async (request, response) => {
    const [, check = '', signal = ''] = (request.url ?? '').split('/');
    const body = await text(request);
    if (this.failures > 0) {
      this.failures--;
      response.writeHead(503).end();
      return;
    }
    this.pings.push({ check, signal, body, at: Date.now() });
    response.end('OK');
  };
  readonly #server = createServer(this.#answer);

  async start(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  /** The address of a check. */
  url(check: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${check}`;
  }

  close(): void {
    this.#server.close().closeAllConnections();
  }
}
