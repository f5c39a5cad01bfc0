import { RECURSION_AVAILABLE, RECURSION_DESIRED, type Packet, decode, streamEncode } from 'dns-packet';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { type Server, type TLSSocket, createServer } from 'node:tls';
import { selfSigned } from '../engine';

/** A stand-in for the public resolver that the generated Corefile names, over TLS as there. */
export class Upstream {
  /** What it was asked for. */
  readonly asked: string[] = [];
  /** The names that its clients demanded of its certificate. */
  readonly demanded = new Set<string>();
  /** The certificate that its clients have to trust. */
  readonly certificate: string;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  /**
   * @param serverName the name that its certificate is for
   * @param everything the address that every name has
   */
  constructor(serverName: string, everything: string) {
    const { key, cert } = selfSigned(serverName);
    this.certificate = cert;
    this.#server = createServer({ key, cert }, (socket) => {
      this.#sockets.add(socket);
      this.demanded.add(String(socket.servername));
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
      answerAll(socket, (question) => {
        const { id, questions = [] } = decode(question);
        this.asked.push(...questions.map(({ name }) => name.toLowerCase()));
        const answers = questions.flatMap(({ name, type }) =>
          type === 'A' ? [{ name, type, ttl: 60, data: everything }] : [],
        );
        return { type: 'response', id, flags: RECURSION_DESIRED | RECURSION_AVAILABLE, questions, answers };
      });
    });
  }

  async open(host: string): Promise<void> {
    await once(this.#server.listen(853, host), 'listening');
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
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
