import { ProblemsError } from '@home/terraform';
import { type Stacks } from '@tools/nx-home/graph';

/**
 * The stacks that were asked for, in the order of the graph; all of them when none is named.
 *
 * @throws ProblemsError when there is no such stack
 */
export function selectStacks(stacks: Stacks, asked: readonly string[]): string[] {
  const unknown = asked.filter((name) => !stacks.names.includes(name));
  if (unknown.length > 0) {
    const known =
      stacks.names.length === 0 ? 'There are none yet' : `The stacks are ${stacks.names.join(', ')}`;
    throw new ProblemsError(
      unknown.map((name) => ({ where: name, what: 'must be the name of a stack', remedy: known })),
    );
  }
  if (asked.length === 0) return stacks.names.filter((name) => !stacks.orphans.has(name));
  return stacks.names.filter((name) => asked.includes(name));
}
