import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from 'node:http';

/** What goes wrong on the way to the store. */
export type Fault =
  | 'none'
  /** Nobody listens: the machine runs, the server does not. */
  | 'refuse'
  /** Connections are taken and never answered. */
  | 'hang'
  /** The server answers that it has an internal error. */
  | 'error'
  /** The server answers that its disk is full, as MinIO does. */
  | 'full'
  /** The connection ends in the middle of what is sent, in either direction. */
  | 'drop';

/** The address that pods know, in front of the real server. */
export interface FaultyProxy {
  readonly set: (fault: Fault) => Promise<void>;
  /** Shifts the times of objects by so many seconds, as if the store's clock were wrong. */
  readonly shiftClock: (seconds: number) => void;
  /** The uploads, complete or broken off, the newest last. */
  readonly uploads: () => readonly Upload[];
  readonly close: () => Promise<void>;
}

/** An object that the store has taken, or would have, if its sender had lived. */
export interface Upload {
  readonly at: number;
  readonly milliseconds: number;
  readonly complete: boolean;
}

/** How much of a body comes through before the connection drops: enough for its beginning, too little for its end. */
const bytesBeforeDrop = 100;

/** Puts a proxy at the store's address. */
export async function startProxy(host: string, port: number, upstream: string): Promise<FaultyProxy> {
  let fault: Fault = 'none';
  let shift = 0;
  const uploads: Upload[] = [];

  const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
    const begin = Date.now();
    const { method } = incoming;
    response.on('close', () => {
      const at = Date.now();
      const complete = response.writableFinished && response.statusCode === 200;
      if (method === 'PUT') uploads.push({ at, milliseconds: at - begin, complete });
    });
    if (fault === 'hang') return;
    if (fault === 'error') return fail(response, 500, 'InternalError');
    if (fault === 'full' && method === 'PUT') return fail(response, 507, 'XMinioStorageFull');
    pass(incoming, response, upstream, { drop: fault === 'drop', shift });
  };

  let server: Server | undefined;
  const listen = async (): Promise<void> => {
    server = createServer({ keepAliveTimeout: 60_000 }, answer);
    await once(server.listen(port, host), 'listening');
  };
  const close = async (): Promise<void> => {
    const closed = server && once(server, 'close');
    server?.close();
    server?.closeAllConnections();
    await closed;
    server = undefined;
  };

  await listen();
  return {
    set: async (next) => {
      const was = fault;
      fault = next;
      if (next === 'refuse') await close();
      if (was === 'refuse' && next !== 'refuse') await listen();
      // What hangs would do so for ever; a machine that comes back knows nothing of old connections.
      if (was === 'hang') server?.closeAllConnections();
    },
    shiftClock: (seconds) => {
      shift = seconds;
    },
    uploads: () => uploads,
    close,
  };
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>made up</Message></Error>`);
}

function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: string,
  { drop, shift }: { drop: boolean; shift: number },
): void {
  const [host, port] = upstream.split(':');
  const { method, url, rawHeaders } = incoming;
  // Its own connection each time, and the headers as they came: they are signed.
  const outgoing = request({ host, port, method, path: url, headers: rawHeaders, agent: false });
  const abandon = (): void => {
    outgoing.destroy();
    incoming.socket.destroy();
  };
  outgoing.on('error', abandon);
  incoming.on('error', abandon);
  incoming.on('close', () => {
    if (!incoming.complete) abandon();
  });
  let sent = 0;
  incoming.on('data', (chunk: Buffer) => {
    sent += chunk.length;
    if (drop && sent > bytesBeforeDrop) abandon();
  });
  incoming.pipe(outgoing);

  outgoing.on('response', (answer) => {
    if (drop) return abandon();
    if (shift === 0) {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
      answer.on('error', abandon);
      return;
    }
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => respondShifted(answer, response, Buffer.concat(chunks), shift));
  });
}

/** Passes an answer on with the times of objects moved, in its headers and in lists of objects. */
function respondShifted(
  answer: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  shift: number,
): void {
  const move = (time: string): Date => new Date(Date.parse(time) + shift * 1000);
  const headers = { ...answer.headers };
  if (headers['last-modified'] !== undefined)
    headers['last-modified'] = move(headers['last-modified']).toUTCString();
  const isList = headers['content-type']?.includes('xml') === true;
  const moved = isList
    ? Buffer.from(
        body
          .toString()
          .replace(
            /<LastModified>([^<]+)</g,
            (_, time: string) => `<LastModified>${move(time).toISOString()}<`,
          ),
      )
    : body;
  if (isList) {
    delete headers['transfer-encoding'];
    headers['content-length'] = String(moved.length);
  }
  response.writeHead(answer.statusCode ?? 502, headers);
  response.end(moved);
}
