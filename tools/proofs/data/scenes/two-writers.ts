import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, demandRefused, startApp, startUnlessRefused } from '../app';
import { withBareRestore } from '../changed-pods';
import { type Scene, demand } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';

/** A second pod comes up while the first one writes: it waits until the other has ended. */
async function refuseSecondWriter(stage: DataStage): Promise<string> {
  const first = await startApp(stage, { first: true });
  await sleep(2000);
  try {
    await demandRefused(stage, /somebody else is writing/);
  } finally {
    await first.stop();
  }
  const next = await startApp(stage);
  demand(next.found.newest >= first.newest(), 'the first pod lost rows');
  await next.kill();
  return 'the second pod waits, and starts with everything once the first has ended';
}

/** Two pods of which the second looks at nothing, as old ones do: what they leave behind is noticed. */
async function noticeTwoWriters(stage: DataStage): Promise<string> {
  const first = await startApp(stage, { first: true });
  await sleep(2000);
  const second = await startApp(stage, { change: withBareRestore });
  await sleep(8000);
  const newest = { first: first.newest(), second: second.newest() };
  await Promise.all([first.stop(), second.stop()]);
  const { good, report } = await verify(stage);
  if (!good) return `verify: ${report.split('\n').find((line) => line.startsWith('FAILED')) ?? report}`;
  const next = await startUnlessRefused(stage);
  if (next instanceof Refused) return `verify finds nothing, and the next pod stops: ${next.message}`;
  const kept = next.found.newest;
  await next.kill();
  demand(
    kept >= Math.min(newest.first, newest.second),
    `verify found nothing, and of ${newest.first} and ${newest.second} rows ${kept} are left: ${report}`,
  );
  return `both stopped in order, and the one that stopped last left a whole copy: ${kept} rows`;
}

export const twoWriters: readonly Scene<DataStage>[] = [
  {
    title: 'does not start a second writer beside one that writes',
    short: true,
    seconds: 12,
    play: refuseSecondWriter,
  },
  { title: 'notices what two writers on one path leave behind', seconds: 25, play: noticeTwoWriters },
];
