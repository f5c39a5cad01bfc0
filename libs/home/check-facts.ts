import { type PathedProblem, checkAgainst, soundBut } from './check-against';
import { checkAddresses, checkAsked } from './check-addresses';
import { checkEntry } from './check-entry';
import { checkControlPlanes, checkNodes, checkSetUp } from './check-machines';
import { checkSettings } from './check-settings';
import schema from './facts.schema.json';
import type { HomeFacts } from './generated/facts';
import { factsFile, mistake } from './mistake';
import { checkRanges } from './check-ranges';
import { checkVersions } from './check-versions';

/** What spans several values, and so is beyond the schema; and the facts that each of them reads. */
const checks: readonly (readonly [
  check: (facts: HomeFacts) => Iterable<PathedProblem>,
  ...reads: string[],
])[] = [
  [checkAddresses, 'cluster', 'network.subnets', 'network.gateways', 'network.nodes', 'nas.address'],
  [checkAsked, 'network.subnets', 'network.nameservers', 'nas.s3'],
  [checkNodes, 'network.nodes'],
  [checkSettings, 'network.nodes'],
  [checkSetUp, 'cluster', 'network.nodes'],
  [checkControlPlanes, 'cluster', 'network.nodes'],
  [checkRanges, 'cluster', 'network.subnets', 'network.nodes'],
  [checkEntry, 'cluster.virtualAddress', 'network.nodes', 'network.entryNodes'],
  [checkVersions, 'cluster', 'versions'],
  [checkEncryption, 'terraform'],
  [checkStore, 'nas.s3'],
  [checkShare, 'nas'],
  [checkHttps, 'https', 'domain', 'network.entryNodes'],
];

/** The names of all facts, in order. */
export const factNames = Object.keys(schema.properties);

/** Every mistake in the facts at once, each with the path of the value and what to do. */
export function checkFacts(facts: HomeFacts): PathedProblem[] {
  const malformed = checkAgainst(schema, factsFile, facts);
  const isSound = soundBut(malformed);
  // Of what is malformed, nothing else can be said.
  const sound = checks.filter(([, ...reads]) => isSound(...reads));
  return [...malformed, ...sound.flatMap(([check]) => [...check(facts)])];
}

function* checkEncryption({ terraform: { stateEncryption, binary } }: HomeFacts): Generator<PathedProblem> {
  if (stateEncryption !== 'required' || binary !== 'terraform') return;
  yield mistake(
    'terraform.stateEncryption',
    stateEncryption,
    'must be "when-possible" with Terraform, which encrypts no state',
    'Set terraform.binary to "tofu", or rely on the backend',
  );
}

function* checkStore({ nas: { s3 } }: HomeFacts): Generator<PathedProblem> {
  if (s3.caFile === undefined || s3.endpoint.startsWith('https:')) return;
  const must =
    'must come with an endpoint over https: over http nothing is encrypted, and no certificate looked at';
  yield mistake('nas.s3.caFile', s3.caFile, must, 'Write nas.s3.endpoint with https, or leave it out');
}

function* checkShare({ nas }: HomeFacts): Generator<PathedProblem> {
  // Of several shares the first is enough to tell.
  const share = (['files', 'media'] as const).find((one) => nas[one] !== undefined);
  if (share === undefined || nas.address !== undefined) return;
  const must = 'must come with nas.address';
  yield mistake(`nas.${share}.export`, nas[share]?.export, must, 'Write the NAS’ address there');
}

/** Names that the world's DNS leads nowhere: https://www.iana.org/assignments/special-use-domain-names, and home routers' own. */
const ofHomes = /^[^.]+$|\.(home\.arpa|home|internal|invalid|lan|local|localdomain|test)$/;

function* checkHttps({ https, domain, network: { entryNodes } }: HomeFacts): Generator<PathedProblem> {
  if (https?.kind === 'authority' && /^([^.]+|home\.arpa)$/.test(domain)) {
    const must =
      'must have a dot with https, and be more than "home.arpa": no browser takes a certificate for all names below it';
    yield mistake('domain', domain, must, `Write it like "${domain.split('.')[0]}.internal"`);
  }
  if (https?.kind !== 'acme') return;
  if (ofHomes.test(domain)) {
    const must = 'must be a domain of the world’s DNS with https.kind "acme": nobody vouches for another one';
    yield mistake('domain', domain, must, 'Use one that you own, or https: { kind: "authority" }');
  }
  if (https.directory?.startsWith('http:') === true)
    yield mistake(
      'https.directory',
      https.directory,
      'must begin with https',
      'ACME is spoken over nothing else',
    );
  if (entryNodes.length === 1) return;
  const must =
    'must name one node with https.kind "acme": each would order certificates of its own, and prove the domain by the same DNS record';
  yield mistake('network.entryNodes', entryNodes, must, 'Name one, or use https: { kind: "authority" }');
}
