import type { Change } from './compare-files';

/** The changes of one workload's file. */
export interface WorkloadChanges {
  readonly stack: string;
  readonly workload: string;
  readonly changes: readonly Change[];
}

const marks = { added: '+', changed: '~', removed: '-' } as const;
const longest = 120;

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
    ...details.map(({ path, before, after }) => `    ${path}: ${shorten(before)} → ${shorten(after)}`),
  ]);
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return `**${workload}**\n\n${fence}diff\n${lines.join('\n')}\n${fence}`;
}

/** A fence must be longer than any run of back ticks inside it. */
function longestRun(line: string): number {
  return Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
}

function shorten(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
