import type { Colors } from '@home/command';
import { type Difference, formatDifference } from '@life/changes';
import { type PlanJson, type ResourceChange, argumentChanges } from './plan-json';
import { byWorkload } from './plan-summary';

/** One resource that was changed behind Terraform's back. */
export interface Drifted {
  readonly address: string;
  readonly workload: string | undefined;
  readonly vanished: boolean;
  /** `old` is what Terraform left there, `new` what is there now. */
  readonly arguments: readonly Difference[];
}

/**
 * Drift is what was changed behind Terraform's back *and* what the next apply would put back. What the second half
 * leaves out is nobody's fault: status, defaults and annotations that Kubernetes or a controller fills in, and
 * arguments that the home leaves to others (`ignore_changes`).
 *
 * @param seen a plan of `-refresh-only`: what is there now, against the state
 * @param next an ordinary plan: what would be put back
 */
export function findDrift(
  seen: PlanJson,
  next: PlanJson,
  workloadOf: (address: string) => string | undefined,
): Drifted[] {
  const planned = new Map(
    (next.resource_changes ?? []).map((change) => [change.previous_address ?? change.address, change]),
  );
  return changedOutside(seen).flatMap((resource): Drifted[] => {
    const { address, change } = resource;
    const repair = planned.get(address);
    const workload = workloadOf(address) ?? (repair === undefined ? undefined : workloadOf(repair.address));
    if (change.actions.includes('delete')) {
      const isMadeAgain = repair?.change.actions.includes('create') === true;
      return isMadeAgain ? [{ address, workload, vanished: true, arguments: [] }] : [];
    }
    const undone = argumentChanges(change).filter((one) => !isKubernetesOwn(one) && isPutBack(one, repair));
    return undone.length === 0 ? [] : [{ address, workload, vanished: false, arguments: undone }];
  });
}

/** The resources that a refresh found other than the state says. */
export function changedOutside({ resource_drift: drift = [] }: PlanJson): ResourceChange[] {
  return drift.filter(
    ({ mode, change }) => mode === 'managed' && change.actions.some((action) => action !== 'no-op'),
  );
}

/**
 * A label or annotation that was added under one of Kubernetes' own names, such as `kubectl rollout restart` does: the
 * provider would take it away, though nobody changed what the home says.
 */
const isKubernetesOwn = ({ path, old }: Difference): boolean =>
  old === undefined && /\["(?:[a-z0-9-]+\.)*(?:kubernetes|k8s)\.io\/[^"]*"\]$/.test(path);

function isPutBack({ path }: Difference, repair: ResourceChange | undefined): boolean {
  const putBack = repair === undefined ? [] : argumentChanges(repair.change);
  return putBack.some((other) => contains(path, other.path) || contains(other.path, path));
}

const contains = (outer: string, inner: string): boolean =>
  inner === outer || (inner.startsWith(outer) && /^[.[:]/.test(inner.slice(outer.length)));

/** The drift of one stack. */
export interface StackDrift {
  readonly stack: string;
  readonly drifted: readonly Drifted[];
  /** Why nothing is known, when that is so. */
  readonly problem?: string;
}

/** Drift for people at a terminal. */
export function printDrift({ stack, drifted }: StackDrift, colors: Colors): string[] {
  if (drifted.length === 0) return [`${colors.bold(stack)}: as it was left`];
  const lines = [`${colors.bold(stack)}: ${count(drifted)} changed behind Terraform's back`];
  for (const [workload, own] of byWorkload(drifted)) {
    lines.push('', `  ${colors.bold(workload)}`);
    for (const { address, vanished, arguments: changed } of own) {
      lines.push(
        `    ${colors.yellow(vanished ? `- ${address}` : `~ ${address}`)}${vanished ? ' is gone' : ''}`,
      );
      lines.push(...changed.map((one) => `        ${sentence(one)}`));
    }
  }
  return lines;
}

/** Drift as Markdown, for the summary of a scheduled job. */
export function driftMarkdown(stacks: readonly StackDrift[]): string {
  return stacks.map(stackMarkdown).join('\n');
}

function stackMarkdown({ stack, drifted, problem }: StackDrift): string {
  const title = `### ${stack}`;
  if (problem !== undefined) return `${title}\n\nNothing is known: ${cell(problem)}\n`;
  if (drifted.length === 0) return `${title}\n\nAs it was left.\n`;
  const rows = byWorkload(drifted).flatMap(([workload, own]) =>
    own.flatMap(({ address, vanished, arguments: changed }) =>
      vanished
        ? [`| ${cell(workload)} | \`${cell(address)}\` | is gone |`]
        : changed.map((one) => `| ${cell(workload)} | \`${cell(address)}\` | ${cell(sentence(one))} |`),
    ),
  );
  return [
    title,
    '',
    `${count(drifted)} changed behind Terraform's back.`,
    '',
    '| workload | resource | what |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const sentence = (one: Difference): string => formatDifference(one, (was, is) => `was ${was}, is ${is}`);

const count = ({ length }: readonly Drifted[]): string =>
  length === 1 ? '1 resource was' : `${length} resources were`;

/** Nothing that a value holds may leave its cell of a table. */
const cell = (text: string): string =>
  text
    .replace(/[\\|`<>]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`))
    .replace(/\s+/g, ' ');
