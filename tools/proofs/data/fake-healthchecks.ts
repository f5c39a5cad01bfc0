import { createServer } from 'node:http';

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
  const server = createServer((request, response) => {
    const [, check = '', signal = ''] = (request.url ?? '').split('/');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (failures > 0) {
        failures--;
        response.writeHead(503).end();
        return;
      }
      pings.push({ check, signal, body: Buffer.concat(chunks).toString(), at: Date.now() });
      response.end('OK');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: (check) => `http://127.0.0.1:${port}/${check}`,
    pings,
    failNext: (count) => {
      failures = count;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
