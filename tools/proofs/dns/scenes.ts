import { randomBytes } from 'node:crypto';
import { parse } from 'ipaddr.js';
import { connect } from 'node:net';
import { type Scene, demand } from '../engine';
import { type Transport, ask } from './ask';
import type { Probe } from './server';
import type { Upstream } from './upstream';

/** What the proof has to ask and to compare with. */
export interface DnsStage {
  /** The addresses that the server answers at. */
  readonly servers: readonly string[];
  /** Those that every name has. */
  readonly addresses: readonly string[];
  readonly domain: string;
  /** Names that people use: those of the generated Ingresses. */
  readonly hosts: readonly string[];
  readonly probes: readonly Probe[];
  readonly upstream: Upstream;
  /** The address that the upstream gives every name. */
  readonly elsewhere: string;
  /** The name that the upstream's certificate has to be for. */
  readonly upstreamName: string;
}

const transports: readonly Transport[] = ['UDP', 'TCP'];
const unknownTypes: readonly string[] = ['MX', 'TXT', 'SRV', 'HTTPS', 'CAA'];

/** Every way to ask: at each address, over both transports. */
const ways = ({ servers }: DnsStage) =>
  servers.flatMap((server) => transports.map((transport) => ({ server, transport })));

/** Names that nobody wrote down, besides those that people use. */
const names = ({ hosts, domain }: DnsStage): string[] => {
  const made = randomBytes(6).toString('hex');
  return [...hosts, `${made}.${domain}`, `a.${made}.${domain}`, `WWW.${made.toUpperCase()}.${domain}`];
};

async function answersEveryName(stage: DnsStage): Promise<string> {
  let questions = 0;
  const all = stage.addresses.map((address) => parse(address));
  const of = (kind: 'ipv4' | 'ipv6') =>
    all
      .filter((one) => one.kind() === kind)
      .map(String)
      .sort()
      .join();
  const expected = { A: of('ipv4'), AAAA: of('ipv6') };
  for (const name of names(stage)) {
    for (const { server, transport } of ways(stage)) {
      for (const type of ['A', 'AAAA'] as const) {
        const { code, addresses, authoritative } = await ask(server, transport, name, type);
        const said = `${type} ${name} at ${server} over ${transport}: code ${code}, ${addresses.join(' ')}`;
        demand(code === 0 && [...addresses].sort().join() === expected[type] && authoritative, said);
        questions++;
      }
    }
  }
  return `${questions} answers`;
}

async function answersUnknownTypesEmpty(stage: DnsStage): Promise<string> {
  for (const { server, transport } of ways(stage)) {
    for (const type of unknownTypes) {
      const name = `anything.${stage.domain}`;
      const { code, answers, authorities } = await ask(server, transport, name, type);
      const said = `${type} ${name} over ${transport}: code ${code}, ${answers} answers, ${authorities} authorities`;
      // The SOA beside it says for how long that may be remembered: RFC 2308.
      demand(code === 0 && answers === 0 && authorities === 1, said);
    }
  }
  return unknownTypes.join(', ');
}

async function forwardsTheRest(stage: DnsStage): Promise<string> {
  const { upstream, elsewhere, upstreamName } = stage;
  for (const { server, transport } of ways(stage)) {
    const name = `${randomBytes(6).toString('hex')}.example.org`;
    const { code, addresses } = await ask(server, transport, name, 'A');
    demand(code === 0 && addresses.join() === elsewhere, `${name} over ${transport}: code ${code}`);
    demand(upstream.asked.includes(name), `${name} was answered by somebody else`);
  }
  const demanded = [...upstream.demanded].join();
  demand(demanded === upstreamName, `a certificate for ${demanded} was demanded`);
  return `by TLS, with the certificate of ${upstreamName}`;
}

async function keepsOwnNamesAtHome({ upstream, domain }: DnsStage): Promise<string> {
  const told = upstream.asked.filter((name) => name === domain || name.endsWith(`.${domain}`));
  demand(told.length === 0, `the upstream was asked for ${told.join(', ')}`);
  return `${upstream.asked.length} questions went upstream, none for ${domain}`;
}

async function reportsOnLoopbackOnly({ probes, servers }: DnsStage): Promise<string> {
  for (const { host, port, path } of probes) {
    const { status } = await fetch(`http://${host}:${port}${path}`);
    demand(status === 200, `${host}:${port}${path} answers ${status}`);
    for (const address of [...servers, '::1']) {
      demand(!(await listens(address, port)), `${address} answers at port ${port} too`);
    }
  }
  return probes.map(({ host, port, path }) => `${host}:${port}${path}`).join(', ');
}

async function answersWithoutUpstream(stage: DnsStage): Promise<string> {
  await stage.upstream.close();
  await answersEveryName(stage);
  const { code } = await ask(stage.servers[0] ?? '', 'UDP', 'fresh.example.org', 'A');
  demand(code === 2, `a name of the world has code ${code} instead of SERVFAIL`);
  return 'own names answer, others fail';
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => settle(true));
    const settle = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.on('error', () => settle(false));
  });
}

const plays: readonly Pick<Scene<DnsStage>, 'title' | 'play'>[] = [
  {
    title: 'answers any name under the domain with the home’s A and AAAA, over UDP and TCP',
    play: answersEveryName,
  },
  { title: 'answers types that it does not know with nothing', play: answersUnknownTypesEmpty },
  { title: 'forwards the rest', play: forwardsTheRest },
  { title: 'tells nobody the names of the home', play: keepsOwnNamesAtHome },
  { title: 'answers for its health and readiness on loopback only', play: reportsOnLoopbackOnly },
  { title: 'answers the home’s names without the world', play: answersWithoutUpstream },
];

/** All that is proved, in an order that the last one ends: it takes the upstream away. A short selection has them all. */
export const scenes: readonly Scene<DnsStage>[] = plays.map((play) => ({ ...play, short: true }));
