import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../app';
import { type Scene, demand } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';
import { demandNothingLost } from './graceful-restarts';

const jumps = [-2 * 86_400, 2 * 86_400, -3600, 0];

/** The store's clock jumps between the lives of pods, and while they write. */
async function jump(stage: DataStage): Promise<string> {
  await stage.reset();
  const database = stage.database();
  let app = await startApp(stage, database, { first: true });
  for (const seconds of jumps) {
    await sleep(1500);
    stage.proxy.shiftClock(seconds);
    await sleep(1500);
    await app.stop();
    const next = await startApp(stage, database);
    demandNothingLost(app, next);
    app = next;
  }
  await app.stop();
  const { good, report } = await verify(stage, database);
  demand(good, `verify reports the replica as bad: ${report}`);
  return `${jumps.map((seconds) => `${seconds / 3600} h`).join(', ')}: ${app.found.rows} rows, 0 lost`;
}

export const clocks: readonly Scene<DataStage>[] = [
  { title: 'loses nothing when the store’s clock jumps', seconds: 28, play: jump },
];
