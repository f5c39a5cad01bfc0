import { once } from 'node:events';
import { createServer } from 'node:http';
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

/** A stand-in for healthchecks.io. */
export interface FakeHealthchecks {
  /** The address of a check. */
  readonly url: (check: string) => string;
  readonly pings: Ping[];
  /** Answers the next requests with an error. */
  readonly failNext: (count: number) => void;
  readonly close: () => Promise<unknown>;
}

/** Starts a stand-in for healthchecks.io, which knows every check. */
export async function startHealthchecks(): Promise<FakeHealthchecks> {
  const pings: Ping[] = [];
  let failures = 0;
  const server = createServer(async (request, response) => {
    const [, check = '', signal = ''] = (request.url ?? '').split('/');
    const body = await text(request);
    if (failures > 0) {
      failures--;
      response.writeHead(503).end();
      return;
    }
    pings.push({ check, signal, body, at: Date.now() });
    response.end('OK');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (check) => `http://127.0.0.1:${port}/${check}`,
    pings,
    failNext: (count) => {
      failures = count;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
