import { type GeneratedBlock, evaluate, many, one, readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import { coredns, installComponent, isInstalled } from '@life/programs';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  commonOptions,
  demand,
  isInside,
  laneInNamespaces,
  playInside,
  playLanes,
  runProof,
  skipAll,
  whyNoNamespaces,
} from '../engine';
import { type DnsStage, scenes } from './scenes';
import { type GeneratedServer, type RunningServer, readServer, startServer } from './server';
import { startUpstream } from './upstream';

const usage = {
  command: 'npm run prove:dns',
  help: `npm run prove:dns -- [--short] [--from FOLDER]

Runs the generated Corefile and zone in the real CoreDNS, in a network that has the home's addresses.
  --short   as npm run check plays it: builds no components
  --from    the folder of the generated files, if not terraform`,
  options: { short: commonOptions.short, from: { type: 'string', default: 'terraform' } },
} as const;

/** An address that the world gives every name; RFC 5737 keeps it for examples. */
const elsewhere = '203.0.113.7';

const readFrom = (from: string): GeneratedServer => readServer(readGeneratedStack('platform', from));

/** Why nothing can be proved here; undefined when everything is there. */
async function whyNot({ image }: GeneratedServer, short: boolean): Promise<string | undefined> {
  const component = coredns(image);
  const why = whyNoNamespaces();
  if (why !== undefined || isInstalled(component)) return why;
  if (short) return `CoreDNS ${component.version} is missing; npm run components builds it`;
  try {
    await installComponent(component);
    return undefined;
  } catch (cause) {
    return `CoreDNS cannot be built: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

/** Plays all scenes in the network where the home's addresses are this process' own. */
async function inside(from: string): Promise<number> {
  const server = readFrom(from);
  const { address, name } = upstreamOf(server);
  await holdPortLikeTheNode();
  const upstream = await startUpstream(address, name, elsewhere);
  const stage: DnsStage = {
    addresses: home.staticIp,
    domain: home.domain,
    hosts: ['platform', 'workloads', 'integrations'].flatMap((stack) =>
      hostsOf(readGeneratedStack(stack, from)),
    ),
    probes: server.probes,
    upstream,
    elsewhere,
    upstreamName: name,
  };
  const running = startServer(server, await installComponent(coredns(server.image)), upstream.certificate);
  const problem = await untilReady(running, stage);
  const ready = scenes.map((scene) =>
    problem === undefined ? scene : { ...scene, play: () => demand(false, problem) },
  );
  const good = await playInside(ready, stage);
  await running.stop();
  return good ? 0 : 1;
}

/** Talos' own resolver has port 53 on an address of the node; CoreDNS must not want all of them. */
async function holdPortLikeTheNode(): Promise<void> {
  await new Promise<void>((resolve) => createServer().listen(53, '127.0.0.1', resolve).unref());
  const socket = createSocket('udp4').unref();
  await new Promise<void>((resolve) => socket.bind(53, '127.0.0.1', resolve));
}

/** Why it does not get ready; undefined when it is. */
async function untilReady(
  running: RunningServer,
  { probes: [ready] }: DnsStage,
): Promise<string | undefined> {
  for (let attempt = 0; attempt < 100 && !running.ended(); attempt++) {
    const answered = await fetch(`http://${ready?.host}:${ready?.port}${ready?.path}`).catch(() => undefined);
    if (answered?.ok) return undefined;
    await sleep(100);
  }
  return `CoreDNS does not become ready: ${running.log().trim().split('\n').at(-1) ?? ''}`;
}

/** Whom the generated Corefile forwards to. */
function upstreamOf({ files }: GeneratedServer): { readonly address: string; readonly name: string } {
  const text = Object.values(files).join('\n');
  const address = /forward \. tls:\/\/(\S+)/.exec(text)?.[1];
  const name = /tls_servername (\S+)/.exec(text)?.[1];
  if (address === undefined || name === undefined)
    throw new Error('The generated Corefile forwards to nobody by TLS.');
  return { address, name };
}

/** The names that the Ingresses of a stack answer to. */
function hostsOf(blocks: readonly GeneratedBlock[]): string[] {
  return blocks
    .filter(({ type }) => type === 'kubernetes_ingress_v1')
    .flatMap(({ body }) => many(one(body['spec'])['rule']))
    .map((rule) => evaluate(rule['host'], blocks));
}

runProof(
  usage,
  async ({ short, from }, report) => {
    const server = readFrom(from);
    const why = await whyNot(server, short);
    if (why !== undefined) return skipAll(scenes, why, report);
    const addresses = [home.staticIp.v4, home.staticIp.v6, upstreamOf(server).address];
    await playLanes(scenes, 1, () => laneInNamespaces<DnsStage>(addresses), report);
  },
  ({ from }) => (isInside() ? inside(from) : undefined),
);
