import { setTimeout as sleep } from 'node:timers/promises';
import { type Scene, demand } from '../engine';
import type { Life, PodAccess } from './cluster';
import type { FaultyProxy } from '../data/faulty-proxy';

/** The writer's pod, its store, and what they stand in. */
export interface ClusterStage {
  readonly pod: PodAccess;
  /** What pods take for the store. */
  readonly store: FaultyProxy;
  /** The life that the pod has now. */
  life: Life;
  /** How often each action is played. */
  readonly rounds: number;
  /** Applies the workload with another annotation, by Terraform. */
  readonly roll: () => Promise<void>;
}

/** One way in which a pod ends. */
interface Action {
  readonly title: string;
  readonly act: (stage: ClusterStage) => Promise<unknown>;
  /** What must not be asked of it: killed pods lose what was not sent yet. */
  readonly mayLose?: boolean;
}

const outageSeconds = 45;

/** How long a pod writes before it is stopped. */
const lifeMilliseconds = 5000;

const remove = ({ pod }: ClusterStage, ...options: readonly string[]): Promise<string> =>
  pod.kubectl('delete', 'pod', pod.name, '--wait=false', ...options);

async function drain({ pod, life }: ClusterStage): Promise<void> {
  const labels = await pod.kubectl('get', 'pod', pod.name, '--output', 'jsonpath={.metadata.labels}');
  const selector = Object.entries(JSON.parse(labels) as Record<string, string>)
    .filter(([name]) => name.startsWith('app.kubernetes.io/'))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  try {
    await pod.kubectl(
      ...['drain', life.node, '--ignore-daemonsets', '--delete-emptydir-data', '--force'],
      ...[`--pod-selector=${selector}`, '--timeout=180s'],
    );
  } finally {
    await pod.kubectl('uncordon', life.node);
  }
}

async function removeWithoutStore(stage: ClusterStage): Promise<void> {
  await stage.store.set('refuse');
  try {
    await remove(stage);
    await sleep(outageSeconds * 1000);
  } finally {
    await stage.store.set('none');
  }
}

const actions: readonly Action[] = [
  { title: 'the pod is deleted', act: remove },
  { title: 'the pod is rolled by an apply', act: ({ roll }) => roll() },
  { title: 'the node is drained', act: drain },
  { title: `the pod is deleted while the store is away for ${outageSeconds} s`, act: removeWithoutStore },
  {
    title: 'the pod is force-deleted',
    act: (stage) => remove(stage, '--grace-period=0', '--force'),
    mayLose: true,
  },
];

/** Does something to the pod, and waits for the next one and for the last word of the old one. */
export async function nextLife(stage: ClusterStage, act: () => Promise<unknown>): Promise<void> {
  const before = stage.life;
  await act();
  stage.life = await stage.pod.nextLife(before);
  await before.over;
}

/** Ends the pod again and again in one way, and counts the committed rows that the next one did not find. */
async function endPods(stage: ClusterStage, { act, mayLose = false }: Action): Promise<string> {
  const losses: number[] = [];
  for (let round = 0; round < stage.rounds; round++) {
    await sleep(lifeMilliseconds);
    const before = stage.life;
    await nextLife(stage, () => act(stage));
    const { found } = stage.life;
    losses.push(Math.max(0, before.newest() - found.newest));
    demand(found.integrity === 'ok', `the database is damaged: ${found.integrity}`);
  }
  const measured = `rows lost: ${losses.join(', ')}`;
  demand(mayLose || losses.every((rows) => rows === 0), measured);
  return measured;
}

/** Every way in which this proof ends a pod. */
export const scenes: readonly Scene<ClusterStage>[] = actions.map((action) => ({
  title: action.title,
  play: (stage) => endPods(stage, action),
}));
