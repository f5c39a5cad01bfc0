import { addressOf, blocksIn, isPlainObject } from '@home/terraform';
import { type Difference, differences, formatDifference } from './differences';

/** What became of one address of a generated file. */
interface Change {
  readonly kind: 'added' | 'changed' | 'removed';
  /** Terraform's address, such as `kubernetes_service_v1.gotify`; `provider.minio` and the like for other blocks. */
  readonly address: string;
  /** The arguments that differ, for a changed address. */
  readonly details: readonly Difference[];
}

/**
 * Compares two versions of a generated file, address by address.
 *
 * @param before the former content; undefined when the file is new
 * @param after the content now; undefined when the file is gone
 * @returns the changes, sorted by address; none for files that mean the same
 */
export function compareFiles(before: unknown, after: unknown): Change[] {
  const [was, is] = [byAddress(before), byAddress(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((address): Change[] => {
    const [old, now] = [was.get(address), is.get(address)];
    if (now === undefined) return [{ kind: 'removed', address, details: [] }];
    if (old === undefined) return [{ kind: 'added', address, details: [] }];
    const isOne = old.length === 1 && now.length === 1;
    const details = differences(isOne ? old[0] : old, isOne ? now[0] : now, 'written');
    return details.length === 0 ? [] : [{ kind: 'changed', address, details }];
  });
}

/** Address → the blocks that have it; only what moves, imports or removes something has none of its own. */
function byAddress(file: unknown): Map<string, object[]> {
  const found = new Map<string, object[]>();
  for (const block of blocksIn(isPlainObject(file) ? file : {})) {
    const address = addressOf(block);
    found.set(address, [...(found.get(address) ?? []), block.body]);
  }
  return found;
}

/** The changes of one workload's file. */
interface WorkloadChanges {
  readonly stack: string;
  readonly workload: string;
  readonly changes: readonly Change[];
}

const marks = { added: '+', changed: '~', removed: '-' } as const;

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
    ...details.map((one) => `    ${formatDifference(one)}`),
  ]);
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return `**${workload}**\n\n${fence}diff\n${lines.join('\n')}\n${fence}`;
}

/** A fence must be longer than any run of back ticks inside it. */
function longestRun(line: string): number {
  return Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
}
