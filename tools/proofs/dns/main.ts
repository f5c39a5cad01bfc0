import { type GeneratedBlock, evaluate, many, one, readGeneratedStack } from '@home/generated';
import { type Given, runCommand } from '@home/command';
import { home } from '@home/home';
import { coredns, installComponent, isInstalled } from '@life/programs';
import {
  type Outcome,
  enterNamespaces,
  formatOutcome,
  formatTally,
  isInside,
  whyNoNamespaces,
} from '../engine';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, expectations } from './expectations';
import { type GeneratedServer, type RunningServer, readServer, startServer } from './server';
import { startUpstream } from './upstream';

const usage = {
  command: 'npm run prove:dns',
  help: `npm run prove:dns -- [--short] [--from FOLDER]

Runs the generated Corefile and zone in the real CoreDNS, in a network that has the home's addresses.
  --short   as npm run check plays it: builds no components
  --from    the folder of the generated files, if not terraform`,
  options: {
    short: { type: 'boolean', default: false },
    from: { type: 'string', default: 'terraform' },
  },
} as const;

/** An address that the world gives every name; RFC 5737 keeps it for examples. */
const elsewhere = '203.0.113.7';

async function main({ values }: Given<typeof usage.options>): Promise<number> {
  const server = readServer(readGeneratedStack('platform', values.from));
  if (isInside()) return prove(server, values.from);

  const why = whyNoNamespaces();
  if (why !== undefined) return skipAll(why);
  const component = coredns(server.image);
  if (!isInstalled(component)) {
    if (values.short) return skipAll(`CoreDNS ${component.version} is missing; npm run components builds it`);
    try {
      await installComponent(component);
    } catch (cause) {
      return skipAll(`CoreDNS cannot be built: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return inNetwork([home.staticIp.v4, home.staticIp.v6, upstreamOf(server).address]);
}

/** This program once more, where the addresses are its own. */
function inNetwork(addresses: readonly string[]): Promise<number> {
  const child = enterNamespaces(
    [process.execPath, ...process.execArgv, __filename, ...process.argv.slice(2)],
    addresses,
    { stdio: 'inherit' },
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function prove(server: GeneratedServer, from: string): Promise<number> {
  const { address, name } = upstreamOf(server);
  await holdPortLikeTheNode();
  const upstream = await startUpstream(address, name, elsewhere);
  const bench: Bench = {
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
  const problem = await untilReady(running, bench);
  const outcomes: Outcome[] = [];
  for (const { what, check } of expectations) {
    const outcome: Outcome =
      problem === undefined
        ? await check(bench).then(
            (detail) => ({ what, result: 'passed', detail }),
            (cause: unknown) => ({ what, result: 'failed', detail: String(cause) }),
          )
        : { what, result: 'failed', detail: problem };
    console.log(formatOutcome(outcome));
    outcomes.push(outcome);
  }
  await running.stop();
  console.log(formatTally(outcomes));
  return outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
}

/** Talos' own resolver has port 53 on an address of the node; CoreDNS must not want all of them. */
async function holdPortLikeTheNode(): Promise<void> {
  await new Promise<void>((resolve) => createServer().listen(53, '127.0.0.1', resolve).unref());
  const socket = createSocket('udp4').unref();
  await new Promise<void>((resolve) => socket.bind(53, '127.0.0.1', resolve));
}

/** Why it does not get ready; undefined when it is. */
async function untilReady(running: RunningServer, { probes: [ready] }: Bench): Promise<string | undefined> {
  for (let attempt = 0; attempt < 100 && !running.ended(); attempt++) {
    const answered = await fetch(`http://${ready?.host}:${ready?.port}${ready?.path}`).catch(() => undefined);
    if (answered?.ok) return undefined;
    await sleep(100);
  }
  return `CoreDNS does not get ready: ${running.log().trim().split('\n').at(-1) ?? ''}`;
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

/** Loud, and no success: nothing was proved. */
function skipAll(detail: string): number {
  const outcomes = expectations.map(({ what }): Outcome => ({ what, result: 'skipped', detail }));
  for (const outcome of outcomes) console.log(formatOutcome(outcome));
  console.log(formatTally(outcomes));
  return 0;
}

runCommand(usage, main);
