import { RECURSION_DESIRED, type RecordType, decode, encode } from 'dns-packet';
import { parse } from 'ipaddr.js';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

export type Transport = 'UDP' | 'TCP';

/** What a name server said. */
export interface Answer {
  /** NOERROR is 0, SERVFAIL 2, NXDOMAIN 3. */
  readonly code: number;
  readonly authoritative: boolean;
  /** The addresses in the answer section, in their shortest form. */
  readonly addresses: readonly string[];
  /** How many records the answer and the authority sections have. */
  readonly answers: number;
  readonly authorities: number;
}

/** Longer than CoreDNS itself tries to reach the world, 5 s. */
const patienceMilliseconds = 15_000;

/** The library writes a type that it has no name for by its number. */
const unnamed: Readonly<Record<string, string>> = { HTTPS: 'UNKNOWN_65' };

/**
 * Asks a name server one question.
 *
 * @throws Error when it does not answer
 */
export async function ask(server: string, transport: Transport, name: string, type: string): Promise<Answer> {
  const question = encode({
    type: 'query',
    id: Math.floor(Math.random() * 0xffff),
    flags: RECURSION_DESIRED,
    questions: [{ name, type: (unnamed[type] ?? type) as RecordType }],
  });
  const what = `${type} ${name} at ${server} over ${transport}`;
  const message = decode(await (transport === 'UDP' ? overUdp : overTcp)(server, question, what));
  const { answers = [], authorities = [], flags = 0, flag_aa: authoritative } = message;
  return {
    code: flags & 15,
    authoritative,
    addresses: answers.flatMap((one) =>
      one.type === 'A' || one.type === 'AAAA' ? [parse(one.data).toString()] : [],
    ),
    answers: answers.length,
    authorities: authorities.length,
  };
}

function overUdp(server: string, question: Buffer, what: string): Promise<Buffer> {
  const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4');
  return patiently(what, (resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', resolve);
    socket.send(question, 53, server);
    return () => socket.close();
  });
}

function overTcp(server: string, question: Buffer, what: string): Promise<Buffer> {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(question.length);
  return patiently(what, (resolve, reject) => {
    const socket = connect(53, server, () => socket.write(Buffer.concat([length, question])));
    let received = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0))
        resolve(received.subarray(2));
    });
    return () => socket.destroy();
  });
}

type Attempt = (resolve: (message: Buffer) => void, reject: (cause: Error) => void) => () => void;

function patiently(what: string, attempt: Attempt): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    const timer = setTimeout(
      () => settle(() => reject(new Error(`${what}: no answer`))),
      patienceMilliseconds,
    );
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      end();
      how();
    };
    const end = attempt(
      (message) => settle(() => resolve(message)),
      (cause) => settle(() => reject(new Error(`${what}: ${cause.message}`, { cause }))),
    );
  });
}
