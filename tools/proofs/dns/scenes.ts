import { randomBytes } from 'node:crypto';
import { parse } from 'ipaddr.js';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Whom it forwards to, in the order in which they are asked. */
  readonly upstreams: readonly Upstream[];
  /** The address that the upstreams give every name. */
  readonly elsewhere: string;
  /** The name that their certificate has to be for. */
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
  const { elsewhere, upstreamName } = stage;
  const [first, second] = stage.upstreams;
  for (const { server, transport } of ways(stage)) {
    const name = `${randomBytes(6).toString('hex')}.example.org`;
    const { code, addresses } = await ask(server, transport, name, 'A');
    demand(code === 0 && addresses.join() === elsewhere, `${name} over ${transport}: code ${code}`);
    demand(first?.asked.includes(name) === true, `${name} was answered by somebody else`);
  }
  demand(second?.asked.length === 0, 'the second one was asked though the first one answers');
  const demanded = [...(first?.demanded ?? [])].join();
  demand(demanded === upstreamName, `a certificate for ${demanded} was demanded`);
  return `by TLS, with the certificate of ${upstreamName}`;
}

async function keepsOwnNamesAtHome({ upstreams, domain }: DnsStage): Promise<string> {
  const asked = upstreams.flatMap((upstream) => upstream.asked);
  const told = asked.filter((name) => name === domain || name.endsWith(`.${domain}`));
  demand(told.length === 0, `the upstream was asked for ${told.join(', ')}`);
  return `${asked.length} questions went upstream, none for ${domain}`;
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

/** Asks for a name of the world once, and says what came back. */
const askWorld = (stage: DnsStage, name: string) => ask(stage.servers[0] ?? '', 'UDP', name, 'A');

async function asksTheSecond(stage: DnsStage): Promise<string> {
  const [first, second] = stage.upstreams;
  first?.fallSilent();
  const name = 'second.example.org';
  const { code, addresses } = await askWorld(stage, name);
  demand(code === 0 && addresses.join() === stage.elsewhere, `${name}: code ${code}`);
  demand(second?.asked.includes(name) === true, `${name} was answered by somebody else`);
  return 'though the first one swallows what it is asked';
}

async function remembersTheWorld(stage: DnsStage): Promise<string> {
  const name = 'known.example.org';
  await askWorld(stage, name);
  for (const upstream of stage.upstreams) upstream.fallSilent();
  // The upstreams' answers hold for a second, and CoreDNS keeps none for less than five.
  await sleep(6_000);
  const { code, addresses } = await askWorld(stage, name);
  demand(code === 0 && addresses.join() === stage.elsewhere, `${name}: code ${code}`);
  return 'a name that has expired is answered as it was';
}

async function answersWithoutUpstream(stage: DnsStage): Promise<string> {
  for (const upstream of stage.upstreams) await upstream.close();
  await answersEveryName(stage);
  const { code } = await askWorld(stage, 'fresh.example.org');
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
  { title: 'asks the second upstream when the first says nothing', play: asksTheSecond },
  { title: 'answers what it knows while the line is down', play: remembersTheWorld },
  { title: 'answers the home’s names without the world', play: answersWithoutUpstream },
];

/** All that is proved, in an order that the last ones end: they take the upstreams away. A short selection has them all. */
export const scenes: readonly Scene<DnsStage>[] = plays.map((play) => ({ ...play, short: true }));
