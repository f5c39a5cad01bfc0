import type { Colors } from '@home/command';
import { formatPath } from '@home/terraform';
import { type Difference, formatDifference } from '@life/changes';
import { grouped } from '../grouped';
import { blockAddress } from '../root-module';
import { type PlanJson, type ResourceChange, argumentChanges } from './plan-json';

/** In Terraform's own words, with the sign that stands for each and its colour. */
const actions = {
  add: { sign: '+', color: 'green' },
  change: { sign: '~', color: 'yellow' },
  replace: { sign: '±', color: 'red' },
  destroy: { sign: '-', color: 'red' },
  import: { sign: '=', color: 'cyan' },
  move: { sign: '>', color: 'cyan' },
  forget: { sign: '.', color: 'yellow' },
} as const;

type Action = keyof typeof actions;

/** What a plan does to one resource. */
interface PlannedChange {
  readonly address: string;
  /** Whose file declares it; undefined when nobody knows any more. */
  readonly workload: string | undefined;
  readonly action: Action;
  /** The arguments that cannot change in place, or another reason in words. */
  readonly because: readonly string[];
  readonly arguments: readonly Difference[];
  /** The address it had until now. */
  readonly from?: string;
  /** The identifier of an object that runs already. */
  readonly id?: string;
}

/** What a plan does, by resource. */
export interface PlanSummary {
  readonly stack: string;
  readonly changes: readonly PlannedChange[];
  readonly outputs: readonly { readonly name: string; readonly action: Action }[];
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
  const resources = plan.configuration?.root_module?.resources ?? [];
  const configured = new Map(resources.map(({ address, expressions }) => [address, expressions]));
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
  return {
    stack,
    changes: managed.flatMap((resource) => {
      const planned = plannedChange(resource, configured.get(blockAddress(resource.address)));
      if (planned === undefined) return [];
      const { address, from } = planned;
      const workload = workloadOf(address) ?? (from === undefined ? undefined : workloadOf(from));
      return [{ ...planned, workload }];
    }),
    outputs: Object.entries(plan.output_changes ?? {}).flatMap(([name, change]) => {
      const action = actionOf(change.actions);
      return action === undefined ? [] : [{ name, action }];
    }),
  };
}

function plannedChange(
  resource: ResourceChange,
  configured: unknown,
): Omit<PlannedChange, 'workload'> | undefined {
  const { address, previous_address: from, change } = resource;
  const moved = from !== undefined && from !== address;
  const plain = actionOf(change.actions);
  // An import that also has to replace is a replacement first of all.
  const imports = change.importing !== undefined && plain !== 'replace';
  const action = imports ? 'import' : (plain ?? (moved ? 'move' : undefined));
  if (action === undefined) return undefined;
  return {
    address,
    action,
    because: reasons(resource, action),
    arguments: plain === 'change' || plain === 'replace' ? argumentChanges(change, configured) : [],
    ...(moved ? { from } : {}),
    ...(change.importing?.id === undefined ? {} : { id: change.importing.id }),
  };
}

function actionOf(given: readonly string[]): Action | undefined {
  const has = (action: string): boolean => given.includes(action);
  if (has('create')) return has('delete') || has('forget') ? 'replace' : 'add';
  if (has('delete')) return 'destroy';
  if (has('forget')) return 'forget';
  return has('update') ? 'change' : undefined;
}

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

/**
 * A plan for people: counts, then what happens, by workload.
 *
 * @param farewells workload → lines about what goes with it
 */
export function printPlan(
  summary: PlanSummary,
  farewells: ReadonlyMap<string, readonly string[]>,
  colors: Colors,
): string[] {
  const { stack, changes, outputs } = summary;
  if (changes.length === 0 && outputs.length === 0) return [`${colors.bold(stack)}: nothing to do`];
  const lines = [`${colors.bold(stack)}: ${countsOf(summary)}`];
  for (const [workload, own] of byWorkload(changes)) {
    lines.push('', `  ${colors.bold(workload)}`, ...own.flatMap((change) => changeLines(change, colors)));
    lines.push(...(farewells.get(workload) ?? []).map((line) => `    ${colors.yellow(line)}`));
  }
  if (outputs.length > 0) {
    const signed = outputs.map(
      ({ name, action }) => `    ${painted(action, actions[action].sign, colors)} ${name}`,
    );
    lines.push('', `  ${colors.bold('outputs')}`, ...signed);
  }
  return lines;
}

/** `3 to add, 1 to change` */
export function countsOf({ changes, outputs }: PlanSummary): string {
  const counts = Object.keys(actions).flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} to ${action}`];
  });
  if (counts.length > 0) return counts.join(', ');
  return outputs.length === 0 ? 'nothing to do' : `${outputs.length} outputs to change`;
}

const nobody = '(no longer described)';

/** Changes by workload, those of nobody at the end. */
export function byWorkload<Changed extends { readonly workload: string | undefined }>(
  changes: readonly Changed[],
): [string, Changed[]][] {
  const groups = grouped(changes, ({ workload }) => workload ?? nobody);
  return [...groups].sort(([one], [other]) =>
    one === nobody ? 1 : other === nobody ? -1 : one.localeCompare(other, 'en'),
  );
}

const painted = (action: Action, text: string, colors: Colors): string => colors[actions[action].color](text);

function changeLines(change: PlannedChange, colors: Colors): string[] {
  const { action, address, from, id, because } = change;
  const isPath = because.every((one) => !one.includes(' '));
  const notes = [
    from === undefined ? '' : `, until now ${from}`,
    id === undefined ? '' : `, which runs as ${id}`,
    because.length === 0 ? '' : `, because ${isPath ? 'of ' : ''}${because.join(', ')}`,
  ];
  return [
    `    ${painted(action, `${actions[action].sign} ${address}`, colors)}${notes.join('')}`,
    ...change.arguments.map((one) => `        ${formatDifference(one)}`),
  ];
}
