import type { ProblemsError } from '@home/terraform';
import { planOnce } from '../plan/make-plan';
import type { PlanJson, ResourceChange } from '../plan/plan-json';
import type { RootModule } from '../root-module';
import { explain } from '../run/explain';
import type { Diagnostic, Outcome } from '../run/run-terraform';
import type { Session } from '../session';
import { objectsIn, readState } from '../state/read-state';
import { type Adoption, removeAdoption, writeAdoption } from './adopt-file';
import { findChecks, identifierOf } from './import-ids';
import { type Switch, deploymentOf, possibleSwitches, statefulSetOf } from './switches';

/** What of a stack runs already. */
interface Found {
  readonly adoption: Adoption;
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
  const made = toMake(await plan(session, module));
  const { imports, absent, impossible } = await candidates(session, made);
  const switches = possibleSwitches(made, objectsIn(await readState(session, module)));
  const stopping = switches.filter(({ step }) => step === 'stop');
  try {
    const running = await runningDeployments(session, module, stopping);
    const held = new Set([...running, ...switches.filter(({ step }) => step === 'start')].map(statefulSetOf));
    const wanted = [...imports].filter(([address]) => !held.has(address));
    const there = await whatIsThere(wanted, async (some) => {
      writeAdoption(module, { imports: new Map(some), switches: running });
      return glance(session, module);
    });
    return {
      adoption: { imports: new Map(there), switches: switches.filter((one) => held.has(statefulSetOf(one))) },
      absent: [...absent, ...wanted.filter((one) => !there.includes(one)).map(([address]) => address)].sort(),
      impossible,
    };
  } finally {
    removeAdoption(module);
  }
}

/** The apps whose Deployment Terraform knows already, or would find. */
async function runningDeployments(
  session: Session,
  module: RootModule,
  stopping: readonly Switch[],
): Promise<Switch[]> {
  const foreign = stopping.filter(({ known }) => !known).map((one) => [deploymentOf(one), one] as const);
  const there = await whatIsThere(foreign, async (some) => {
    writeAdoption(module, { imports: new Map(), switches: some.map(([, one]) => one) });
    return glance(session, module);
  });
  return [...stopping.filter(({ known }) => known), ...there.map(([, one]) => one)];
}

const command = ({ stack }: RootModule): string => `npm run adopt -- ${stack}`;

/** A plan of the imports alone: what the state knows is not asked for again. */
const glance = async (session: Session, module: RootModule) => {
  const { outcome } = await planOnce(session, module, ['-refresh=false'], command(module));
  return { outcome, fail: () => explain(module, { outcome, again: command(module) }) };
};

async function plan(session: Session, module: RootModule): Promise<PlanJson> {
  const { outcome, plan: made } = await planOnce(session, module, [], command(module));
  if (made === undefined) throw explain(module, { outcome, again: command(module) });
  return made;
}

const toMake = ({ resource_changes: changes = [] }: PlanJson): ResourceChange[] =>
  changes.filter(({ mode, change }) => mode === 'managed' && change.actions.join() === 'create');

async function candidates(session: Session, made: readonly ResourceChange[]) {
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
 * @param wanted address and whatever goes with it
 * @param tryThese plans with import blocks for some of them
 * @throws ProblemsError when a provider does not answer, or nothing can be planned at all
 */
export async function whatIsThere<Item>(
  wanted: readonly (readonly [string, Item])[],
  tryThese: (some: readonly (readonly [string, Item])[]) => Promise<Trial>,
): Promise<(readonly [string, Item])[]> {
  if (wanted.length === 0) return [];
  const trial = await tryThese(wanted);
  const { exitCode, diagnostics, interrupted } = trial.outcome;
  if (exitCode === 0) return [...wanted];
  if (interrupted || diagnostics.some(isSilence)) throw trial.fail();
  const missing = missingIn(diagnostics);
  const rest = wanted.filter(([address]) => !missing.has(address));
  if (rest.length < wanted.length) return whatIsThere(rest, tryThese);
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
