import {
  type GeneratedBlock,
  evaluate,
  generatedImage,
  many,
  one,
  readGeneratedHome,
  readGeneratedStack,
} from '@home/generated';
import { home } from '@home/home';
import { selfSigned } from '@home/testing';
import { coredns } from '@life/programs';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { commonOptions, homeOption, homeUsage, inNamespaces, obtain, runProof, untilReady } from '../engine';
import { type DnsStage, scenes } from './scenes';
import { type GeneratedServer, readServer, startServer } from './server';
import { Upstream } from './upstream';

const usage = {
  command: 'npm run prove:dns',
  help: `npm run prove:dns -- [--short] [--from FOLDER] [--home NAME]

Runs the generated Corefile and zone in the real CoreDNS, in a network that has
the home's addresses.
  --short   as npm run check plays it: builds no components
  --from    the folder of the generated files, if not terraform
  ${homeUsage}`,
  options: { short: commonOptions.short, from: { type: 'string', default: 'terraform' }, ...homeOption },
} as const;

/** An address that the world gives every name; RFC 5737 keeps it for examples. */
const elsewhere = '203.0.113.7';

const readFrom = (from: string): GeneratedServer => readServer(readGeneratedStack('platform', from));

/** Starts CoreDNS where the home's addresses are this process' own, and what it needs there. */
async function setStage(from: string): Promise<{ stage: DnsStage; end: () => Promise<void> }> {
  const server = readFrom(from);
  const { addresses, name } = upstreamsOf(server);
  await holdPortLikeTheNode();
  const identity = selfSigned(name);
  const upstreams = addresses.map(() => new Upstream(identity, elsewhere));
  await Promise.all(upstreams.map((upstream, index) => upstream.open(addresses[index] ?? '')));
  const { path = '', missing } = await obtain(coredns(server.container.image), false);
  if (missing !== undefined) throw new Error(missing);
  const running = startServer(server, path, identity.cert);
  const [ready] = server.probes;
  await untilReady('CoreDNS', running, `http://${ready?.host}:${ready?.port}${ready?.path}`, 10);
  const stage = {
    servers: home.entry.listensAt,
    addresses: home.entry.addresses,
    domain: home.domain,
    hosts: hostsOf(readGeneratedHome(from)),
    probes: server.probes,
    upstreams,
    elsewhere,
    upstreamName: name,
  };
  return { stage, end: running.stop };
}

/** Talos' own resolver has port 53 on an address of the node; CoreDNS must not want all of them. */
async function holdPortLikeTheNode(): Promise<void> {
  await once(createServer().listen(53, '127.0.0.1').unref(), 'listening');
  await once(createSocket('udp4').bind(53, '127.0.0.1').unref(), 'listening');
}

/** Whom the generated Corefile forwards to. */
function upstreamsOf({ files }: GeneratedServer): {
  readonly addresses: readonly string[];
  readonly name: string;
} {
  const text = Object.values(files).join('\n');
  const [line = ''] = /(?<=forward \. ).*(?= \{)/.exec(text) ?? [];
  const addresses = [...line.matchAll(/tls:\/\/(\S+)/g)].map(([, address = '']) => address);
  const name = /tls_servername (\S+)/.exec(text)?.[1];
  if (addresses.length < 2 || name === undefined)
    throw new Error('The generated Corefile does not forward to two by TLS.');
  return { addresses, name };
}

/** The names that the Ingresses of a home answer to. */
function hostsOf(blocks: readonly GeneratedBlock[]): string[] {
  return blocks
    .filter(({ type }) => type === 'kubernetes_ingress_v1')
    .flatMap(({ body }) => many(one(body['spec'])['rule']))
    .map((rule) => evaluate(rule['host'], blocks));
}

runProof(
  usage,
  inNamespaces({
    scenes,
    whyNot: async ({ short, from }) => {
      const image = generatedImage(readGeneratedStack('platform', from), 'coredns/coredns');
      if (image === undefined) return `no workload in ${from}/platform runs CoreDNS`;
      return (await obtain(coredns(image), !short)).missing;
    },
    lanes: () => 1,
    addresses: ({ from }) => [...home.entry.listensAt, ...upstreamsOf(readFrom(from)).addresses],
    setStage: ({ from }) => setStage(from),
  }),
);
