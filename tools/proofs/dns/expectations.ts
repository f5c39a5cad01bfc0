import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { type Transport, ask } from './ask';
import type { RecordType } from './message';
import type { Probe } from './server';
import type { Upstream } from './upstream';

/** What the proof has to ask and to compare with. */
export interface Bench {
  /** The home's addresses: those that the server answers at, and that every name has. */
  readonly addresses: { readonly v4: string; readonly v6: string };
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

/** One thing that must hold; it returns what was measured, and throws when it does not. */
export interface Expectation {
  readonly what: string;
  readonly check: (bench: Bench) => Promise<string>;
}

const transports: readonly Transport[] = ['UDP', 'TCP'];
const unknownTypes: readonly RecordType[] = ['MX', 'TXT', 'SRV', 'HTTPS', 'CAA'];

/** Every way to ask: at both addresses, over both transports. */
const ways = ({ addresses }: Bench) =>
  [addresses.v4, addresses.v6].flatMap((server) => transports.map((transport) => ({ server, transport })));

/** Names that nobody wrote down, besides those that people use. */
const names = ({ hosts, domain }: Bench): string[] => {
  const made = randomBytes(6).toString('hex');
  return [...hosts, `${made}.${domain}`, `a.${made}.${domain}`, `WWW.${made.toUpperCase()}.${domain}`];
};

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

async function answersEveryName(bench: Bench): Promise<string> {
  let questions = 0;
  const expected = { A: bench.addresses.v4, AAAA: expand(bench.addresses.v6) };
  for (const name of names(bench)) {
    for (const { server, transport } of ways(bench)) {
      for (const type of ['A', 'AAAA'] as const) {
        const { code, addresses, authoritative } = await ask(server, transport, name, type);
        const said = `${type} ${name} at ${server} over ${transport}: code ${code}, ${addresses.join(' ')}`;
        demand(code === 0 && addresses.join() === expected[type] && authoritative, said);
        questions++;
      }
    }
  }
  return `${questions} answers`;
}

async function answersUnknownTypesEmpty(bench: Bench): Promise<string> {
  for (const { server, transport } of ways(bench)) {
    for (const type of unknownTypes) {
      const name = `anything.${bench.domain}`;
      const { code, answers, authorities } = await ask(server, transport, name, type);
      const said = `${type} ${name} over ${transport}: code ${code}, ${answers} answers, ${authorities} authorities`;
      // The SOA beside it says for how long that may be remembered: RFC 2308.
      demand(code === 0 && answers === 0 && authorities === 1, said);
    }
  }
  return unknownTypes.join(', ');
}

async function forwardsTheRest(bench: Bench): Promise<string> {
  const { upstream, elsewhere, upstreamName } = bench;
  for (const { server, transport } of ways(bench)) {
    const name = `${randomBytes(6).toString('hex')}.example.org`;
    const { code, addresses } = await ask(server, transport, name, 'A');
    demand(code === 0 && addresses.join() === elsewhere, `${name} over ${transport}: code ${code}`);
    demand(upstream.asked.includes(name), `${name} was answered by somebody else`);
  }
  const demanded = [...upstream.demanded].join();
  demand(demanded === upstreamName, `a certificate for ${demanded} was demanded`);
  return `by TLS, with the certificate of ${upstreamName}`;
}

async function keepsOwnNamesAtHome({ upstream, domain }: Bench): Promise<string> {
  const told = upstream.asked.filter((name) => name === domain || name.endsWith(`.${domain}`));
  demand(told.length === 0, `the upstream was asked for ${told.join(', ')}`);
  return `${upstream.asked.length} questions went upstream, none for ${domain}`;
}

async function reportsOnLoopbackOnly({ probes, addresses }: Bench): Promise<string> {
  for (const { host, port, path } of probes) {
    const { status } = await fetch(`http://${host}:${port}${path}`);
    demand(status === 200, `${host}:${port}${path} answers ${status}`);
    for (const address of [addresses.v4, addresses.v6, '::1']) {
      demand(!(await listens(address, port)), `${address} answers at port ${port}, too`);
    }
  }
  return probes.map(({ host, port, path }) => `${host}:${port}${path}`).join(', ');
}

async function answersWithoutUpstream(bench: Bench): Promise<string> {
  await bench.upstream.close();
  await answersEveryName(bench);
  const { code } = await ask(bench.addresses.v4, 'UDP', 'fresh.example.org', 'A');
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

/** An IPv6 address with all its digits, as it stands in a message. */
export function expand(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(':');
}

/** All that is proved, in an order that the last one ends: it takes the upstream away. */
export const expectations: readonly Expectation[] = [
  {
    what: 'answers any name under the domain with the home’s A and AAAA, over UDP and TCP',
    check: answersEveryName,
  },
  { what: 'answers types that it does not know with nothing', check: answersUnknownTypesEmpty },
  { what: 'forwards the rest', check: forwardsTheRest },
  { what: 'tells nobody the names of the home', check: keepsOwnNamesAtHome },
  { what: 'answers for its health and readiness on loopback only', check: reportsOnLoopbackOnly },
  { what: 'answers the home’s names without the world', check: answersWithoutUpstream },
];
