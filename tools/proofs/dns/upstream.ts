import { RECURSION_AVAILABLE, RECURSION_DESIRED, type Packet, decode, streamEncode } from 'dns-packet';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { type TLSSocket, createServer } from 'node:tls';
import { selfSigned } from '../engine';

/** A stand-in for the public resolver that the generated Corefile names, over TLS as there. */
export interface Upstream {
  /** What it was asked for. */
  readonly asked: readonly string[];
  /** The names that its clients demanded of its certificate. */
  readonly demanded: ReadonlySet<string>;
  /** The certificate that its clients have to trust. */
  readonly certificate: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts a resolver that answers every question for an IPv4 address with the same one.
 *
 * @param serverName the name that its certificate is for
 * @param everything the address that every name has
 */
export async function startUpstream(host: string, serverName: string, everything: string): Promise<Upstream> {
  const { key, cert } = selfSigned(serverName);
  const asked: string[] = [];
  const demanded = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert }, (socket) => {
    sockets.add(socket);
    demanded.add(String(socket.servername));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    answerAll(socket, (question) => {
      const { id, questions = [] } = decode(question);
      asked.push(...questions.map(({ name }) => name.toLowerCase()));
      return {
        type: 'response',
        id,
        flags: RECURSION_DESIRED | RECURSION_AVAILABLE,
        questions,
        answers: questions.flatMap(({ name, type }) =>
          type === 'A' ? [{ name, type, ttl: 60, data: everything }] : [],
        ),
      };
    });
  });
  await once(server.listen(853, host), 'listening');
  return {
    asked,
    demanded,
    certificate: cert,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Messages over a stream have their length in front: RFC 1035, section 4.2.2. */
function answerAll(socket: TLSSocket, answer: (question: Buffer) => Packet): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      const end = 2 + rest.readUInt16BE(0);
      socket.write(streamEncode(answer(rest.subarray(2, end))));
      rest = rest.subarray(end);
    }
  });
}
