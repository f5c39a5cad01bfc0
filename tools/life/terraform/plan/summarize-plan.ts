import { isPlainObject } from '@home/terraform';
import { blockAddress } from '../root-module';
import { type ArgumentChange, type Step, argumentChanges, formatPath } from './argument-changes';
import type { PlanJson, ResourceChange } from './plan-json';

/** In Terraform's own words. */
export type Action = 'add' | 'change' | 'replace' | 'destroy' | 'import' | 'move' | 'forget';

/** What a plan does to one resource. */
export interface PlannedChange {
  readonly address: string;
  /** Whose file declares it; undefined when nobody knows any more. */
  readonly workload: string | undefined;
  readonly action: Action;
  /** The arguments that cannot change in place, or another reason in words. */
  readonly because: readonly string[];
  readonly arguments: readonly ArgumentChange[];
  /** The address it had until now. */
  readonly from?: string;
  /** The identifier of an object that runs already. */
  readonly id?: string;
}

interface OutputChange {
  readonly name: string;
  readonly action: Action;
}

/** What a plan does, by resource. */
export interface PlanSummary {
  readonly stack: string;
  readonly changes: readonly PlannedChange[];
  readonly outputs: readonly OutputChange[];
}

/**
 * Reads a plan.
 *
 * @param plan what `terraform show -json` prints
 * @param workloadOf whose file declares an address
 */
export function summarizePlan(
  stack: string,
  plan: PlanJson,
  workloadOf: (address: string) => string | undefined,
): PlanSummary {
  const isSet = configuredArguments(plan);
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
  return {
    stack,
    changes: managed.flatMap((one) => plannedChange(one, workloadOf, isSet(one.address)) ?? []),
    outputs: Object.entries(plan.output_changes ?? {}).flatMap(([name, { actions }]) => {
      const action = actionOf(actions);
      return action === undefined ? [] : [{ name, action }];
    }),
  };
}

function plannedChange(
  resource: ResourceChange,
  workloadOf: (address: string) => string | undefined,
  isSet: (path: readonly Step[]) => boolean,
): PlannedChange | undefined {
  const { address, previous_address: from, change } = resource;
  const moved = from !== undefined && from !== address;
  const plain = actionOf(change.actions);
  const action = change.importing ? imported(plain) : (plain ?? (moved ? 'move' : undefined));
  if (action === undefined) return undefined;
  const tellsArguments =
    action === 'change' || action === 'replace' || (action === 'import' && plain === 'change');
  return {
    address,
    workload: workloadOf(address) ?? (moved ? workloadOf(from) : undefined),
    action,
    because: reasons(resource, action),
    arguments: tellsArguments ? argumentChanges(change, isSet) : [],
    ...(moved ? { from } : {}),
    ...(change.importing?.id === undefined ? {} : { id: change.importing.id }),
  };
}

function actionOf(actions: readonly string[]): Action | undefined {
  const has = (action: string): boolean => actions.includes(action);
  if (has('create') && (has('delete') || has('forget'))) return 'replace';
  if (has('create')) return 'add';
  if (has('delete')) return 'destroy';
  if (has('forget')) return 'forget';
  return has('update') ? 'change' : undefined;
}

/** An import that also has to replace is a replacement first of all. */
const imported = (plain: Action | undefined): Action => (plain === 'replace' ? 'replace' : 'import');

const words: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it was left unfinished',
  replace_by_request: 'it was asked for',
  replace_by_triggers: 'what it depends on changes',
  delete_because_wrong_repetition: 'count or for_each came or went',
  delete_because_count_index: 'count became smaller',
  delete_because_each_key: 'for_each lost its key',
  delete_because_no_move_target: 'it moved to an address that no file describes',
};

function reasons({ action_reason: reason, change }: ResourceChange, action: Action): string[] {
  const paths = action === 'replace' ? (change.replace_paths ?? []) : [];
  if (paths.length > 0) return paths.map(formatPath);
  const said = words[reason ?? ''];
  return said === undefined ? [] : [said];
}

/** Tells of each resource whether the configuration sets the argument that a path leads to. */
function configuredArguments(plan: PlanJson): (address: string) => (path: readonly Step[]) => boolean {
  const resources = plan.configuration?.root_module?.resources ?? [];
  const expressions = new Map(resources.map((resource) => [resource.address, resource.expressions]));
  return (address) => (path) => isSet(expressions.get(blockAddress(address)), path);
}

function isSet(expression: unknown, path: readonly Step[]): boolean {
  if (expression === undefined) return false;
  if (isPlainObject(expression) && ('constant_value' in expression || 'references' in expression))
    return true;
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (Array.isArray(expression)) return typeof step === 'number' && isSet(expression[step], rest);
  // A block that may occur once is no list here, but is one in the values.
  if (typeof step === 'number') return isSet(expression, rest);
  return isPlainObject(expression) && Object.hasOwn(expression, step) && isSet(expression[step], rest);
}
