import { type GeneratedReplica, generatedReplicas, readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import { ProblemsError } from '@home/terraform';
import { findTools, formatAge, lastWrite } from '@tools/life/restore';
import { readStacks } from '@tools/nx-home/graph';
import { join } from 'node:path';
import { type Check, type Finding, type Patient } from '../finding';

export const replicas: Check = {
  title: 'replicas',
  async look(patient) {
    const all = replicasOf(patient);
    if (all.length === 0) return [];
    try {
      const tools = findTools(home.images.litestream, patient.environment);
      return await Promise.all(all.map((replica) => lookAt(tools, replica)));
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.map(({ where, what, remedy }) => ({
        what: 'age of the replicas',
        state: 'unseen',
        detail: `${where} ${what}`,
        remedy,
      }));
    }
  },
};

const replicasOf = ({ root }: Patient): GeneratedReplica[] =>
  readStacks(root).names.flatMap((stack) =>
    generatedReplicas(readGeneratedStack(stack, join(root, 'terraform'))),
  );

/** A quiet app writes seldom, so that no age is wrong by itself; that nothing is there at all is. */
async function lookAt(tools: ReturnType<typeof findTools>, replica: GeneratedReplica): Promise<Finding> {
  const what = `replica of ${replica.workload}`;
  try {
    const time = await lastWrite(tools, replica);
    if (time !== undefined) return { what, state: 'fine', detail: `last written ${formatAge(time)}` };
    const remedy = 'See what `npm run drill` says, and whether the app runs';
    return { what, state: 'due', detail: 'holds nothing written by Litestream 0.5', remedy };
  } catch (error) {
    const detail = `cannot be read (${(error instanceof Error ? error.message : String(error)).split('\n')[0]})`;
    return {
      what,
      state: 'unseen',
      detail,
      remedy: `Look whether ${replica.endpoint || 'the store'} answers`,
    };
  }
}
