import { type Writer, writersIn } from '@home/kubernetes';
import { type Problem, ProblemsError, refuse, resourceBlock } from '@home/terraform';
import { many } from '@home/generated';
import { type KubernetesApi, openKubernetes } from '../deploy/kubernetes';
import { type RootModule, bodyOf, parseObject } from '../root-module';
import type { Session } from '../session';
import type { PlanJson } from './plan-json';

/** An object that a plan lets write to a replica to which it did not write before. */
export interface Taker extends Writer {
  /** The objects that write to it until then. */
  readonly former: readonly Writer[];
}

/** The objects that take over a replica in a plan, or are the first to write to it. */
export function takersIn(plan: PlanJson): Taker[] {
  const [before, after] = [writersOf(plan, 'before'), writersOf(plan, 'after')];
  return after
    .filter((writer) => !before.some((one) => one.title === writer.title && one.replica === writer.replica))
    .map((taker) => ({ ...taker, former: before.filter(({ replica }) => replica === taker.replica) }));
}

function writersOf({ resource_changes: changes = [] }: PlanJson, side: 'before' | 'after'): Writer[] {
  return writersIn(
    changes.flatMap(({ mode, type, address, change: { [side]: values } }) => {
      if (mode !== 'managed') return [];
      const block = resourceBlock(type, address.slice(type.length + 1), bodyOf(values));
      return [{ owner: { stack: '', workload: '', where: address }, block }];
    }),
  );
}

/**
 * Refuses a plan that gives a replica to one object while the pod of another one may still write to it: the provider
 * waits for objects and not for their pods, and a pod that is told to end writes on for as long as its app does.
 *
 * @param command what the user called
 * @throws ProblemsError with a line for each object, or when the cluster cannot be asked for its pods
 */
export async function requireOneWriter(
  session: Session,
  module: RootModule,
  plan: PlanJson,
  command: string,
): Promise<void> {
  const takers = takersIn(plan);
  const handovers = takers.filter(({ former }) => former.length > 0);
  const problem = ({ address, replica }: Taker, other: string, remedy: string): Problem => ({
    where: `${module.stack}/${module.workloadOf(address) ?? ''}: ${address}`,
    what: `would write to ${replica} beside ${other}, and two writers destroy a replica`,
    remedy,
  });
  const stop = `\`npm run adopt -- ${module.stack}\` lets that one end first`;
  const problems = handovers.map((taker) =>
    problem(taker, taker.former.map(({ title }) => title).join(', '), stop),
  );
  if (takers.length > problems.length) {
    const pods = await writingPods(
      openKubernetes(session.environment, session.home.cluster.kubeconfigContext),
    );
    const wait = `Wait until it is gone and run \`${command}\` again; nothing was changed`;
    for (const taker of takers.filter(({ former }) => former.length === 0)) {
      const [other] = pods.filter(({ replica, owner }) => replica === taker.replica && owner !== taker.title);
      if (other !== undefined) problems.push(problem(taker, `pod ${other.title}, which has not ended`, wait));
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
}

/** A pod that replicates, or that has been told to end and may still do so. */
interface WritingPod {
  readonly title: string;
  readonly replica: string;
  /** The title of the StatefulSet that it belongs to. */
  readonly owner: string | undefined;
}

async function writingPods(api: KubernetesApi): Promise<WritingPod[]> {
  const { status, text } = await api.get('/api/v1/pods').catch((cause: unknown) => ({
    status: cause instanceof Error ? cause.message : String(cause),
    text: '',
  }));
  const items = status === 200 ? parseObject(text)?.['items'] : undefined;
  if (items === undefined) {
    const what = `cannot be asked which pods write to replicas: it answers ${status}`;
    refuse(api.server, what, 'Nothing was changed. Try again once it answers');
  }
  return many(items).flatMap((pod) => {
    const { namespace, name, ownerReferences } = bodyOf(pod['metadata']);
    const set = many(ownerReferences).find(({ kind }) => kind === 'StatefulSet');
    const owner = set && `StatefulSet ${String(namespace)}/${String(set['name'])}`;
    return many(bodyOf(pod['spec'])['initContainers'])
      .flatMap(({ env }) => many(env))
      .filter((variable) => variable['name'] === 'REPLICA')
      .map(({ value }) => ({
        title: `${String(namespace)}/${String(name)}`,
        replica: String(value),
        owner,
      }));
  });
}
