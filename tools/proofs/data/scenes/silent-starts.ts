import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type AppSettings, Refused, startApp } from '../app';
import { asNew, withBareRestore, withConfig } from '../changed-pods';
import { copyReplica, removeReplica } from '../replica-objects';
import { type Scene, demand, demandDisproved } from '../../engine';
import type { Database, DataStage } from '../stage';
import { verify } from '../verification';
import { demandNothingLost } from './graceful-restarts';

/** An app that has written for a while and was stopped. */
async function writeAndStop(stage: DataStage, database: Database): Promise<App> {
  const app = await startApp(stage, database, { first: true });
  await sleep(2000);
  await app.stop();
  return app;
}

/** Demands that the pod does not start, and that it says why. */
async function demandRefused(
  stage: DataStage,
  database: Database,
  why: RegExp,
  settings: AppSettings = {},
): Promise<string> {
  try {
    const app = await startApp(stage, database, settings);
    await app.kill();
    demand(false, `the app started with ${app.found.rows} rows`);
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    demand(why.test(cause.message), `the pod stops, but says only: ${cause.message}`);
    return cause.message;
  }
}

async function emptied(
  stage: DataStage,
  change: (pod: App['pod']) => App['pod'] = (pod) => pod,
): Promise<string> {
  await stage.reset();
  const database = stage.database();
  await writeAndStop(stage, database);
  await removeReplica(stage, database);
  return demandRefused(stage, database, /there is no replica at/, { pod: change(database.pod) });
}

async function mistyped(
  stage: DataStage,
  change: (pod: App['pod']) => App['pod'] = (pod) => pod,
): Promise<string> {
  await stage.reset();
  const database = stage.database();
  await writeAndStop(stage, database);
  const pod = withConfig(database.pod, (text) =>
    text.replace(`"path": "${database.path}"`, '"path": "mistyped"'),
  );
  return demandRefused(stage, database, /there is no replica at/, { pod: change(pod) });
}

async function foreign(
  stage: DataStage,
  change: (pod: App['pod']) => App['pod'] = (pod) => pod,
): Promise<string> {
  await stage.reset();
  const [mine, theirs] = stage.databases;
  if (mine === undefined || theirs === undefined) return 'only one database: there is no other';
  await writeAndStop(stage, theirs);
  await copyReplica(stage, theirs, mine);
  const verdict = await verify(stage, mine);
  demand(!verdict.good && verdict.report.includes('another app'), `verify says: ${verdict.report}`);
  return demandRefused(stage, mine, /another app/, { pod: change(mine.pod) });
}

/** Somebody empties the bucket while the app runs: nothing is noticed by Litestream, which sends only what is new. */
async function emptiedWhileRunning(stage: DataStage): Promise<string> {
  await stage.reset();
  const database = stage.database();
  const app = await startApp(stage, database, { first: true });
  await sleep(2500);
  await removeReplica(stage, database);
  await sleep(2500);
  const { good, report } = await verify(stage, database);
  demand(!good, `verify found nothing: ${report}`);
  await app.stop();
  const next = await startApp(stage, database);
  demandNothingLost(app, next);
  await next.kill();
  return 'verify says so; the whole database is sent again when the pod stops, 0 lost';
}

async function storeTroubles(stage: DataStage): Promise<string> {
  await stage.reset();
  const database = stage.database();
  await writeAndStop(stage, database);
  const wrongKey = { LITESTREAM_SECRET_ACCESS_KEY: 'wrong' };
  const troubled = {
    ...database.pod,
    initContainers: database.pod.initContainers.map((container) => ({
      ...container,
      env: { ...container.env, ...wrongKey },
    })),
  };
  await demandRefused(stage, database, /cannot list|SignatureDoesNotMatch/, { pod: troubled });
  const elsewhere = withConfig(database.pod, (text) => text.replace(database.bucket, 'no-such-bucket'));
  await demandRefused(stage, database, /cannot list/, { pod: asNew(elsewhere) });
  await stage.proxy.set('refuse');
  await demandRefused(stage, database, /cannot list/, { pod: asNew(database.pod) });
  await stage.proxy.set('none');
  return 'a wrong key, a missing bucket and an unreachable store stop even a new database';
}

export const silentStarts: readonly Scene<DataStage>[] = [
  {
    title: 'does not start empty when the bucket was emptied',
    short: true,
    seconds: 6,
    play: (stage) => emptied(stage),
  },
  { title: 'does not start empty at a mistyped path', seconds: 6, play: (stage) => mistyped(stage) },
  {
    title: 'does not start with another app’s replica, and verify says so',
    short: true,
    seconds: 10,
    play: (stage) => foreign(stage),
  },
  {
    title: 'loses nothing when the bucket is emptied while the app runs, and verify says so',
    short: true,
    seconds: 18,
    play: emptiedWhileRunning,
  },
  { title: 'does not mistake trouble with the store for a first start', seconds: 15, play: storeTroubles },
  {
    title: 'would start empty if the database were called new instead of required',
    short: true,
    seconds: 6,
    play: (stage) => demandDisproved(() => emptied(stage, asNew)),
  },
  {
    title: 'would start empty at a mistyped path with a bare restore',
    seconds: 6,
    play: (stage) => demandDisproved(() => mistyped(stage, withBareRestore)),
  },
  {
    title: 'would start with another app’s replica with a bare restore',
    seconds: 10,
    play: (stage) => demandDisproved(() => foreign(stage, withBareRestore)),
  },
];
