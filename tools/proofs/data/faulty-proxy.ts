import { once } from 'node:events';
import {
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
  createServer,
  request,
} from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What goes wrong on the way to the store. */
export type Fault =
  | 'none'
  /** Nobody listens: the machine runs, the server does not. */
  | 'refuse'
  /** Connections are taken and never answered. */
  | 'hang'
  /** The server answers that it has an internal error. */
  | 'error'
  /** The server answers that its disk is full. */
  | 'full'
  /** The connection ends in the middle of what is sent, in either direction. */
  | 'drop'
  /** Uploads are taken, answered with success, and not kept. */
  | 'forget'
  /** The next transaction that is uploaded is taken whole, and waits to be kept and answered; those after it do not. */
  | 'delay';

/** An object that the store has taken, or would have, if its sender had lived. */
export interface Upload {
  readonly at: number;
  readonly milliseconds: number;
  readonly complete: boolean;
}

/** What Litestream has just read; from level 1 on, files hold what several of these held. */
const isTransaction = /\/0000\/[^/]+\.ltx/;

/** How much of a body comes through before the connection drops: enough for its beginning, too little for its end. */
const bytesBeforeDrop = 100;

/** The address that pods know, in front of the real server. */
export class FaultyProxy {
  /** The uploads, complete or broken off, the newest last. */
  readonly uploads: Upload[] = [];
  /** Ends the waiting of an upload that the store has taken whole and keeps late, whatever became of its sender. */
  release: (() => void) | undefined;
  /** By how many seconds the times of objects are shifted, as if the store's clock were wrong. */
  shift = 0;
  #fault: Fault = 'none';
  readonly #server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) =>
    this.#answer(incoming, response),
  );

  /** The paths of uploads that have not ended. */
  readonly underWay = new Set<string>();

  /** @param upstream the real server: `127.0.0.1:9001` */
  constructor(
    readonly host: string,
    readonly port: number,
    public upstream: string,
  ) {}

  async open(): Promise<void> {
    await once(this.#server.listen(this.port, this.host), 'listening');
  }

  async set(fault: Fault): Promise<void> {
    const was = this.#fault;
    this.#fault = fault;
    if (fault === 'refuse') await this.close();
    if (was === 'refuse' && fault !== 'refuse') await this.open();
    // What hangs would do so for ever; a machine that comes back knows nothing of old connections.
    if (was === 'hang') this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close().closeAllConnections();
    await closed;
  }

  #answer(incoming: IncomingMessage, response: ServerResponse): void {
    const begin = Date.now();
    const { method } = incoming;
    const fault = this.#fault;
    const path = incoming.url ?? '';
    if (method === 'PUT') this.underWay.add(path);
    response.on('close', () => {
      this.underWay.delete(path);
      const at = Date.now();
      const complete = response.writableFinished && response.statusCode === 200;
      if (method === 'PUT') this.uploads.push({ at, milliseconds: at - begin, complete });
    });
    if (fault === 'hang') return;
    if (fault === 'error') return fail(response, 500, 'InternalError');
    if (fault === 'full' && method === 'PUT') return fail(response, 507, 'InsufficientStorage');
    if (fault === 'forget' && method === 'PUT') return forget(incoming, response);
    if (fault === 'delay' && method === 'PUT' && isTransaction.test(path))
      return void this.#delay(incoming, response);
    pass(incoming, response, this.upstream, { drop: fault === 'drop', shift: this.shift });
  }

  async #delay(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#fault = 'none';
    const body = await buffer(incoming);
    await new Promise<void>((resolve) => (this.release = resolve));
    this.release = undefined;
    const outgoing = requestOf(incoming, this.upstream).end(body);
    outgoing.on('response', (answer) => {
      if (!response.destroyed) response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
  }
}

/** The same request to the real server, on its own connection and with the headers as they came: they are signed. */
function requestOf({ method, url, rawHeaders }: IncomingMessage, upstream: string): ClientRequest {
  const [host, port] = upstream.split(':');
  return request({ host, port, method, path: url, headers: rawHeaders, agent: false });
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>made up</Message></Error>`);
}

function forget(incoming: IncomingMessage, response: ServerResponse): void {
  incoming.resume().on('end', () => response.writeHead(200, { etag: '"0"' }).end());
}

function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: string,
  { drop, shift }: { drop: boolean; shift: number },
): void {
  const outgoing = requestOf(incoming, upstream);
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
  { headers, statusCode = 502 }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  shift: number,
): void {
  const move = (time: string): Date => new Date(Date.parse(time) + shift * 1000);
  const { 'transfer-encoding': _, 'last-modified': modified, ...others } = headers;
  const isList = headers['content-type']?.includes('xml') === true;
  const moved = isList
    ? body.toString().replace(/(?<=<LastModified>)[^<]+/g, (time) => move(time).toISOString())
    : body;
  response.writeHead(statusCode, {
    ...others,
    ...(modified === undefined ? {} : { 'last-modified': move(modified).toUTCString() }),
    ...(isList ? { 'content-length': Buffer.byteLength(moved) } : {}),
  });
  response.end(moved);
}
