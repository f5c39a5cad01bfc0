import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, ProblemsError, isPlainObject, refuse, writeFiles } from '@home/terraform';
import type { PlanJson } from '../plan/plan-json';
import { type RootModule, blockAddress, bodyOf, parseObject } from '../root-module';
import type { Diagnostic } from '../run/run-terraform';
import { type ClosedBy, closedBy } from './closed-by';

/** The committed list of what must not be destroyed by accident: stack → addresses. */
type PreciousList = Readonly<Record<string, readonly string[]>>;

const file = 'precious.json';
const comment = [
  'What must not be destroyed by accident, also once nobody describes it any more.',
  'npm run apply and npm run deploy add to it; only `npm run precious -- release STACK ADDRESS` takes away. Commit it.',
];

/**
 * Reads the list from `terraform/precious.json`; empty where there is none yet.
 *
 * @throws ProblemsError when the file is damaged, since then nobody knows what it protected
 */
export function readPrecious(root: string): PreciousList {
  const path = join(root, 'terraform', file);
  if (!existsSync(path)) return {};
  const { '//': _, ...list } = parseObject(readFileSync(path, 'utf8')) ?? { damaged: true };
  if (isList(list)) return list;
  refuse(
    `terraform/${file}`,
    'must be JSON: {"stack": ["address", …]}',
    'Get it back with `git checkout`; nothing is planned without it',
  );
}

/** Adds what a stack now describes as precious; tells whether anything was new. */
export function addPrecious(root: string, stack: string, addresses: readonly string[]): boolean {
  const list = readPrecious(root);
  const known = list[stack] ?? [];
  const all = [...new Set([...known, ...addresses])];
  if (all.length === known.length) return false;
  write(root, { ...list, [stack]: all });
  return true;
}

/** Takes an address off the list, on its owner's explicit word; false when it is not on it. */
export function releasePrecious(root: string, stack: string, address: string): boolean {
  const list = readPrecious(root);
  const known = list[stack] ?? [];
  if (!known.includes(address)) return false;
  write(root, { ...list, [stack]: known.filter((one) => one !== address) });
  return true;
}

const isList = (value: Readonly<Record<string, unknown>>): value is PreciousList =>
  Object.values(value).every(
    (one) => Array.isArray(one) && one.every((address) => typeof address === 'string'),
  );

function write(root: string, list: PreciousList): void {
  const entries = Object.entries(list).filter(([, addresses]) => addresses.length > 0);
  const sorted = entries.sort().map(([stack, addresses]) => [stack, [...addresses].sort()]);
  const text = JSON.stringify({ '//': comment, ...Object.fromEntries(sorted) }, null, 2);
  writeFiles(join(root, 'terraform'), new Map([[file, `${text}\n`]]));
}

/** Why a resource must not be destroyed by accident; undefined when it may. */
export type Protection = (resource: { address: string; type: string; values: unknown }) => string | undefined;

/** What holds data or identity wherever it stands, and what is lost with it. */
const losses: Readonly<Record<string, string>> = {
  minio_s3_bucket: 'holds the only copy of data',
  minio_iam_user: 'is how the databases reach their replicas',
  talos_machine_secrets: "is the cluster's identity",
  talos_machine_bootstrap: 'is the cluster itself: recreated, it starts empty',
  kubernetes_namespace: 'takes everything inside with it',
  kubernetes_namespace_v1: 'takes everything inside with it',
  kubernetes_persistent_volume: 'holds data',
  kubernetes_persistent_volume_v1: 'holds data',
  kubernetes_persistent_volume_claim: 'holds data',
  kubernetes_persistent_volume_claim_v1: 'holds data',
};

/**
 * Tells what of a stack is precious: by its type, by `prevent_destroy`, and by the committed list, which remembers what
 * nobody describes any more.
 */
export function protectionOf(root: string, module: RootModule): Protection {
  const listed = new Set([...(readPrecious(root)[module.stack] ?? []), ...module.prevented]);
  return ({ address, type, values }) => {
    if (losses[type] !== undefined) return losses[type];
    if (listed.has(address) || listed.has(blockAddress(address))) return 'is marked as precious';
    return type === 'talos_machine_configuration_apply' && wipes(values)
      ? "wipes its node's disk"
      : undefined;
  };
}

/** A node that says so is reset when its configuration is destroyed. */
function wipes(values: unknown): boolean {
  const destroy = isPlainObject(values) ? values['on_destroy'] : undefined;
  return isPlainObject(destroy) && destroy['reset'] === true;
}

/** One precious resource that a plan destroys or replaces, a cluster whose contract it raises, or a machine that would not open its disk any more. */
interface Threat {
  readonly address: string;
  readonly deed: 'destroyed' | 'replaced' | 'destroyed or replaced' | 'raised' | ClosedBy;
  readonly loss: string;
  readonly unfinished: boolean;
  /** The contract that the cluster would get. */
  readonly contract?: string;
}

/** The precious resources that a plan would destroy or replace, the contract that it would raise, and the disks that it would close. */
export function threatsIn(plan: PlanJson, protection: Protection): Threat[] {
  return [...destroyedIn(plan, protection), ...raisedIn(plan), ...closedIn(plan)];
}

/**
 * A machine that has a configuration keeps its disk as it is: Talos encrypts nothing but an empty volume, and fails to mount one
 * that is not as its configuration says. https://docs.siderolabs.com/talos/v1.13/configure-your-talos-cluster/storage-and-disk-management/disk-encryption
 */
function closedIn({ resource_changes: changes = [] }: PlanJson): Threat[] {
  return changes.flatMap(({ address, type, change: { actions, before, after } }) => {
    if (type !== 'talos_machine_configuration_apply' || !actions.includes('update')) return [];
    const [had, has] = [before, after].map((values) => bodyOf(values)['machine_configuration_input']);
    const deed = typeof had === 'string' && typeof has === 'string' ? closedBy(had, has) : undefined;
    if (deed === undefined) return [];
    const loss =
      'has a disk that stays as it is: at its next start it could not open it. `npm run talos -- reset NODE` empties it, and `npm run deploy` then does this by itself';
    return [{ address, deed, loss, unfinished: false }];
  });
}

/**
 * A running cluster keeps the contract that it was made with, whatever is installed on its machines: that of 1.14 writes
 * etcd's encryption anew, and Kubernetes may not be able to read its Secrets any more.
 * https://github.com/siderolabs/terraform-provider-talos/issues/157
 */
function raisedIn({ resource_changes: changes = [] }: PlanJson): Threat[] {
  return changes.flatMap(({ address, type, change: { actions, before, after, importing } }) => {
    if (type !== 'talos_machine_secrets' || !actions.includes('update') || importing !== undefined) return [];
    const [has, contract] = [before, after].map((values) => bodyOf(values)['talos_version']);
    if (typeof has !== 'string' || typeof contract !== 'string' || has === contract) return [];
    const loss = `was made with ${has}: a running cluster keeps its contract, or its Secrets may become unreadable`;
    return [{ address, deed: 'raised', loss, unfinished: false, contract }];
  });
}

function destroyedIn(plan: PlanJson, protection: Protection): Threat[] {
  const destroyed = (plan.resource_changes ?? []).filter(
    ({ mode, change }) => mode === 'managed' && change.actions.includes('delete'),
  );
  return destroyed.flatMap(({ address, previous_address: from = address, type, change, action_reason }) => {
    const values = change.before;
    const loss = protection({ address, type, values }) ?? protection({ address: from, type, values });
    if (loss === undefined) return [];
    const deed = change.actions.includes('create') ? 'replaced' : 'destroyed';
    return [{ address, deed, loss, unfinished: action_reason === 'replace_because_tainted' }];
  });
}

/** What Terraform itself refuses, by `prevent_destroy`; it names only the address. */
export function preventedIn(diagnostics: readonly Diagnostic[]): Threat[] {
  return diagnostics.flatMap(({ summary, detail }) => {
    const [, address] = /^Resource (\S+) has lifecycle\.prevent_destroy set/.exec(detail) ?? [];
    if (summary !== 'Instance cannot be destroyed' || address === undefined) return [];
    return [{ address, deed: 'destroyed or replaced', loss: 'is marked as precious', unfinished: false }];
  });
}

/**
 * Refuses a plan that destroys precious things, or raises a contract, which its owner did not name.
 *
 * @param allowed the addresses of `--allow-destroy`, and the contract of `--allow-contract`
 * @throws ProblemsError with one line for each
 */
export function refuseThreats(
  module: RootModule,
  threats: readonly Threat[],
  allowed: readonly string[],
  command: string,
): void {
  const refused = threats.filter(({ address, contract = address }) => !allowed.includes(contract));
  if (refused.length > 0) throw new ProblemsError(refused.map((threat) => refusal(module, threat, command)));
}

function refusal(module: RootModule, threat: Threat, command: string): Problem {
  const { address, deed, loss, unfinished, contract } = threat;
  const consent = contract === undefined ? `destroy='${address}'` : `contract=${contract}`;
  const workload = module.workloadOf(address);
  const where = workload === undefined ? module.stack : `${module.stack}/${workload}`;
  return {
    where: `${where}: ${address}`,
    what: unfinished
      ? `would be replaced because an earlier run left it unfinished, and it ${loss}`
      : `would be ${deed}, and it ${loss}`,
    remedy: unfinished
      ? `If it is whole, \`npm run state -- keep ${module.stack} '${address}'\` keeps it. To recreate it, repeat ${command} with --allow-${consent}`
      : `To do it anyway, repeat ${command} with --allow-${consent}`,
  };
}
