import { home } from '@home/home';
import { formatMemory, roomsIn } from '@home/kubernetes';
import { ProblemsError } from '@home/terraform';
import { type Task, importedStacks } from '@tools/nx-home';
import { describeHome } from '@tools/nx-home/describe';
import { type Row, listWorkloads } from '@tools/nx-home/home';

/** Some nodes and the memory of the pods that run there and nowhere else. */
export interface Room {
  readonly nodes: readonly string[];
  /** What the nodes have for pods, such as `2600Mi`. */
  readonly there: string;
  readonly asked: string;
  readonly left: string;
  /** From 0 to 100. */
  readonly percent: number;
}

/** What the home's description says for its page. */
export interface DescribedPage {
  readonly name: string;
  readonly domain: string;
  readonly timezone: string;
  readonly rows: readonly Row[];
  /** Which stack comes after which. */
  readonly needs: readonly { readonly stack: string; readonly needed: string }[];
  readonly rooms: readonly Room[];
}

/** Describes the home that lies in a workspace. */
const describePage: Task<undefined, DescribedPage> = (root) => {
  const description = describeHome(root, () => true);
  if (description.problems.length > 0) throw new ProblemsError(description.problems);
  return {
    name: home.cluster.name,
    domain: home.domain,
    timezone: home.timezone,
    rows: listWorkloads(description),
    needs: [...importedStacks(description.house)].flatMap(([stack, all]) =>
      [...all].map((needed) => ({ stack, needed })),
    ),
    rooms: roomsIn(description.owned, home).map(({ nodes, needed, there }) => ({
      nodes: nodes.map(({ name }) => name),
      there: formatMemory(there),
      asked: formatMemory(needed),
      left: formatMemory(there - needed),
      percent: Math.round((100 * needed) / there),
    })),
  };
};

export default describePage;
