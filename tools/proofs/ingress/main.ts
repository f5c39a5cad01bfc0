import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedBlock, evaluate, generatedImage, many, one, readGeneratedHome } from '@home/generated';
import { makeTemporaryFolder } from '@home/files';
import { derivedFrom, home } from '@home/home';
import { type Issuer, makeAuthority, selfSigned, signedBy } from '@home/testing';
import { pebble, systemProgram, traefik } from '@life/programs';
import {
  type Program,
  commonOptions,
  homeOption,
  homeUsage,
  inNamespaces,
  obtain,
  runProof,
  untilReady,
} from '../engine';
import { type ApiObject, toObject } from '../kubernetes/to-object';
import { type AcmeServer, openWorld, startAcme, worldAddress } from './acme-server';
import { StandInApi } from './api-server';
import { AskedApp, openApp } from './apps';
import { type IngressStage, scenes, untilVouched } from './scenes';
import { type Surroundings, hostsIn, readTraefik, startTraefik } from './traefik';

const usage = {
  command: 'npm run prove:ingress',
  help: `npm run prove:ingress -- [--short] [--only TEXT] [--from FOLDER] [--home NAME]

Runs the real Traefik with the generated arguments, files and Ingresses, in a
network that has the home's addresses: names, certificates, redirects, logins.
  --short   as npm run check plays it: builds no components
  --only    only scenes whose title fits this regular expression
  --from    the folder of the generated files, if not terraform
  ${homeUsage}`,
  options: { ...commonOptions, from: { type: 'string', default: 'terraform' }, ...homeOption },
} as const;

const programs = (image: string) => [traefik(image), ...(home.https?.kind === 'acme' ? [pebble] : [])];

async function whyNot({ short, from }: { short: boolean; from: string }): Promise<string | undefined> {
  if (home.logins?.kind === 'password' && systemProgram(home.terraform.binary) === undefined)
    return `${home.terraform.binary} is missing, which hashes the passwords`;
  const image = generatedImage(readGeneratedHome(from), 'traefik');
  if (image === undefined) return `no workload in ${from} runs Traefik`;
  for (const program of programs(image)) {
    const { missing } = await obtain(program, !short);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/** Starts Traefik where the home's addresses are this process' own, and all that it asks there. */
async function setStage(from: string): Promise<{ stage: IngressStage; end: () => Promise<void> }> {
  const blocks = readGeneratedHome(from);
  const described = readTraefik(blocks);
  const [program = '', acmeProgram = ''] = await Promise.all(
    programs(described.container.image).map(async (one) => (await obtain(one, false)).path),
  );
  const identity = selfSigned('127.0.0.1');
  const app = await openApp();
  const api = new StandInApi(identity, [...objectsIn(blocks), ...slicesIn(blocks, app.port)]);
  await api.open(apiPort);
  const asked = new AskedApp();
  if (home.logins?.kind === 'forward') await asked.open();
  if (home.https?.kind === 'acme') await openWorld(home.domain);
  const root = randomBytes(32).toString('base64url');
  const logins = home.logins?.kind === 'password' ? { logins: { users: hashedIn(blocks, root) } } : undefined;
  const secretsBy = (authority: Issuer): Surroundings['secrets'] => {
    const { cert, key } = signedBy(authority, namesIn(blocks));
    return home.https?.kind === 'authority'
      ? { ...logins, certificate: { 'tls.crt': cert, 'tls.key': key } }
      : { ...logins };
  };
  let running: Program | undefined;
  const start = async (folder: string, authority: Issuer, acme: AcmeServer | undefined) => {
    await running?.stop();
    running = startTraefik(described, program, {
      root: folder,
      api: apiPort,
      trusted: identity.cert,
      secrets: secretsBy(authority),
      directory: acme?.directory,
      asked: home.logins?.kind === 'forward' ? asked.origin : undefined,
    });
    await untilReady('Traefik', running, `http://127.0.0.1:9000${described.ready}`, 30);
  };
  const stage: IngressStage = {
    addresses: home.entry.listensAt,
    domain: home.domain,
    https: home.https,
    hosts: hostsIn(blocks),
    ready: described.ready,
    root: makeTemporaryFolder(),
    authority: makeAuthority(`Authority of ${home.domain}`),
    passwordOf: (user) => derivedFrom(root, `login-${user}`),
    users: home.logins?.kind === 'password' ? home.logins.users : [],
    asked,
    start,
    startAcme: (port, days) => startAcme(acmeProgram, identity, port, days),
    leave: (isAway) => slicesIn(blocks, app.port, isAway).forEach((slice) => api.replace(slice)),
    said: () => running?.lines ?? [],
  };
  const acme = home.https?.kind === 'acme' ? stage.startAcme(14000, 90) : undefined;
  const vouched = { ...stage, acme };
  await start(stage.root, stage.authority, acme);
  await untilVouched(vouched);
  return {
    stage: vouched,
    end: async () => void (await Promise.all([running?.stop(), acme?.stop()])),
  };
}

const apiPort = 6443;

const shown = ['kubernetes_ingress_v1', 'kubernetes_ingress_class_v1', 'kubernetes_service_v1'];

/** The objects that Traefik asks the Kubernetes API for. */
function objectsIn(blocks: readonly GeneratedBlock[]): ApiObject[] {
  return blocks
    .filter(({ type }) => shown.includes(type))
    .flatMap(({ type, body }) => toObject(type, body, (text) => evaluate(text, blocks)) ?? []);
}

/** Where the pods of a home's Services answer: all of them in one stand-in. */
function slicesIn(blocks: readonly GeneratedBlock[], port: number, isAway = false): ApiObject[] {
  return objectsIn(blocks)
    .filter(({ kind, spec }) => kind === 'Service' && 'selector' in one(spec))
    .map(({ metadata, spec }) => {
      const { name, namespace } = one(metadata);
      const ports = many(one(spec)['ports']).map((given) => ({ name: given['name'], port }));
      return {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name } },
        addressType: 'IPv4',
        ports,
        endpoints: isAway ? [] : [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
      };
    });
}

/** The names that the home's own certificate is for. */
function namesIn(blocks: readonly GeneratedBlock[]): string[] {
  const request = blocks.find(({ type }) => type === 'tls_cert_request');
  return (request?.body['dns_names'] ?? [home.domain]) as string[];
}

/** The names and hashes of the people, as Terraform itself evaluates what is generated. */
function hashedIn(blocks: readonly GeneratedBlock[], root: string): string {
  const secret = blocks.find(({ type, label }) => type === 'kubernetes_secret_v1' && label === 'logins');
  const { users } = one(secret?.body['data_wo']);
  const folder = makeTemporaryFolder();
  const module = { variable: { home_root_secret: {} }, locals: { users } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(module));
  const { stdout, stderr } = spawnSync(home.terraform.binary, [`-chdir=${folder}`, 'console'], {
    input: 'jsonencode(local.users)',
    env: { PATH: process.env['PATH'], TF_VAR_home_root_secret: root, CHECKPOINT_DISABLE: '1' },
    encoding: 'utf8',
  });
  try {
    return JSON.parse(JSON.parse(stdout) as string) as string;
  } catch {
    throw new Error(`Terraform evaluates no passwords: ${stderr || stdout}`);
  }
}

runProof(
  usage,
  inNamespaces({
    // A home without HTTPS has no certificates to prove.
    scenes: scenes.filter(({ fits }) => fits(home)),
    whyNot,
    lanes: () => 1,
    addresses: () => [...home.entry.listensAt, worldAddress],
    setStage: ({ from }) => setStage(from),
  }),
);
