import { setTimeout as sleep } from 'node:timers/promises';
import { readProgram } from '@home/command';
import { type Scene, demand, demandDisproved } from '../engine';
import type { FaultyProxy } from '../data/faulty-proxy';
import type { Life, PodAccess } from './cluster';
import type { Shape } from './proof-module';
import type { Loss } from './settings';

/** The writer's pod, its store, and what they stand in. */
export interface ClusterStage {
  /** What pods take for the store. */
  readonly store: FaultyProxy;
  /** Applies the workload by Terraform; without a shape, destroys it. */
  readonly apply: (shape?: Shape) => Promise<void>;
  /** What was applied last. */
  shape: Shape;
  /** Reaches the pod of a workload of this name. */
  readonly reach: (name: string) => PodAccess;
  pod: PodAccess;
  /** The life that the writer has now. */
  life: Life;
  /** How often each action is played. */
  readonly rounds: number;
  /** A command after which the node ends the pod by itself. */
  readonly end: string | undefined;
  readonly loss: Loss | undefined;
}

/** One way in which a pod ends. */
interface Action {
  readonly title: string;
  /** Played before each round. */
  readonly prepare?: (stage: ClusterStage) => Promise<void>;
  readonly act: (stage: ClusterStage) => Promise<unknown>;
  readonly impossible?: Scene<ClusterStage>['impossible'];
  /** What must not be asked of it: killed pods lose what was not sent yet. */
  readonly mayLose?: boolean;
}

const outageSeconds = 45;
const storeAway = `while the store is away for ${outageSeconds} s`;

/** How Talos evicts when it shuts a machine down or resets it, whatever the pod asks for. */
const talosGraceSeconds = 60;

/** How long a pod writes before it is stopped. */
const lifeMilliseconds = 5000;

/** How long it rests after each row. */
export const pauseSeconds = 0.005;

/** A writer whose rows come so seldom that nobody notices between two of them that it still writes. */
const seldomSeconds = 9;

/** Ends the pod in some way while the store is away. */
const withoutStore =
  (act: Action['act'], seconds = outageSeconds): Action['act'] =>
  async (stage) => {
    await stage.store.set('refuse');
    const acting = act(stage);
    const outage = sleep(seconds * 1000);
    try {
      // What ends the pod may take longer than the outage, and must not fail unheard.
      await Promise.race([outage, acting.then(() => outage)]);
    } finally {
      await stage.store.set('none');
    }
    await acting;
  };

/** Applies the workload with something changed; the pod is another one afterwards. */
async function change(stage: ClusterStage, changed: Partial<Shape>): Promise<void> {
  stage.shape = { ...stage.shape, ...changed };
  await stage.apply(stage.shape);
  stage.pod = stage.reach(stage.shape.name);
}

/** Starts with a replica that nobody has written into; from then on it must be there, as everywhere in the home. */
async function startAnew(stage: ClusterStage, pauseSeconds: number): Promise<void> {
  const replica = stage.shape.replica + 1;
  await nextLife(stage, () => change(stage, { pauseSeconds, replica, first: true }));
  stage.shape = { ...stage.shape, first: false };
}

export const seldom = (stage: ClusterStage): Promise<void> => startAnew(stage, seldomSeconds);

/** Right after a row, so that nothing is to be seen of the writer until its next one. */
export async function untilNextRow({ life }: ClusterStage): Promise<void> {
  const seen = life.newest();
  for (let waited = 0; life.newest() === seen; waited += 0.05) {
    if (waited > 3 * seldomSeconds) throw new Error('The writer has stopped writing.');
    await sleep(50);
  }
}

const suffix = '-renamed';

/** Gives the workload another name, or its old one again. */
async function rename(stage: ClusterStage): Promise<void> {
  const { name } = stage.shape;
  await change(stage, { name: name.endsWith(suffix) ? name.slice(0, -suffix.length) : `${name}${suffix}` });
}

async function renameAtOnce(stage: ClusterStage): Promise<void> {
  await untilNextRow(stage);
  await rename(stage);
}

/** The old name's objects go first, and their pod is waited for. */
async function renameInOrder(stage: ClusterStage): Promise<void> {
  await untilNextRow(stage);
  await stage.apply();
  await stage.pod.gone();
  await rename(stage);
}

const actions: readonly Action[] = [
  { title: 'the pod is deleted', act: ({ pod }) => pod.remove() },
  { title: 'the pod is rolled by an apply', act: (stage) => change(stage, {}) },
  { title: 'the pod is evicted, as by a drain of its node', act: ({ pod }) => pod.evict() },
  { title: `the pod is deleted ${storeAway}`, act: withoutStore(({ pod }) => pod.remove()) },
  {
    title: `the pod is evicted with ${talosGraceSeconds} s, as by Talos, ${storeAway}`,
    act: withoutStore(({ pod }) => pod.evict(talosGraceSeconds)),
  },
  {
    title: `the node ends the pod ${storeAway}`,
    act: withoutStore(({ end = '' }) => readProgram('/bin/sh', ['-c', end])),
    impossible: ({ end }) => (end === undefined ? 'no --end says how' : undefined),
  },
  {
    title: 'the pod is force-deleted',
    act: ({ pod }) => pod.remove('--grace-period=0', '--force'),
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

/** Ends the writer's life, and counts the committed rows that the next one did not find. */
async function rowsLost(stage: ClusterStage, act: () => Promise<unknown>): Promise<number> {
  const before = stage.life;
  await nextLife(stage, act);
  const { found } = stage.life;
  demand(found.integrity === 'ok', `the database is damaged: ${found.integrity}`);
  return Math.max(0, before.newest() - found.newest);
}

/** Ends the pod again and again in one way. */
async function endPods(
  stage: ClusterStage,
  { prepare, act, mayLose = false }: Omit<Action, 'title'>,
): Promise<string> {
  const losses: number[] = [];
  for (let round = 0; round < stage.rounds; round++) {
    await prepare?.(stage);
    await sleep(lifeMilliseconds);
    losses.push(await rowsLost(stage, () => act(stage)));
  }
  const measured = `rows lost: ${losses.join(', ')}`;
  demand(mayLose || losses.every((rows) => rows === 0), measured);
  return measured;
}

/** An app that takes more and more memory is ended, and nothing beside it. */
async function leak(stage: ClusterStage): Promise<string> {
  const { pod, life } = stage;
  await sleep(lifeMilliseconds);
  const lost = await rowsLost(stage, () => pod.run(pod.app, 'kill -USR1 1'));
  const ended = await pod.ended();
  demand(stage.life.pod === life.pod, 'the pod is another one');
  demand(ended === `${pod.app}: OOMKilled`, `ended: ${ended}`);
  demand(lost === 0, `rows lost: ${lost}`);
  return `ended ${ended}; rows lost: 0`;
}

const sidecar = 'litestream-sidecar';
const largeOutageSeconds = 15;
const megabytes = 1024;

/** A gigabyte that cannot be compressed, in transactions that let the writer write in between. */
const grow = `
for i in $(seq ${megabytes / 32}); do
  sqlite3 -batch -bail -cmd '.timeout 60000' "$DATABASE_FILE" "
    CREATE TABLE IF NOT EXISTS ballast (content BLOB);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${(32 << 20) / 8192})
      INSERT INTO ballast SELECT randomblob(8000) FROM n" || exit 1
done`;

/** The newest transaction that Litestream has read, by the name of its newest file, whose end it is. */
const newestRead =
  'ls "$(dirname "$DATABASE_FILE")/.$(basename "$DATABASE_FILE")-litestream/ltx/0" | tail -n 1';

/** Waits until the replica has all that Litestream has read until now. */
async function untilCaughtUp({ pod }: ClusterStage): Promise<string> {
  const begin = Date.now();
  const elapsed = (): number => (Date.now() - begin) / 1000;
  const [, wanted = ''] = /-([0-9a-f]{16})\.ltx/.exec(await pod.run(sidecar, newestRead)) ?? [];
  for (;;) {
    const files = await pod.run(sidecar, 'litestream ltx -level all -json "$DATABASE_FILE"');
    const sent = (JSON.parse(files) as { readonly max_txid: string }[]).map(({ max_txid }) => max_txid);
    if (wanted !== '' && sent.some((txid) => txid >= wanted)) return elapsed().toFixed(0);
    demand(elapsed() < 240, 'the replica has not caught up within 4 minutes');
    await sleep(500);
  }
}

/** Litestream restores, copies and catches up with a gigabyte within its limit of memory. */
async function restoreGigabyte(stage: ClusterStage): Promise<string> {
  await startAnew(stage, pauseSeconds);
  await stage.pod.run(stage.pod.app, grow);
  await sleep(lifeMilliseconds);
  const sent = await untilCaughtUp(stage);
  const lost = await rowsLost(stage, () => stage.pod.remove());
  // A pod that was restored begins with a whole copy.
  await sleep(lifeMilliseconds);
  const copied = await untilCaughtUp(stage);
  await withoutStore(() => Promise.resolve(), largeOutageSeconds)(stage);
  const caughtUp = await untilCaughtUp(stage);
  const resident = await stage.pod.run(sidecar, 'grep -h VmHWM /proc/[0-9]*/status');
  const most = Math.max(...(resident.match(/\d+/g) ?? []).map(Number));
  const ended = await stage.pod.ended();
  demand(ended === '', `ended: ${ended}`);
  demand(lost === 0, `rows lost: ${lost}`);
  await startAnew(stage, pauseSeconds);
  return `rows lost: 0; sent after ${sent} s, the restored one's whole copy after ${copied} s, caught up ${caughtUp} s after ${largeOutageSeconds} s without a store; Litestream had at most ${Math.round(most / 1000)} MB`;
}

/** Every way in which this proof ends a pod. */
export const scenes: readonly Scene<ClusterStage>[] = [
  ...actions.map((action) => ({
    title: action.title,
    impossible: action.impossible,
    play: (stage: ClusterStage) => endPods(stage, action),
  })),
  { title: 'the app takes more memory than its limit', play: leak },
  { title: 'a database of 1 GB is restored, copied and caught up with', play: restoreGigabyte },
  {
    title: `a writer of a row in ${seldomSeconds} s is renamed, its old pod gone before the new one comes`,
    play: (stage) => endPods(stage, { prepare: seldom, act: renameInOrder }),
  },
  {
    title: 'the same writer would lose rows when its old and its new name are in one apply',
    play: (stage) => demandDisproved(() => endPods(stage, { prepare: seldom, act: renameAtOnce })),
  },
];
