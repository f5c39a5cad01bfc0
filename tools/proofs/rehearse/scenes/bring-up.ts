import type { Story } from '../story';

/** The stacks of a home, in the order in which they come up. */
const stacks = ['cluster', 'platform', 'workloads', 'integrations'];

/**
 * Brings everything up by a deploy. With real providers stack by stack, since the pods of a throwaway cluster find no
 * replicas to start from and never get ready.
 *
 * @returns what was said
 */
export async function bringUp({ house, runs }: Story): Promise<string> {
  if (!house.isReal) return (await runs(house.npm('deploy', '--yes'))).all;
  let said = '';
  for (const stack of stacks.filter((name) => house.stacks().includes(name))) {
    said += (await runs(house.npm('plan', stack), 2)).all;
    said += (await runs(house.npm('apply', stack, '--yes'))).all;
  }
  return said;
}
