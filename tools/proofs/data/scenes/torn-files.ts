import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type AppSettings, demandIntact, startApp, untilReplicated } from '../app';
import { withBareRestore } from '../changed-pods';
import { Disproved, type Scene, demand, demandDisproved } from '../../engine';
import type { DataStage } from '../stage';

/** What a power cut may leave of a database's file. */
const tears: readonly { readonly called: string; readonly tear: (file: string) => void }[] = [
  {
    called: 'cut off in the middle',
    tear: (file) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096),
  },
  { called: 'zeroed in the middle', tear: (file) => overwrite(file, 4096 * 3, Buffer.alloc(4096 * 4)) },
  { called: 'with garbage in the middle', tear: (file) => overwrite(file, 4096 * 2, randomBytes(4096 * 3)) },
  { called: 'without its header', tear: (file) => overwrite(file, 0, Buffer.alloc(4096)) },
  { called: 'empty', tear: (file) => truncateSync(file, 0) },
  {
    called: 'gone, with its log still there',
    tear: (file) => rmSync(file),
  },
];

function overwrite(file: string, position: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, position);
  closeSync(handle);
}

/** Kills everything, tears the file while everything is off, and starts the pod again with the volume it had. */
async function tearAndStart(
  stage: DataStage,
  tear: (file: string) => void | Promise<void>,
  change?: AppSettings['change'],
): Promise<App> {
  const app = await startApp(stage, { first: true });
  await untilReplicated(stage);
  await sleep(2500);
  const settled = app.newest();
  await sleep(2000);
  await app.kill();
  await tear(app.file);
  const next = await startApp(stage, { folders: app.folders, change }).catch((cause: unknown) => {
    // The app itself may fail on a file that is no database.
    throw new Disproved(`the app did not start: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  demandIntact(next);
  demand(next.found.newest >= settled, `${settled - next.found.newest} rows lost that were long replicated`);
  return next;
}

async function tearEveryWay(stage: DataStage, few: boolean): Promise<string> {
  const played = few ? tears.slice(0, 2) : tears;
  for (const { called, tear } of played) {
    await stage.reset();
    try {
      const app = await tearAndStart(stage, tear);
      await app.kill();
    } catch (cause) {
      throw new Error(`A file ${called}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }
  return `restored after a file was ${played.map(({ called }) => called).join('; ')}`;
}

/**
 * Leaves the log of another state beside a database: SQLite takes whatever log lies there for the database's own, and
 * writes its pages into the file.
 */
async function leaveForeignLog(stage: DataStage, file: string): Promise<void> {
  const other = join(stage.newFolders().base, 'other.db');
  rmSync(`${file}-shm`, { force: true });
  await stage.sqlite(
    other,
    'CREATE TABLE other AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT i, hex(randomblob(50)) AS pad FROM n',
  );
  await stage.sqlite(
    other,
    'PRAGMA journal_mode = WAL',
    'PRAGMA wal_autocheckpoint = 0',
    'UPDATE other SET pad = hex(randomblob(50)) WHERE i < 400',
    `.shell cat '${other}-wal' > '${file}-wal'`,
  );
}

async function tearBesideForeignLog(stage: DataStage, tear: (file: string) => void): Promise<string> {
  const app = await tearAndStart(stage, async (file) => {
    tear(file);
    await leaveForeignLog(stage, file);
  });
  await app.kill();
  return `${app.found.rows} rows restored, and nothing of the log`;
}

/** Litestream's own notes are torn, the database is not. */
async function tearNotes(stage: DataStage): Promise<string> {
  const app = await startApp(stage, { first: true });
  await untilReplicated(stage);
  await sleep(2000);
  await app.kill();
  const notes = join(dirname(app.file), `.${basename(app.file)}-litestream`, 'ltx', '0');
  demand(existsSync(notes), `Litestream keeps its notes elsewhere than in ${notes}`);
  for (const name of readdirSync(notes)) writeFileSync(join(notes, name), '');
  const next = await startApp(stage, { folders: app.folders });
  demand(next.found.newest >= app.newest(), `${app.newest() - next.found.newest} rows lost`);
  await sleep(1500);
  await next.stop();
  const elsewhere = await startApp(stage);
  demandIntact(elsewhere);
  demand(
    elsewhere.found.newest >= next.newest(),
    `${next.newest() - elsewhere.found.newest} rows were never replicated`,
  );
  await elsewhere.kill();
  return 'replicated everything with its own notes emptied';
}

export const tornFiles: readonly Scene<DataStage>[] = [
  {
    title: 'sets a database aside that was torn while everything was off, and restores its replica',
    short: true,
    seconds: 75,
    play: (stage) => tearEveryWay(stage, stage.amount.short),
  },
  {
    title: 'writes nothing of the log of a torn database into the one that it restores',
    seconds: 15,
    play: (stage) => tearBesideForeignLog(stage, (file) => overwrite(file, 4096 * 2, randomBytes(4096 * 3))),
  },
  {
    title: 'writes nothing of the log of a lost database into the one that it restores',
    seconds: 15,
    play: (stage) => tearBesideForeignLog(stage, (file) => rmSync(file)),
  },
  {
    title: 'goes on from the right place when Litestream’s own notes were torn',
    seconds: 15,
    play: tearNotes,
  },
  {
    title: 'would start on a damaged database without the check of an existing file',
    short: true,
    seconds: 12,
    play: (stage) => {
      const tear = (file: string) => overwrite(file, 4096 * 2, randomBytes(4096 * 3));
      return demandDisproved(() => tearAndStart(stage, tear, withBareRestore));
    },
  },
];
