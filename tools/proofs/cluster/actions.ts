import { setTimeout as sleep } from 'node:timers/promises';
import type { Life, PodAccess } from './cluster';
import type { Gate } from './gate';

/** What an action acts on. */
export interface Surroundings {
  readonly pod: PodAccess;
  readonly gate: Gate;
  readonly life: Life;
  /** Applies the workload with another annotation, by Terraform. */
  readonly roll: () => Promise<void>;
}

/** One way in which a pod ends. */
export interface Action {
  readonly what: string;
  readonly act: (surroundings: Surroundings) => Promise<unknown>;
  /** What must not be asked of it: killed pods lose what was not sent yet. */
  readonly mayLose?: boolean;
}

const outageSeconds = 45;

const remove = ({ pod }: Surroundings, ...options: readonly string[]): Promise<string> =>
  pod.kubectl('delete', 'pod', pod.name, '--wait=false', ...options);

async function drain({ pod, life }: Surroundings): Promise<void> {
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

async function removeWithoutStore(surroundings: Surroundings): Promise<void> {
  await surroundings.gate.shut();
  try {
    await remove(surroundings);
    await sleep(outageSeconds * 1000);
  } finally {
    await surroundings.gate.open();
  }
}

/** Every way in which this proof ends a pod. */
export const actions: readonly Action[] = [
  { what: 'the pod is deleted', act: remove },
  { what: 'the pod is rolled by an apply', act: ({ roll }) => roll() },
  { what: 'the node is drained', act: drain },
  { what: `the pod is deleted while the store is away for ${outageSeconds} s`, act: removeWithoutStore },
  {
    what: 'the pod is force-deleted',
    act: (surroundings) => remove(surroundings, '--grace-period=0', '--force'),
    mayLose: true,
  },
];
