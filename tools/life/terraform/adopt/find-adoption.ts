import { planOnce } from '../plan/make-plan';
import type { PlanJson, ResourceChange } from '../plan/plan-json';
import type { RootModule } from '../root-module';
import { explain } from '../run/explain';
import type { Session } from '../session';
import { objectsIn, readState } from '../state/read-state';
import { type Adoption, removeAdoption, writeAdoption } from './adopt-file';
import { findChecks, identifierOf } from './import-ids';
import { type Switch, deploymentOf, possibleSwitches, statefulSetOf } from './switches';
import { whatIsThere } from './what-is-there';

/** What of a stack runs already. */
export interface Found {
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
