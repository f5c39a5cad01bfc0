import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { type Answer, type RecordType, decodeAnswer, encodeQuestion } from './message';

export type Transport = 'UDP' | 'TCP';

/** Longer than CoreDNS itself tries to reach the world, 5 s. */
const patienceMilliseconds = 15_000;
let questions = 0;

/**
 * Asks a name server one question.
 *
 * @throws Error when it does not answer
 */
export async function ask(
  server: string,
  transport: Transport,
  name: string,
  type: RecordType,
): Promise<Answer> {
  const question = encodeQuestion((questions = (questions % 0xffff) + 1), name, type);
  const what = `${type} ${name} at ${server} over ${transport}`;
  return decodeAnswer(await (transport === 'UDP' ? overUdp : overTcp)(server, question, what));
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
