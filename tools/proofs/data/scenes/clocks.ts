import { setTimeout as sleep } from 'node:timers/promises';
import { demandNothingLost, startApp } from '../app';
import { type Scene, demand } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';

const jumps = [-2 * 86_400, 2 * 86_400, -3600, 0];

/** The store's clock jumps between the lives of pods, and while they write. */
async function jump(stage: DataStage): Promise<string> {
  let app = await startApp(stage, { first: true });
  for (const seconds of jumps) {
    await sleep(1500);
    stage.proxy.shiftClock(seconds);
    await sleep(1500);
    await app.stop();
    const next = await startApp(stage);
    demandNothingLost(app, next);
    app = next;
  }
  await app.stop();
  const { good, report } = await verify(stage);
  demand(good, `verify reports the replica as bad: ${report}`);
  return `${jumps.map((seconds) => `${seconds / 3600} h`).join(', ')}: ${app.found.rows} rows, 0 lost`;
}

export const clocks: readonly Scene<DataStage>[] = [
  { title: 'loses nothing when the store’s clock jumps', seconds: 28, play: jump },
];
