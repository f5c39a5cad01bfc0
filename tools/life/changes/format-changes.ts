import type { Change } from './compare-files';
import type { Difference } from './differences';

/** The changes of one workload's file. */
export interface WorkloadChanges {
  readonly stack: string;
  readonly workload: string;
  readonly changes: readonly Change[];
}

const marks = { added: '+', changed: '~', removed: '-' } as const;
const longest = 120;
/** How much is shown of what two long texts begin with. */
const beginning = 20;

/**
 * Says in Markdown what a change of the repository changes in the generated Terraform, by stack and workload.
 *
 * @returns text for a pull request's comment
 */
export function formatChanges(workloads: readonly WorkloadChanges[]): string {
  if (workloads.length === 0) return 'The generated Terraform stays as it is.\n';
  const stacks = [...new Set(workloads.map(({ stack }) => stack))].sort();
  const sections = stacks.map((stack) => {
    const own = workloads.filter((each) => each.stack === stack);
    return [`### ${stack}`, ...own.map(formatWorkload)].join('\n\n');
  });
  return `${['What changes in the generated Terraform:', ...sections].join('\n\n')}\n`;
}

function formatWorkload({ workload, changes }: WorkloadChanges): string {
  const lines = changes.flatMap(({ kind, address, details }) => [
    `${marks[kind]} ${address}`,
    ...details.map(formatDifference),
  ]);
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return `**${workload}**\n\n${fence}diff\n${lines.join('\n')}\n${fence}`;
}

/** A fence must be longer than any run of back ticks inside it. */
function longestRun(line: string): number {
  return Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
}

function formatDifference({ path, before, after }: Difference): string {
  const [old, now] = [textOf(before), textOf(after)];
  let same = 0;
  while (same < old.length && old[same] === now[same]) same++;
  // Of two long texts that begin alike, what they begin with says nothing.
  const from = Math.max(old.length, now.length) > longest ? Math.max(0, same - beginning) : 0;
  return `    ${path}: ${shorten(old, from)} → ${shorten(now, from)}`;
}

const textOf = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));

function shorten(text: string, from: number): string {
  const shown = text.slice(from, from + longest);
  return `${from > 0 ? '…' : ''}${shown}${from + longest < text.length ? '…' : ''}`;
}
