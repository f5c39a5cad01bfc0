import { type Server, type Socket, connect, createServer } from 'node:net';

/** What pods take for the store; it can be shut. */
export interface Gate {
  readonly open: () => Promise<void>;
  /** Ends every connection and refuses new ones. */
  readonly shut: () => Promise<void>;
}

/** Opens a gate in front of a store. */
export async function openGate(at: { host: string; port: number }, store: URL): Promise<Gate> {
  let server: Server | undefined;
  const sockets = new Set<Socket>();
  const pass = (incoming: Socket): void => {
    const outgoing = connect(Number(store.port), store.hostname);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        incoming.destroy();
        outgoing.destroy();
      });
    }
    incoming.pipe(outgoing).pipe(incoming);
  };
  const gate: Gate = {
    open: async () => {
      server = createServer(pass);
      await new Promise<void>((resolve, reject) =>
        server?.on('error', reject).listen(at.port, at.host, resolve),
      );
    },
    shut: async () => {
      const closed = new Promise((resolve) => server?.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  await gate.open();
  return gate;
}
