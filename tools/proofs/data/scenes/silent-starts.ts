import { setTimeout as sleep } from 'node:timers/promises';
import { type AppSettings, demandRefused, demandReplicated, startApp, writeAndStop } from '../app';
import { asNew, withBareRestore, withConfig, withWritableRoots } from '../changed-pods';
import { copyReplica, listReplica, putObject, removeReplica } from '../replica-objects';
import { type Pod, type Scene, demand, demandDisproved } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';

async function emptied(stage: DataStage, change?: AppSettings['change']): Promise<string> {
  await writeAndStop(stage);
  await removeReplica(stage, stage.database);
  return demandRefused(stage, /there is no replica at/, { change });
}

async function mistyped(stage: DataStage, change = (pod: Pod): Pod => pod): Promise<string> {
  const { path } = stage.database;
  await writeAndStop(stage);
  const mistype = (text: string) => text.replace(`"path": "${path}"`, '"path": "mistyped"');
  return demandRefused(stage, /there is no replica at/, {
    change: (pod) => change(withConfig(pod, mistype)),
  });
}

async function foreign(stage: DataStage, change?: AppSettings['change']): Promise<string> {
  const { database: mine, databases } = stage;
  const theirs = databases.find(({ url }) => url !== mine.url);
  demand(theirs !== undefined, 'there is no other app');
  await writeAndStop(stage, { database: theirs });
  await copyReplica(stage, theirs, mine);
  const verdict = await verify(stage);
  demand(!verdict.good && verdict.report.includes('another app'), `verify says: ${verdict.report}`);
  return demandRefused(stage, /another app/, { change });
}

/** Somebody empties the bucket while the app runs: nothing is noticed by Litestream, which sends only what is new. */
async function emptiedWhileRunning(stage: DataStage): Promise<string> {
  const app = await startApp(stage, { first: true });
  await sleep(2500);
  await removeReplica(stage, stage.database);
  await sleep(2500);
  const { good, report } = await verify(stage);
  demand(!good, `verify found nothing: ${report}`);
  await app.stop();
  await demandReplicated(stage, app);
  return 'verify says so; the whole database is sent again when the pod stops, 0 lost';
}

/** A version of the app that takes another folder for its data, in which anybody may write. */
async function writeElsewhere(stage: DataStage, change?: AppSettings['change']): Promise<string> {
  const settings = { first: true, elsewhere: '/var/tmp/moved.db', change };
  const app = await startApp(stage, settings).catch((cause: unknown) => String(cause));
  if (typeof app === 'string') {
    demand(app.includes('unable to open database file'), `the app does not start, but says only: ${app}`);
    return 'the app ends with "unable to open database file"';
  }
  await sleep(1000);
  await app.stop();
  const next = await startApp(stage, settings);
  await next.kill();
  demand(false, `the app started, and ${app.newest() - next.found.rows} rows ended with its pod`);
}

/** What is there and cannot be restored is no first start either. */
async function damaged(stage: DataStage): Promise<string> {
  await writeAndStop(stage);
  for (const key of await listReplica(stage, stage.database))
    await putObject(stage, key, Buffer.from('damaged'));
  return demandRefused(stage, /the restore from \S+ failed/, { first: true });
}

async function storeTroubles(stage: DataStage): Promise<string> {
  await writeAndStop(stage);
  const withWrongKey = (pod: Pod): Pod => ({
    ...pod,
    initContainers: pod.initContainers.map((container) => ({
      ...container,
      env: { ...container.env, LITESTREAM_SECRET_ACCESS_KEY: 'wrong' },
    })),
  });
  await demandRefused(stage, /cannot list|SignatureDoesNotMatch/, { change: withWrongKey });
  const elsewhere = (text: string) => text.replace(stage.database.bucket, 'no-such-bucket');
  await demandRefused(stage, /cannot list/, { first: true, change: (pod) => withConfig(pod, elsewhere) });
  await stage.proxy.set('refuse');
  await demandRefused(stage, /cannot list/, { first: true });
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
  {
    title: 'does not start empty on a replica that cannot be restored, though it may start as new',
    seconds: 8,
    play: damaged,
  },
  { title: 'does not mistake trouble with the store for a first start', seconds: 15, play: storeTroubles },
  {
    title: 'does not let an app write where nothing is kept',
    short: true,
    seconds: 4,
    play: (stage) => writeElsewhere(stage),
  },
  {
    title: 'would lose what is written there with a writable root file system',
    short: true,
    seconds: 8,
    play: (stage) => demandDisproved(() => writeElsewhere(stage, withWritableRoots)),
  },
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
