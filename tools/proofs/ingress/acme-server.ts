import { type Answer, AUTHORITATIVE_ANSWER, type Packet, decode, encode } from 'dns-packet';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeTemporaryFolder, writeSecret } from '@home/files';
import { type Identity } from '@home/testing';
import { answerAll } from '../dns/upstream';
import { type Program, startProgram } from '../engine';

/** Where the world's DNS answers in a lane; RFC 5737 keeps it for examples. */
export const worldAddress = '203.0.113.53';

/** Where the domain's DNS is changed, as lego's httpreq has it: https://go-acme.github.io/lego/dns/httpreq/ */
const changesAt = { host: '127.0.0.1', port: 5380 };

export const changesUrl = `http://${changesAt.host}:${changesAt.port}`;

/** Stands in for the world's DNS, in which the domain's records of proof come and go. */
export async function openWorld(domain: string): Promise<void> {
  const texts = new Map<string, string[]>();
  const answer = (question: Buffer): Packet => {
    const { id, questions = [] } = decode(question);
    const answers = questions.flatMap(({ name, type }): Answer[] => recordsOf(name.toLowerCase(), type));
    return { type: 'response', id, flags: AUTHORITATIVE_ANSWER, questions, answers };
  };
  const recordsOf = (name: string, type: string): Answer[] => {
    if (type === 'TXT') return (texts.get(name) ?? []).map((data) => ({ name, type: 'TXT', ttl: 1, data }));
    if (type === 'NS' && name === domain) return [{ name, type: 'NS', ttl: 1, data: `ns.${domain}` }];
    if (type === 'A' && name === `ns.${domain}`) return [{ name, type: 'A', ttl: 1, data: worldAddress }];
    const [mname, rname] = [`ns.${domain}`, `hostmaster.${domain}`];
    return type === 'SOA' && name === domain
      ? [{ name, type: 'SOA', ttl: 1, data: { mname, rname, serial: 1 } }]
      : [];
  };
  const udp = createSocket('udp4', (question, { port, address }) =>
    udp.send(encode(answer(question)), port, address),
  );
  await once(udp.bind(53, worldAddress).unref(), 'listening');
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    answerAll(socket, answer);
  });
  await once(tcp.listen(53, worldAddress).unref(), 'listening');
  const changes = createHttp((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { fqdn, value } = JSON.parse(body) as { fqdn: string; value: string };
      const name = fqdn.toLowerCase().replace(/\.$/, '');
      const others = (texts.get(name) ?? []).filter((text) => text !== value);
      texts.set(name, request.url === '/present' ? [...others, value] : others);
      response.end('{}');
    });
  });
  await once(changes.listen(changesAt).unref(), 'listening');
}

/** A real ACME server: https://github.com/letsencrypt/pebble */
export interface AcmeServer extends Program {
  readonly directory: string;
  /** How many certificates were ordered so far. */
  orders(): number;
  /** What it vouches with, in PEM. */
  root(): Promise<string>;
}

/** @param days for how many its certificates hold */
export function startAcme(program: string, identity: Identity, port: number, days: number): AcmeServer {
  const folder = makeTemporaryFolder();
  const file = (name: string, text: string): string => {
    writeSecret(join(folder, name), text);
    return join(folder, name);
  };
  const management = `127.0.0.1:${port + 1}`;
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: management,
    certificate: file('cert.pem', identity.cert),
    privateKey: file('key.pem', identity.key),
    httpPort: 1,
    tlsPort: 1,
    profiles: { default: { description: 'of the proof', validityPeriod: days * 86_400 } },
  };
  const config = file('pebble.json', JSON.stringify({ pebble }));
  const running = startProgram([program, '-config', config, '-dnsserver', `${worldAddress}:53`], {
    env: { PATH: process.env['PATH'], PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' },
  });
  return {
    ...running,
    lines: running.lines,
    directory: `https://127.0.0.1:${port}/dir`,
    orders: () => running.lines.filter((line) => /POST \/order-plz/.test(line)).length,
    root: () => textAt(`https://${management}/roots/0`, identity.cert),
  };
}

/** What stands at an address, whose certificate vouches for itself. */
function textAt(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { ca, agent: false }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve(text));
    });
    asking.on('error', reject);
    asking.end();
  });
}
