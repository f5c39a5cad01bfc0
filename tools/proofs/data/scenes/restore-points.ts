import { setTimeout as sleep } from 'node:timers/promises';
import { demandIntact, demandNothingLost, demandRefused, demandReplicated, startApp } from '../app';
import { withRestoreFrom, withRestoreSettings } from '../changed-pods';
import { copyReplica } from '../replica-objects';
import { type Pod, type Scene, demand } from '../../engine';
import type { DataStage } from '../stage';

/** Goes back to a time, for one apply; whoever forgets to take the prop out again loses nothing by that. */
async function restoreTime(stage: DataStage): Promise<string> {
  const app = await startApp(stage, { first: true, pauseSeconds: 0.01 });
  await sleep(4000);
  const time = new Date();
  const known = app.newest();
  await sleep(4000);
  await app.stop();

  const change = (pod: Pod) => withRestoreSettings(pod, { RESTORE_TIMESTAMP: time.toISOString() });
  const back = await startApp(stage, { change, pauseSeconds: 0.01 });
  demandIntact(back);
  const { newest } = back.found;
  demand(newest > 0 && newest <= known, `row ${newest} was found, and ${known} was the newest at that time`);
  demand(known - newest < 400, `${known - newest} rows of that time are missing`);
  await sleep(2000);
  await back.stop();

  const again = await startApp(stage, { change });
  demandNothingLost(back, again);
  await again.stop();
  await demandReplicated(stage, again);
  return `back from row ${app.newest()} to ${newest} of ${known} at that time, and on from there to ${again.newest()}`;
}

async function restoreElsewhere(stage: DataStage): Promise<string> {
  const { database } = stage;
  const app = await startApp(stage, { first: true, pauseSeconds: 0.01 });
  await sleep(3000);
  await app.stop();
  const from = 'kept/elsewhere';
  await copyReplica(stage, database, { ...database, path: from });
  const later = await startApp(stage, { pauseSeconds: 0.01 });
  await sleep(2000);
  await later.stop();

  const change = (pod: Pod) => withRestoreFrom(pod, { path: database.path, from });
  const back = await startApp(stage, { change, pauseSeconds: 0.01 });
  demandIntact(back);
  demand(back.found.newest === app.newest(), `row ${back.found.newest} instead of ${app.newest()} was found`);
  await sleep(1500);
  await back.stop();
  await demandReplicated(stage, back);
  return `back from row ${later.newest()} to ${app.newest()} of the other path, and on at its own`;
}

/** A path that nobody ever wrote to, as after a slip of the pen. */
async function restoreNothing(stage: DataStage): Promise<string> {
  const { path } = stage.database;
  const app = await startApp(stage, { first: true });
  await sleep(2000);
  await app.stop();
  const said = await demandRefused(stage, /there is nothing to restore at the restore point/, {
    first: true,
    change: (pod) => withRestoreFrom(pod, { path, from: 'kept/nowhere' }),
  });
  await demandReplicated(stage, app);
  return said;
}

export const restorePoints: readonly Scene<DataStage>[] = [
  { title: 'restores the state of a time, once', seconds: 30, play: restoreTime },
  { title: 'restores from another path of the bucket, once', seconds: 25, play: restoreElsewhere },
  { title: 'does not start at a restore point where there is nothing', seconds: 8, play: restoreNothing },
];
