import { RECURSION_AVAILABLE, RECURSION_DESIRED, type Packet, decode, streamEncode } from 'dns-packet';
import { once } from 'node:events';
import { type Server, type Socket, createServer as createListener } from 'node:net';
import { createServer } from 'node:tls';
import type { selfSigned } from '@home/testing';

/** A stand-in for the public resolver that the generated Corefile names, over TLS as there. */
export class Upstream {
  /** What it was asked for. */
  readonly asked: string[] = [];
  /** The names that its clients demanded of its certificate. */
  readonly demanded = new Set<string>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #isSilent = false;

  /**
   * @param identity what its clients have to trust
   * @param everything the address that every name has
   */
  constructor({ key, cert }: ReturnType<typeof selfSigned>, everything: string) {
    const secured = createServer({ key, cert }, (socket) => {
      this.demanded.add(String(socket.servername));
      socket.on('error', () => socket.destroy());
      answerAll(socket, (question) => {
        if (this.#isSilent) return undefined;
        const { id, questions = [] } = decode(question);
        this.asked.push(...questions.map(({ name }) => name.toLowerCase()));
        const answers = questions.flatMap(({ name, type }) =>
          type === 'A' ? [{ name, type, ttl: 1, data: everything }] : [],
        );
        return { type: 'response', id, flags: RECURSION_DESIRED | RECURSION_AVAILABLE, questions, answers };
      });
    });
    this.#server = createListener((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
      if (!this.#isSilent) secured.emit('connection', socket);
    });
  }

  async open(host: string): Promise<void> {
    await once(this.#server.listen(853, host), 'listening');
  }

  /** Says nothing any more, as when the line swallows what is sent: its clients have to give up by themselves. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Answers what is asked over a stream, where messages have their length in front: RFC 1035, section 4.2.2. */
export function answerAll(socket: Socket, answer: (question: Buffer) => Packet | undefined): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      const end = 2 + rest.readUInt16BE(0);
      const message = answer(rest.subarray(2, end));
      if (message !== undefined) socket.write(streamEncode(message));
      rest = rest.subarray(end);
    }
  });
}
