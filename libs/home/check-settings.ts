import { checkMachineDocument } from '@home/providers';
import { type Step, formatPath, isPlainObject } from '@home/terraform';
import type { PathedProblem } from './check-against';
import type { HomeFacts, NodeFacts } from './generated/facts';
import { factsFile, mistake } from './mistake';

/** A node, and where it stands among the facts. */
type PlacedNode = NodeFacts & { readonly path: string };

/** Checks what the nodes tell Talos of their network, their disks and beyond, as far as one sees it without a machine. */
export function* checkSettings({ network }: HomeFacts): Generator<PathedProblem> {
  for (const [index, facts] of network.nodes.entries()) {
    const node = { ...facts, path: `network.nodes[${index}]` };
    yield* checkBond(node);
    yield* checkKeys(node);
    yield* checkPatches(node);
  }
}

/** Which settings of a bond only some modes have: https://docs.kernel.org/networking/bonding.html */
const modesOf = {
  lacpRate: ['802.3ad'],
  xmitHashPolicy: ['balance-xor', '802.3ad', 'balance-tlb'],
} as const;

function* checkBond({ interface: connection, path }: PlacedNode): Generator<PathedProblem> {
  if (connection === undefined || !('bond' in connection)) return;
  const { bond } = connection;
  for (const setting of ['lacpRate', 'xmitHashPolicy'] as const) {
    const modes: readonly string[] = modesOf[setting];
    if (bond[setting] === undefined || modes.includes(bond.bondMode)) continue;
    const must = `must not be set with the mode "${bond.bondMode}", which has no such thing`;
    const remedy = `Take it out, or choose ${modes.map((mode) => `"${mode}"`).join(' or ')}`;
    yield mistake(`${path}.interface.bond.${setting}`, bond[setting], must, remedy);
  }
}

function* checkKeys({ hardware, encryption, path }: PlacedNode): Generator<PathedProblem> {
  if (hardware !== 'raspberry-pi-4') return;
  for (const [index, key] of (encryption?.keys ?? []).entries()) {
    if (!('tpm' in key)) continue;
    const must = 'must not be a key of a TPM, which a Raspberry Pi 4 does not have';
    yield mistake(`${path}.encryption.keys[${index}]`, key, must, 'Write { nodeID: {} }, or { kms: … }');
  }
}

function* checkPatches({ patches = [], path }: PlacedNode): Generator<PathedProblem> {
  for (const [index, patch] of patches.entries()) {
    const at = `${path}.patches[${index}]`;
    for (const problem of checkMachineDocument(patch, `${factsFile}: ${at}`)) yield { ...problem, path: at };
    for (const secret of secretsIn(patch)) {
      const stands = `${at}.${formatPath(secret)}`;
      yield {
        path: stands,
        where: factsFile,
        what: `${stands} must not stand in the facts, which everybody can read`,
        remedy: 'docs/chores/reach-the-home-from-outside.md tells how a secret gets to a machine',
      };
    }
  }
}

const secretNames = ['privateKey', 'presharedKey', 'passphrase', 'password', 'auth', 'identityToken'];

/** Where something stands in a patch that only the machine may know. */
function secretsIn(value: unknown): (readonly Step[])[] {
  if (typeof value === 'string') return /^\w*(KEY|TOKEN|SECRET|PASSWORD)=./.test(value) ? [[]] : [];
  if (!Array.isArray(value) && !isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const step = Array.isArray(value) ? Number(name) : name;
    const isSecret = secretNames.includes(name) && typeof member === 'string';
    return isSecret ? [[step]] : secretsIn(member).map((rest) => [step, ...rest]);
  });
}
