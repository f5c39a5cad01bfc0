import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatMemory } from '@home/kubernetes';
import { type PodFolders, dissolve, memoryGroup } from '../container';
import { type App, demandIntact, fileOnNode, startApp } from '../app';
import { listReplica } from '../replica-objects';
import { type Pod, type Scene, demand } from '../../engine';
import type { Database } from '../read-database';
import type { DataStage } from '../stage';

const gigabyte = 1e9;
const outageMilliseconds = 15_000;

/** A volume with a database in it, of content that cannot be compressed. */
async function fillVolume(stage: DataStage, { file, pod }: Database, bytes = gigabyte): Promise<PodFolders> {
  const folders = stage.newFolders();
  const path = fileOnNode(pod, file, folders);
  mkdirSync(dirname(path), { recursive: true });
  await stage.sqlite(
    path,
    'PRAGMA journal_mode = WAL',
    'PRAGMA synchronous = OFF',
    'CREATE TABLE ballast (id INTEGER PRIMARY KEY, content BLOB)',
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${Math.ceil(bytes / 8000)}) INSERT INTO ballast SELECT i, randomblob(8000) FROM n`,
  );
  const { uid = 0, gid = 0 } = pod.initContainers[0]?.user ?? {};
  chownSync(path, uid, gid);
  chmodSync(path, 0o644);
  return folders;
}

/** The newest transaction among Litestream's files, whose names are the first and the last one that they hold. */
const newestOf = (names: readonly string[]): bigint =>
  names
    .map((name) => BigInt(`0x${/-([0-9a-f]{16})\.ltx$/.exec(name)?.[1] ?? '0'}`))
    .reduce((a, b) => (a > b ? a : b), 0n);

/** Where Litestream writes down what it has read of a database. */
const notesOf = ({ file }: App): string => join(dirname(file), `.${basename(file)}-litestream`, 'ltx', '0');

/** Waits until Litestream has read a database again, which takes it longer where others want the processor. */
async function untilRead(app: App): Promise<void> {
  const known = newestOf(readNames(notesOf(app)));
  const begin = Date.now();
  // The file that it is writing now may have been begun before.
  while (newestOf(readNames(notesOf(app))) < known + 2n) {
    demand(Date.now() - begin < 60_000, 'Litestream has not read the database within a minute');
    await sleep(200);
  }
}

/** Waits until the replica has what Litestream has read of a database so far. */
async function untilCaughtUp(stage: DataStage, database: Database, app: App): Promise<string> {
  const notes = notesOf(app);
  const begin = Date.now();
  const elapsed = (): number => (Date.now() - begin) / 1000;
  let wanted = 0n;
  while (wanted === 0n || newestOf(await listReplica(stage, database)) < wanted) {
    demand(elapsed() < 180, 'the replica has not caught up within 3 minutes');
    await sleep(200);
    if (wanted === 0n) wanted = newestOf(readNames(notes));
  }
  return elapsed().toFixed(1);
}

/** The names in a folder, which Litestream makes as soon as it has opened the database. */
const readNames = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

async function restoreGigabyte(stage: DataStage): Promise<string> {
  const { database } = stage;
  const folders = await fillVolume(stage, database);
  const first = await startApp(stage, { folders, pauseSeconds: 0.01 });
  const size = statSync(first.file).size;
  demand(size >= gigabyte, `the database has only ${size} bytes`);
  const sent = await untilCaughtUp(stage, database, first);
  await first.stop();

  const restoring = Date.now();
  const app = await startApp(stage);
  const restored = ((Date.now() - restoring) / 1000).toFixed(1);
  demandIntact(app);
  demand(app.found.newest >= first.newest(), `${first.newest() - app.found.newest} rows lost`);

  // A pod that was restored begins with a whole copy.
  await untilCaughtUp(stage, database, app);
  await stage.proxy.set('refuse');
  await sleep(outageMilliseconds);
  const behind = app.newest();
  await untilRead(app);
  await stage.proxy.set('none');
  const caughtUp = await untilCaughtUp(stage, database, app);
  await app.kill();
  const next = await startApp(stage);
  demandIntact(next);
  demand(next.found.newest >= behind, `${behind - next.found.newest} rows of the outage are missing`);
  await next.kill();
  return `${(size / 1e9).toFixed(2)} GB, ${await limits(app.pod)}: first copy ${sent} s, pod started from it ${restored} s, caught up ${caughtUp} s after ${outageMilliseconds / 1000} s without a store`;
}

/** What Litestream may take while it does that, where the machine can see to it. */
async function limits({ initContainers }: Pod): Promise<string> {
  const [bytes = 0] = initContainers.flatMap(({ memoryLimit }) => memoryLimit ?? []);
  const group = bytes === 0 ? undefined : memoryGroup(bytes);
  if (group === undefined) return 'without a limit of memory, which this machine cannot set';
  await dissolve(group);
  return `with ${formatMemory(bytes)} for Litestream`;
}

/** The pod is told to stop while Litestream takes a snapshot: https://github.com/benbjohnson/litestream/issues/1397 */
async function stopInSnapshot(stage: DataStage): Promise<string> {
  const { database } = stage;
  const app = await startApp(stage, {
    folders: await fillVolume(stage, database, 300e6),
    pauseSeconds: 0.01,
  });
  const begin = Date.now();
  while (![...stage.proxy.underWay].some((path) => path.includes('/0009/'))) {
    demand(Date.now() - begin < 60_000, 'Litestream took no snapshot within a minute');
    await sleep(5);
  }
  const took = await app.stop();
  const next = await startApp(stage);
  demandIntact(next);
  demand(next.found.newest >= app.newest(), `${app.newest() - next.found.newest} rows lost`);
  await next.kill();
  return `stopped in ${took.toFixed(1)} s, 0 of ${app.newest()} rows lost`;
}

export const largeDatabase: readonly Scene<DataStage>[] = [
  {
    title: 'loses nothing when the pod stops while Litestream takes a snapshot',
    seconds: 60,
    play: stopInSnapshot,
  },
  { title: 'restores a database of 1 GB and catches up', seconds: 250, play: restoreGigabyte },
];
