import { connect } from 'node:tls';
import { type MachineFacts, addressOf } from '@home/home';

/** How a machine answers: it waits for a configuration, it has one, or nobody is there. */
export type NodeState = 'blank' | 'configured' | 'away';

/** Where Talos listens: https://docs.siderolabs.com/talos/v1.13/learn-more/talos-network-connectivity */
const talosPort = 50000;

/** How an HTTP/2 client, gRPC's too, begins: the preface and an empty SETTINGS frame (RFC 9113, 3.4). */
const greeting = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** Asks a machine whether it has a configuration. */
export type Probe = (node: MachineFacts) => Promise<NodeState>;

/**
 * Finds out without credentials whether a machine is blank. In maintenance mode Talos takes a connection from anybody;
 * once it has a configuration it demands a client certificate and ends the connection when there is none:
 * https://github.com/siderolabs/talos/blob/v1.13.9/internal/app/apid/pkg/provider/provider.go
 */
export const probeNode: Probe = (node) => probeAddress(addressOf(node));

/** Milliseconds that a machine may take: to accept a connection, and then to say something. */
export interface Patience {
  readonly accept: number;
  readonly answer: number;
}

/** A machine that is there accepts at once, by its kernel; what answers may be busy, or about to start. */
const patience: Patience = { accept: 3_000, answer: 30_000 };

/**
 * What `probeNode` does with an address.
 *
 * @param limits after which a machine counts as away
 */
export function probeAddress(host: string, port = talosPort, limits = patience): Promise<NodeState> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
    const settle = (state: NodeState) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(state);
    };
    let timer = setTimeout(() => settle('away'), limits.accept);
    let secured = false;
    socket.once('connect', () => {
      clearTimeout(timer);
      timer = setTimeout(() => settle('away'), limits.answer);
    });
    socket.once('secureConnect', () => {
      secured = true;
      socket.write(greeting);
    });
    // With TLS 1.3 a server judges the client after the handshake: it answers the greeting, or ends the connection.
    socket.once('data', () => settle('blank'));
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
      settle(secured || /^ERR_SSL_.*ALERT/.test(code) ? 'configured' : 'away'),
    );
    socket.once('close', () => settle(secured ? 'configured' : 'away'));
  });
}
