import { selfSigned } from '@home/testing';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { makeTemporaryFolder } from '@home/files';
import { type Server as HttpServer, createServer as createHttp } from 'node:http';
import { createSecureServer } from 'node:http2';
import { type Server as HttpsServer, createServer as createHttps } from 'node:https';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { join } from 'node:path';
import { type Answering, answerHealthchecks, answerIngress, answerKubernetes } from './answers';
import type { World } from '../stand-in/world';

export type HomeNetwork = Awaited<ReturnType<typeof startHomeNetwork>>;

/** The name under which a rehearsal's healthchecks.io is reached. */
export const healthchecksHost = 'healthchecks.rehearsal';

/** Where in a home's network what answers. */
export interface Whereabouts {
  /** The machines' own addresses. */
  readonly machines: readonly string[];
  /** The addresses that the home's names lead to, and whose they are; the control planes have the one without a machine. */
  readonly entry: readonly { readonly address: string; readonly machine?: string | undefined }[];
  /** The domain whose names they answer to by HTTPS as well; undefined where apps speak plain HTTP. */
  readonly secured?: string | undefined;
  /** The address of the Kubernetes API that its clients are told, with its port, as `host:port`. */
  readonly api: string;
}

/**
 * Serves what the machines of the home answer over the network: Talos itself, the Kubernetes API, the ingress. All of
 * it on ports of this machine that nobody else can reach.
 */
export async function startHomeNetwork(world: World, { machines, entry, secured, api }: Whereabouts) {
  const servers: Server[] = [];
  const ports: Record<string, number> = {};
  const serve = async (server: Server, ...at: readonly string[]) => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    servers.push(server);
    for (const address of at) ports[address] = (server.address() as AddressInfo).port;
  };
  const isAway = (machine?: string) =>
    machine === undefined ? !world.clusterRuns() : world.lost.has(machine);
  const at =
    (machine: string | undefined, answering: Answering): Answering =>
    (...asked) =>
      isAway(machine) ? undefined : answering(...asked);
  await serve(http(world, answerKubernetes), api);
  for (const machine of machines) await serve(http(world, at(machine, answerKubernetes)), `${machine}:6443`);
  const certificate = secured === undefined ? undefined : selfSigned(`*.${secured}`);
  for (const { address, machine } of entry) {
    await serve(http(world, at(machine, answerIngress)), `${address}:80`);
    if (certificate)
      await serve(http(world, at(machine, answerIngress), createHttps(certificate)), `${address}:443`);
  }
  await serve(http(world, answerHealthchecks), `${healthchecksHost}:80`);
  const identity = selfSigned('maintenance');
  for (const address of machines) await serve(talos(world, address, identity), `${address}:50000`);
  return {
    /** Makes every Node process that is started with it see the stand-ins' network and no other. */
    environment: {
      NODE_OPTIONS: `--require=${join(__dirname, 'redirect.cjs')}`,
      REHEARSAL_NETWORK: JSON.stringify(ports),
      ...(certificate && { NODE_EXTRA_CA_CERTS: fileOf(certificate.cert) }),
      // For programs other than Node: a proxy that is not there.
      http_proxy: '',
      HTTPS_PROXY: 'http://127.0.0.1:9',
    },
    close: () => servers.forEach((server) => server.close()),
  };
}

function http(world: World, answering: Answering, server: HttpServer | HttpsServer = createHttp()): Server {
  return server.on('request', (request, response) => {
    const answer = answering(world, request);
    if (!answer) return void request.socket.destroy();
    response
      .writeHead(answer.status, { 'content-type': 'application/json', connection: 'close' })
      .end(answer.body);
  });
}

/** A file that a program can be told the path of. */
function fileOf(text: string): string {
  const file = join(makeTemporaryFolder(), 'certificate.pem');
  writeFileSync(file, text);
  return file;
}

/**
 * A machine's Talos: with a blank disk it talks to anybody, with a configuration only to who shows a certificate.
 * https://github.com/siderolabs/talos/blob/v1.13.9/internal/app/apid/pkg/provider/provider.go
 */
function talos(world: World, address: string, identity: { key: string; cert: string }): Server {
  const blank = createSecureServer(identity);
  const configured = createSecureServer({ ...identity, requestCert: true, rejectUnauthorized: true });
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (world.lost.has(address)) socket.destroy();
    else (world.machines[address] ? configured : blank).emit('connection', socket);
  });
}
