import { setTimeout as sleep } from 'node:timers/promises';
import { readProgram } from '@home/command';
import { type Scene, demand } from '../engine';
import { type ClusterStage, seldom, untilNextRow } from './scenes';

/** Long enough for a row to reach the store: Litestream looks and sends twice a second. */
const sentMilliseconds = 5000;

/** Kubernetes evicts from a lost node after less than a minute and five more. */
const evictionSeconds = 480;

/** How long the pod is watched not to move. */
const stayMilliseconds = 60_000;

/** A pod on a lost node is evicted, and its next one waits all the same until the Node is deleted. */
export const lostNode: Scene<ClusterStage> = {
  title: 'a node is lost, and its pod moves with every row that was sent when the node is forgotten',
  impossible: ({ loss }) => (loss === undefined ? 'no --node and --lose say which and how' : undefined),
  async play(stage) {
    const { node, command } = stage.loss ?? {};
    await seldom(stage);
    const { pod, life: before } = stage;
    const first = await pod.seen();
    demand(first.node === node, `the pod runs on ${first.node}`);

    await untilNextRow(stage);
    await sleep(sentMilliseconds);
    await readProgram('/bin/sh', ['-c', command ?? '']);
    const evicted = await secondsUntil(async () => (await pod.seen()).evicted);
    await sleep(stayMilliseconds);
    const { uid } = await pod.seen();
    demand(uid === first.uid, 'another pod runs while nobody knows whether the node does');

    // What `npm run talos -- forget NODE` comes to.
    await pod.kubectl('delete', 'node', first.node);
    const moved = await secondsUntil(async () => (await pod.seen()).uid !== first.uid);
    // The end of the log would have to come from the lost node.
    stage.life = await pod.nextLife(before);
    const { found } = stage.life;
    const lost = before.newest() - found.newest;
    demand(found.integrity === 'ok' && lost === 0, `rows lost: ${lost}; integrity ${found.integrity}`);
    return `evicted after ${evicted} s, another pod ${moved} s after its Node was deleted; rows lost: 0`;
  },
};

async function secondsUntil(holds: () => Promise<boolean>): Promise<number> {
  const begin = Date.now();
  const elapsed = () => (Date.now() - begin) / 1000;
  // While one pod goes and the next one comes there is none.
  while (!(await holds().catch(() => false))) {
    demand(elapsed() < evictionSeconds, `nothing happens within ${evictionSeconds} s`);
    await sleep(1000);
  }
  return Math.round(elapsed());
}
