import { urlOf } from '@home/home';
import { formatMemory, summarize } from '@home/kubernetes';
import { ProblemsError } from '@home/terraform';
import { type Task, isStack, projectName, stackOrder, workloadsOf } from '@tools/nx-home';
import { type Description, describeHome } from '@tools/nx-home/describe';

/** A workload as the table shows it. What it does not have is empty. */
export interface Row {
  readonly workload: string;
  readonly stack: string;
  /** Where people reach it, such as `http://gotify.rpi`. */
  readonly addresses: readonly string[];
  readonly images: readonly string[];
  readonly databases: readonly string[];
  readonly replicas: readonly string[];
  /** The folders of shares that its files lie in. */
  readonly files: readonly string[];
  /** What it runs by a schedule, and when. */
  readonly jobs: readonly string[];
  /** What the scheduler sets aside for it, such as `112Mi`. */
  readonly memory: string;
  /** The workloads that it imports. */
  readonly dependsOn: readonly string[];
}

/**
 * All workloads of a home, stack by stack in the order in which they are deployed.
 *
 * @throws ProblemsError when stacks have no order
 */
export function listWorkloads({ house, owned }: Description): Row[] {
  const summaries = new Map(summarize(owned).map((summary) => [summary.owner.where, summary]));
  return stackOrder(house)
    .flatMap((stack) => workloadsOf(house, stack))
    .map((place) => {
      const summary = summaries.get(place.where);
      const imported = house.dependencies.filter(({ from, to }) => from === place && !isStack(to));
      return {
        workload: projectName(place),
        stack: place.stack,
        addresses: (summary?.hosts ?? []).map(urlOf),
        images: summary?.images ?? [],
        databases: summary?.databases ?? [],
        replicas: summary?.replicas ?? [],
        files: summary?.files ?? [],
        jobs: summary?.jobs ?? [],
        memory: summary?.memory ? formatMemory(summary.memory) : '',
        dependsOn: [...new Set(imported.map(({ to }) => projectName(to)))].sort(),
      };
    });
}

/** The rows of the home that lies in a workspace. */
const rowsOfHome: Task<undefined, readonly Row[]> = (root) => {
  const description = describeHome(root, () => true);
  if (description.problems.length > 0) throw new ProblemsError(description.problems);
  return listWorkloads(description);
};

export default rowsOfHome;
