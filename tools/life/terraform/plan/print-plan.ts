import type { Colors } from '@home/command';
import { grouped } from '../grouped';
import type { Session } from '../session';
import type { Farewell } from './lost-workloads';
import { type ArgumentChange, formatValue } from './argument-changes';
import type { MadePlan } from './make-plan';
import type { Action, PlanSummary, PlannedChange } from './summarize-plan';

/** Prints a plan for people, or for machines as one line of JSON. */
export function showPlan({ terminal }: Session, { summary, farewells }: MadePlan, asJson = false): void {
  if (asJson) terminal.say(JSON.stringify(summary));
  else for (const line of [...printPlan(summary, farewells, terminal.colors), '']) terminal.say(line);
}

const style: Readonly<
  Record<Action, { sign: string; color: keyof Colors & ('green' | 'yellow' | 'red' | 'cyan') }>
> = {
  add: { sign: '+', color: 'green' },
  change: { sign: '~', color: 'yellow' },
  replace: { sign: '±', color: 'red' },
  destroy: { sign: '-', color: 'red' },
  import: { sign: '=', color: 'cyan' },
  move: { sign: '>', color: 'cyan' },
  forget: { sign: '.', color: 'yellow' },
};

const order = Object.keys(style) as Action[];

/** A plan for people: counts, then what happens, by workload. */
export function printPlan(summary: PlanSummary, farewells: readonly Farewell[], colors: Colors): string[] {
  const { stack, changes, outputs } = summary;
  if (changes.length === 0 && outputs.length === 0) return [`${colors.bold(stack)}: nothing to do`];
  const lines = [`${colors.bold(stack)}: ${countsOf(summary)}`];
  for (const [workload, own] of byWorkload(changes)) {
    lines.push('', `  ${colors.bold(workload)}`, ...own.flatMap((change) => changeLines(change, colors)));
    for (const farewell of farewells.filter((one) => one.workload === workload)) {
      lines.push(...farewell.lines.map((line) => `    ${colors.yellow(line)}`));
    }
  }
  if (outputs.length > 0) {
    lines.push('', `  ${colors.bold('outputs')}`);
    lines.push(
      ...outputs.map(({ name, action }) => `    ${colors[style[action].color](style[action].sign)} ${name}`),
    );
  }
  return lines;
}

/** `3 to add, 1 to change` */
export function countsOf({ changes, outputs }: PlanSummary): string {
  const counts = order.flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} to ${action}`];
  });
  if (counts.length > 0) return counts.join(', ');
  return outputs.length === 0 ? 'nothing to do' : `${outputs.length} outputs to change`;
}

/** Changes by workload, those of nobody at the end. */
function byWorkload(changes: readonly PlannedChange[]): [string, PlannedChange[]][] {
  const groups = grouped(changes, ({ workload }) => workload ?? nobody);
  return [...groups].sort(([one], [other]) =>
    one === nobody ? 1 : other === nobody ? -1 : one.localeCompare(other, 'en'),
  );
}

const nobody = '(no longer described)';

function changeLines(change: PlannedChange, colors: Colors): string[] {
  const { sign, color } = style[change.action];
  const notes = [
    change.from === undefined ? '' : `, until now ${change.from}`,
    change.id === undefined ? '' : `, which runs as ${change.id}`,
    change.because.length === 0 ? '' : `, because ${reason(change)}`,
  ];
  return [
    `    ${colors[color](`${sign} ${change.address}`)}${notes.join('')}`,
    ...change.arguments.map((argument) => `        ${formatArgument(argument)}`),
  ];
}

const reason = ({ action, because }: PlannedChange): string =>
  action === 'replace' && because.every((one) => !one.includes(' '))
    ? `of ${because.join(', ')}`
    : because.join(', ');

/** `image: "a:1" → "a:2"` */
function formatArgument({ path, sensitive, old, new: is, unknown }: ArgumentChange): string {
  if (sensitive) return `${path}: (sensitive)`;
  return `${path}: ${formatValue(old)} → ${unknown ? '(known after apply)' : formatValue(is)}`;
}
