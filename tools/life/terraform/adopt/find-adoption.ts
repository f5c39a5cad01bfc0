import type { Environment } from '@home/command';
import { many, one } from '@home/generated';
import { ProblemsError, refuse } from '@home/terraform';
import { planOnce, tryPlan } from '../plan/make-plan';
import { type Taker, takersIn } from '../plan/one-writer';
import type { ResourceChange } from '../plan/plan-json';
import { type RootModule, bodyOf } from '../root-module';
import { explain } from '../run/explain';
import type { Diagnostic, Outcome } from '../run/run-terraform';
import type { Session } from '../session';
import { objectsIn, readState } from '../state/read-state';
import {
  type Adoption,
  type Switch,
  deploymentOf,
  possibleSwitches,
  removeAdoption,
  statefulSetOf,
  writeAdoption,
} from './adopt-file';

/** What of a stack runs already. */
interface Found {
  readonly adoption: Adoption;
  /** Who takes over a replica, and waits. */
  readonly handovers: readonly Taker[];
  /** What Terraform will make because it is not there. */
  readonly absent: readonly string[];
  /** Address → what happens to what cannot be imported. */
  readonly impossible: ReadonlyMap<string, string>;
}

/**
 * Finds out what a plan would make though it runs already, by asking the providers themselves with an import block for
 * each.
 *
 * @throws ProblemsError when Terraform cannot plan, or a provider cannot be asked
 */
export async function findAdoption(session: Session, module: RootModule): Promise<Found> {
  removeAdoption(module);
  const command = `npm run adopt -- ${module.stack}`;
  const plan = await planOnce(session, module, [], command);
  const { resource_changes: changes = [] } = plan;
  const handovers = takersIn(plan).filter(({ former }) => former.length > 0);
  const made = changes.filter(({ mode, change }) => mode === 'managed' && change.actions.join() === 'create');
  const { imports, absent, impossible } = await identify(session, made);
  const switches = possibleSwitches(made, objectsIn(await readState(session, module)));
  const stopping = switches.filter(({ step }) => step === 'stop');
  try {
    const tryAdoption = async (adoption: Adoption): Promise<Trial> => {
      writeAdoption(module, adoption);
      // A plan of the imports alone: what the state knows is not asked for again.
      const outcome = await tryPlan(session, module, ['-refresh=false']);
      return { outcome, fail: () => explain(module, outcome, command) };
    };
    const found = await formerDeployments(
      stopping.filter(({ known }) => !known),
      (some) => tryAdoption({ imports: new Map(), switches: some }),
    );
    const running = [...stopping.filter(({ known }) => known), ...found];
    const wanted = [...switches.filter(({ step }) => step === 'start'), ...running];
    const switched = new Set(wanted.map(statefulSetOf));
    const waiting = handovers.filter(({ address }) => !switched.has(address));
    const held = new Set([...switched, ...waiting.map(({ address }) => address)]);
    const candidates = [...imports].filter(([address]) => !held.has(address));
    const importing = (some: readonly string[]) =>
      new Map(candidates.filter(([address]) => some.includes(address)));
    const addresses = candidates.map(([address]) => address);
    const waits = [...new Set(waiting.map(({ address }) => address))];
    const there = await whatIsThere(addresses, (some) =>
      tryAdoption({ imports: importing(some), switches: running, waiting: waits }),
    );
    return {
      adoption: { imports: importing(there), switches: wanted, waiting: waits },
      handovers: waiting,
      absent: [...absent, ...addresses.filter((address) => !there.includes(address))].sort(),
      impossible,
    };
  } finally {
    removeAdoption(module);
  }
}

/**
 * The Deployments that Terraform does not know and that StatefulSets shall take the place of. An app may have moved to
 * another namespace of the home since, so each of them is looked in.
 *
 * @param switches as they would be if each Deployment lay where its StatefulSet shall
 * @param tryThese plans to stop some of them
 */
async function formerDeployments(
  switches: readonly Switch[],
  tryThese: (some: readonly Switch[]) => Promise<Trial>,
): Promise<Switch[]> {
  const found: Switch[] = [];
  for (const place of new Set(switches.map(({ namespace }) => namespace))) {
    const left = switches.filter((one) => !found.some(({ label }) => label === one.label));
    const there = left.map((one) => ({ ...one, namespace: place }));
    const among = (addresses: readonly string[]): Switch[] =>
      there.filter((one) => addresses.includes(deploymentOf(one)));
    // A Deployment that is taken for absent keeps its pod beside the StatefulSet's: it has to be named as missing.
    const addresses = await whatIsThere(there.map(deploymentOf), (some) => tryThese(among(some)), {
      missingAreNamed: true,
    });
    found.push(...among(addresses));
  }
  return found;
}

/** How to import what is to be made, where that can be done. */
async function identify(session: Session, made: readonly ResourceChange[]) {
  const imports = new Map<string, string>();
  const impossible = new Map<string, string>();
  const absent: string[] = [];
  const isCheck = ({ type }: ResourceChange): boolean => type === 'healthchecksio_check';
  const checks = made.some(isCheck) ? await findChecks(session.environment) : new Map<string, string>();
  for (const resource of made) {
    const { address, type, change } = resource;
    const check = checks.get(String(Object(change.after).name));
    const identifier = isCheck(resource)
      ? check === undefined
        ? undefined
        : { id: check }
      : identifierOf(type, change.after);
    if (identifier === undefined) absent.push(address);
    else if ('id' in identifier) imports.set(address, identifier.id);
    else impossible.set(address, identifier.instead);
  }
  return { imports, absent, impossible };
}

/** A plan with some import blocks, and how to complain about it. */
interface Trial {
  readonly outcome: Pick<Outcome, 'exitCode' | 'diagnostics' | 'interrupted'>;
  fail(): ProblemsError;
}

/**
 * Finds out which objects are there, by trying to import them. Providers say that one is not there each in its own way
 * and not always which, so what fails together is halved until it fails alone.
 *
 * @param wanted their addresses
 * @param tryThese plans with import blocks for some of them
 * @param missingAreNamed whether Terraform names each that is missing, so that any other failure is one
 * @throws ProblemsError when a provider does not answer, or nothing can be planned at all
 */
export async function whatIsThere(
  wanted: readonly string[],
  tryThese: (some: readonly string[]) => Promise<Trial>,
  { missingAreNamed = false } = {},
): Promise<string[]> {
  if (wanted.length === 0) return [];
  const trial = await tryThese(wanted);
  const { exitCode, diagnostics, interrupted } = trial.outcome;
  if (exitCode === 0) return [...wanted];
  if (interrupted || diagnostics.some(isSilence)) throw trial.fail();
  const missing = missingIn(diagnostics);
  const rest = wanted.filter((address) => !missing.has(address));
  if (rest.length < wanted.length) return whatIsThere(rest, tryThese, { missingAreNamed });
  if (missingAreNamed) throw trial.fail();
  if (wanted.length === 1) {
    // Without any import block it has to succeed, or the mistake is another one.
    const without = await tryThese([]);
    if (without.outcome.exitCode !== 0) throw without.fail();
    return [];
  }
  const middle = Math.ceil(wanted.length / 2);
  return [
    ...(await whatIsThere(wanted.slice(0, middle), tryThese)),
    ...(await whatIsThere(wanted.slice(middle), tryThese)),
  ];
}

/** Nobody answered, so nothing is known. */
const isSilence = ({ summary, detail }: Diagnostic): boolean =>
  /dial (tcp|unix)|connection refused|i\/o timeout|deadline exceeded|no such host|no route to host|unauthorized|forbidden|\b40[13]\b/i.test(
    `${summary} ${detail}`,
  );

/** The objects that Terraform names as not being there. */
function missingIn(diagnostics: readonly Diagnostic[]): Set<string> {
  return new Set(
    diagnostics
      .filter(({ summary }) => summary === 'Cannot import non-existent remote object')
      .flatMap(({ detail }) => /object to "([^"]+)"/.exec(detail.replace(/\s+/g, ' '))?.[1] ?? []),
  );
}

/** How an object that runs already is named to `terraform import`. */
type Identifier =
  | { readonly id: string }
  /** There is none; what Terraform will do instead. */
  | { readonly instead: string };

type Values = Readonly<Record<string, unknown>>;

/** Named by a namespace and a name, or by a name alone. */
const kubernetesId = (values: Values): Identifier => {
  const { namespace, name } = one(values['metadata']);
  if (typeof name !== 'string') return { instead: 'is recreated: its name is known only once it exists' };
  return { id: typeof namespace === 'string' ? `${namespace}/${name}` : name };
};

const by =
  (...names: string[]) =>
  (values: Values): Identifier => {
    const parts = names.map((name) => values[name]);
    return parts.every((part) => typeof part === 'string' && part !== '')
      ? { id: parts.join('/') }
      : { instead: `is recreated: ${names.join(' and ')} are known only once it exists` };
  };

const instead = (what: string) => (): Identifier => ({ instead: what });

/**
 * The section "Import" of each resource's documentation: hashicorp/kubernetes 3.2, aminueza/minio 3.40,
 * siderolabs/talos 0.11, LukasKnuth/gotify 0.3. Checks of healthchecks.io are found by their name, see `findChecks`.
 */
const identifiers: readonly (readonly [RegExp, (values: Values) => Identifier])[] = [
  [/^kubernetes_manifest$/, instead('is recreated: name it in an import block of your own')],
  [/^kubernetes_/, kubernetesId],
  [/^minio_s3_bucket$/, by('bucket')],
  [
    /^minio_s3_bucket_(versioning|policy|cors|retention|server_side_encryption|tags)$|^minio_ilm_policy$/,
    by('bucket'),
  ],
  [/^minio_iam_(user|policy|group)$/, by('name')],
  [/^minio_iam_user_policy_attachment$/, by('user_name', 'policy_name')],
  [/^minio_(iam_service_account|accesskey)$/, by('access_key')],
  [/^gotify_/, instead('is created beside the old one, which you then remove in Gotify')],
  [
    /^talos_machine_secrets$/,
    instead('is taken over from its secrets.yaml: talos/README.md, import-secrets'),
  ],
  [
    /^talos_machine_configuration_apply$/,
    instead('is applied again; a machine that has it already changes nothing'),
  ],
  [
    /^talos_machine_bootstrap$/,
    instead('is taken over with the secrets; etcd refuses a second bootstrap until the apply gives up'),
  ],
  [
    /^talos_(image_factory_schematic|cluster_kubeconfig)$/,
    instead('is asked for again, which changes nothing'),
  ],
  [/^(random|tls|time)_/, instead('is recreated, and so is everything made from it')],
];

/**
 * The identifier under which an object that runs already is imported.
 *
 * @param values what the plan says it will be
 */
export function identifierOf(type: string, values: unknown): Identifier {
  const found = identifiers.find(([pattern]) => pattern.test(type));
  if (found === undefined) return { instead: 'is recreated: the adoption knows no identifier for it' };
  return found[1](bodyOf(values));
}

/**
 * The identifiers of the checks that the account at healthchecks.io has, by name. The provider imports a check by its
 * UUID, which nobody knows by heart: https://healthchecks.io/docs/api/
 *
 * @throws ProblemsError when the account cannot be asked: a check that is taken for absent is made a second time
 */
async function findChecks(environment: Environment): Promise<ReadonlyMap<string, string>> {
  const base = environment['HEALTHCHECKSIO_API_URL'] ?? 'https://healthchecks.io/api/v1';
  const unknown = (reason: string): never =>
    refuse(
      base,
      `cannot be asked for its checks: ${reason}`,
      'Nothing was changed. Try again once it answers',
    );
  try {
    const response = await fetch(`${base.replace(/\/$/, '')}/checks/`, {
      headers: { 'X-Api-Key': environment['HEALTHCHECKSIO_API_KEY'] ?? '' },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) return unknown(`it answers ${response.status}`);
    return new Map(many(bodyOf(await response.json())['checks']).flatMap(nameAndId));
  } catch (cause) {
    if (cause instanceof ProblemsError) throw cause;
    return unknown(cause instanceof Error ? cause.message : String(cause));
  }
}

/** The UUID is the end of the address that a check is changed at, as the provider reads it too. */
function nameAndId(check: unknown): [string, string][] {
  const { name, update_url: address } = bodyOf(check);
  const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(String(address)) ?? [];
  return typeof name === 'string' && id !== undefined ? [[name, id]] : [];
}
