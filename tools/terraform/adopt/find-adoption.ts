import type { PlanJson, ResourceChange } from '../plan/plan-json';
import { planOnce } from '../plan/plan-once';
import type { RootModule } from '../root-module';
import type { Diagnostic } from '../run/events';
import { explain } from '../run/explain';
import type { Session } from '../session';
import { objectsIn, readState } from '../state/read-state';
import { type Adoption, removeAdoption, writeAdoption } from './adopt-file';
import { findChecks } from './find-checks';
import { identifierOf } from './import-ids';
import { type Switch, deploymentOf, possibleSwitches, statefulSetOf } from './switches';

/** What of a stack runs already. */
export interface Found {
  readonly adoption: Adoption;
  /** What Terraform will make because it is not there. */
  readonly absent: readonly string[];
  /** Address → what happens to what cannot be imported. */
  readonly impossible: ReadonlyMap<string, string>;
}

/**
 * Finds out what a plan would make though it runs already, by asking the providers themselves: an import block for each,
 * and those whose object is not there are taken out again.
 *
 * @throws ProblemsError when Terraform cannot plan for another reason
 */
export async function findAdoption(session: Session, module: RootModule): Promise<Found> {
  removeAdoption(module);
  const made = toMake(await plan(session, module));
  const switches = possibleSwitches(made, objectsIn(await readState(session, module)));
  const { imports, absent, impossible } = await candidates(session, made);
  let wanted: Adoption = { imports, switches: switches.filter(({ step }) => step === 'stop') };
  try {
    for (;;) {
      writeAdoption(module, withSwitches(wanted, []));
      const { outcome } = await planOnce(session, module, [], command(module));
      const missing = missingIn(outcome.diagnostics);
      if (outcome.exitCode === 0) break;
      const rest = without(wanted, missing);
      if (missing.length === 0 || rest === undefined)
        throw explain(module, { outcome, again: command(module) });
      absent.push(...missing.filter((address) => wanted.imports.has(address)));
      wanted = rest;
    }
  } finally {
    removeAdoption(module);
  }
  const starting = switches.filter(({ step }) => step === 'start');
  return { adoption: withSwitches(wanted, starting), absent: absent.sort(), impossible };
}

/** A StatefulSet that is held back, or replaces a Deployment, is not there to be imported. */
function withSwitches({ imports, switches }: Adoption, starting: readonly Switch[]): Adoption {
  const all = [...switches, ...starting];
  const fresh = new Set(all.map(statefulSetOf));
  return { imports: new Map([...imports].filter(([address]) => !fresh.has(address))), switches: all };
}

const command = ({ stack }: RootModule): string => `npm run adopt -- ${stack}`;

async function plan(session: Session, module: RootModule): Promise<PlanJson> {
  const glance = await planOnce(session, module, [], command(module));
  if (glance.plan === undefined) throw explain(module, { outcome: glance.outcome, again: command(module) });
  return glance.plan;
}

const toMake = ({ resource_changes: changes = [] }: PlanJson): ResourceChange[] =>
  changes.filter(({ mode, change }) => mode === 'managed' && change.actions.join() === 'create');

async function candidates(session: Session, made: readonly ResourceChange[]) {
  const imports = new Map<string, string>();
  const impossible = new Map<string, string>();
  const absent: string[] = [];
  const checks = made.some(({ type }) => type === 'healthchecksio_check')
    ? await findChecks(session.environment)
    : new Map();
  for (const { address, type, change } of made) {
    if (type === 'healthchecksio_check') {
      const id: unknown = checks.get(String(Object(change.after).name));
      if (typeof id === 'string') imports.set(address, id);
      else absent.push(address);
      continue;
    }
    const identifier = identifierOf(type, change.after);
    if ('id' in identifier) imports.set(address, identifier.id);
    else impossible.set(address, identifier.instead);
  }
  return { imports, absent, impossible };
}

/** The objects that a provider could not find. */
function missingIn(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ summary }) => summary === 'Cannot import non-existent remote object')
    .flatMap(({ detail }) => /object to "([^"]+)"/.exec(detail.replace(/\s+/g, ' '))?.[1] ?? []);
}

/** An adoption without what is not there; undefined when nothing was taken out. */
function without({ imports, switches }: Adoption, missing: readonly string[]): Adoption | undefined {
  const gone = new Set(missing);
  const rest = {
    imports: new Map([...imports].filter(([address]) => !gone.has(address))),
    switches: switches.filter((one) => !gone.has(deploymentOf(one))),
  };
  return rest.imports.size === imports.size && rest.switches.length === switches.length ? undefined : rest;
}
