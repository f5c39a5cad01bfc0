import { setTimeout as sleep } from 'node:timers/promises';
import { type App, startApp, untilReplicated } from '../app';
import { type Scene, demand } from '../../engine';
import type { DataStage } from '../stage';

/** Litestream looks every 15 s whether it has something to report. */
const longestSilence = 20_000;

/** A pod that cannot send what its app writes reports nothing, and reports as soon as it can. */
async function reportReplication(stage: DataStage): Promise<string> {
  const first = await startApp(stage, { first: true, pauseSeconds: 0.02 });
  await untilReplicated(stage);
  await first.stop();
  const heard = (since: number): boolean =>
    stage.healthchecks.pings.some(({ check, at }) => check.endsWith('-litestream-replicate') && at > since);

  await stage.proxy.set('refuse');
  const begin = Date.now();
  const app = await startApp(stage, { folders: first.folders, pauseSeconds: 0.02 });
  await sleep(longestSilence);
  demand(!heard(begin), 'it reports success while nothing can be sent');
  await stage.proxy.set('none');
  const healed = Date.now();
  while (!heard(healed)) {
    demand(Date.now() - healed < 2 * longestSilence, 'it reports nothing although everything was sent');
    await sleep(200);
  }
  demandStillRuns(app);
  await app.kill();
  return `silent for ${longestSilence / 1000} s without a store, reported ${((Date.now() - healed) / 1000).toFixed(0)} s after it was back`;
}

/** Nothing restarts Litestream because the store is away: no probe does, and it does not end by itself. */
function demandStillRuns({ started, pod }: App): void {
  for (const { name, ended } of started.sidecars)
    demand(ended() === undefined, `${name} of ${pod.workload} ended`);
}

export const heartbeats: readonly Scene<DataStage>[] = [
  {
    title: 'reports to healthchecks.io only while replication works',
    seconds: 45,
    play: reportReplication,
  },
];
