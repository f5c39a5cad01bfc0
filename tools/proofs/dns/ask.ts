import {
  type DecodedPacket,
  type Packet,
  RECURSION_DESIRED,
  type RecordType,
  decode,
  encode,
  streamDecode,
  streamEncode,
} from 'dns-packet';
import { parse } from 'ipaddr.js';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { addAbortSignal } from 'node:stream';

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
  const question: Packet = {
    type: 'query',
    id: Math.floor(Math.random() * 0xffff),
    flags: RECURSION_DESIRED,
    questions: [{ name, type: (unnamed[type] ?? type) as RecordType }],
  };
  const patience = AbortSignal.timeout(patienceMilliseconds);
  const message = await (transport === 'UDP' ? overUdp : overTcp)(server, question, patience).catch(
    (cause: Error) => {
      const why = patience.aborted ? 'no answer' : cause.message;
      throw new Error(`${type} ${name} at ${server} over ${transport}: ${why}`, { cause });
    },
  );
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

async function overUdp(server: string, question: Packet, signal: AbortSignal): Promise<DecodedPacket> {
  const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.send(encode(question), 53, server);
    const [message] = await once(socket, 'message', { signal });
    return decode(message);
  } finally {
    socket.close();
  }
}

async function overTcp(server: string, question: Packet, signal: AbortSignal): Promise<DecodedPacket> {
  const socket = addAbortSignal(signal, connect(53, server));
  socket.write(streamEncode(question));
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0))
      return streamDecode(received) as DecodedPacket;
  }
  throw new Error('the connection ended without an answer');
}
