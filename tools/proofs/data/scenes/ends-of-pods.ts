import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type App,
  type AppSettings,
  demandIntact,
  demandNothingLost,
  demandReplicated,
  startApp,
  untilReplicated,
} from '../app';
import { withBareLitestream, withOrdinaryContainer } from '../changed-pods';
import { demand, demandDisproved, type Scene } from '../../engine';
import type { Database } from '../read-database';
import type { DataStage } from '../stage';
import type { Found, WriterLog } from '../writer-log';
import { secondsOf } from '@home/home';
import { parse } from 'yaml';

/** How long a pod lives before it is told to stop. */
const longLife = (): number => 1000 + Math.random() * 1500;

/** Litestream opens the database about half a second after it has started. */
const shortLife = (): number => Math.random() * 800;

/**
 * Restarts an app again and again, each time as a new pod with nothing but the replica, while it commits rows as fast
 * as it can.
 */
async function restartGracefully(
  stage: DataStage,
  rounds: number,
  settings: AppSettings,
  lifeMilliseconds = longLife,
): Promise<string> {
  let app = await startApp(stage, { ...settings, first: true });
  let rows = 0;
  for (let round = 1; round <= rounds; round++) {
    await sleep(lifeMilliseconds());
    await app.stop();
    const last = app;
    app = await startApp(stage, settings);
    demandNothingLost(last, app);
    rows = app.found.rows;
  }
  await app.kill();
  return `${rounds} restarts, ${rows} rows committed, 0 lost`;
}

const half = (rounds: number): number => Math.max(1, Math.ceil(rounds / 2));

/** Every kind of app of the home has its turn: root's databases and those of another user. */
const owned = (stage: DataStage): Database =>
  stage.databases.find(({ pod }) => pod.fsGroup !== undefined) ?? stage.database;

export const gracefulRestarts: readonly Scene<DataStage>[] = [
  {
    title: 'loses no committed row when pods are restarted',
    short: true,
    seconds: 150,
    play: (stage) => restartGracefully(stage, half(stage.amount.gracefulRounds), {}),
  },
  {
    title: 'loses no committed row when the app keeps writing for 5 s after SIGTERM',
    short: true,
    seconds: 240,
    play: (stage) =>
      restartGracefully(stage, half(stage.amount.gracefulRounds), {
        drainSeconds: 5,
        database: owned(stage),
      }),
  },
  {
    title: 'loses no committed row when pods are stopped while Litestream opens the database',
    seconds: 140,
    play: (stage) => restartGracefully(stage, stage.amount.gracefulRounds, {}, shortLife),
  },
  {
    title: 'would lose rows there with Litestream as an ordinary second container',
    short: true,
    seconds: 18,
    play: (stage) =>
      demandDisproved(() => restartGracefully(stage, 3, { drainSeconds: 5, change: withOrdinaryContainer })),
  },
];

/** What a busy machine adds: to reading what is new, and to the writer's hearing of its commit. Here everything else writes too. */
const slackMilliseconds = 1500;

/** A write waits for the next look at the database and then for the next upload; both intervals are generated. */
function intervalsOf({ config }: Database): number {
  const { dbs } = parse(config) as {
    dbs: [{ 'monitor-interval': string; replica: { 'sync-interval': string } }];
  };
  const [{ 'monitor-interval': look, replica }] = dbs;
  return 1000 * ((secondsOf(look) ?? 0) + (secondsOf(replica['sync-interval']) ?? 0));
}

/** Kills everything at a random moment, again and again; each new pod has nothing but the replica. */
async function killAgainAndAgain(stage: DataStage, rounds: number): Promise<string> {
  let app = await startApp(stage, { first: true });
  await untilReplicated(stage);
  const intervals = intervalsOf(stage.database);
  const losses: Loss[] = [];
  for (let round = 1; round <= rounds; round++) {
    await sleep(Math.random() * 4000);
    await app.kill();
    const killed = { app, at: Date.now() };
    app = await startApp(stage);
    demandIntact(app);
    losses.push(demandLittleLost(stage, killed.app.log, app.found, killed.at));
  }
  await sleep(500);
  await app.stop();
  await demandReplicated(stage, app);
  const most = (of: 'rows' | 'milliseconds' | 'upload'): number =>
    Math.max(0, ...losses.map((loss) => loss[of]));
  return `${rounds} kills, at most ${most('rows')} rows of the last ${most('milliseconds')} ms lost; intervals ${intervals} ms, uploads up to ${most('upload')} ms`;
}

/** What a kill cost: the rows, since when they were committed, and how long an upload took of late. */
interface Loss {
  readonly rows: number;
  readonly milliseconds: number;
  readonly upload: number;
}

/** Demands that a kill cost no more than what Litestream had neither looked at nor sent yet. */
export function demandLittleLost(stage: DataStage, killed: WriterLog, found: Found, killedAt: number): Loss {
  const rows = Math.max(0, killed.newest - found.newest);
  const firstLost = killed.committedAt(found.newest + 1);
  const milliseconds = rows === 0 || firstLost === undefined ? 0 : killedAt - firstLost;
  const upload = Math.max(0, ...stage.proxy.uploads.slice(-20).map((one) => one.milliseconds));
  demand(
    milliseconds <= intervalsOf(stage.database) + upload + slackMilliseconds,
    `what was committed in the last ${milliseconds} ms was lost: ${rows} rows; an upload took ${upload} ms`,
  );
  return { rows, milliseconds, upload };
}

/** Kills everything, and starts the pod again with the volume it had, as after a reboot. */
async function killAndKeepVolume(stage: DataStage, rounds: number): Promise<string> {
  let app = await startApp(stage, { first: true });
  for (let round = 1; round <= rounds; round++) {
    await sleep(Math.random() * 3000);
    await app.kill();
    const next = await startApp(stage, { folders: app.folders });
    demandNothingLost(app, next);
    app = next;
  }
  await sleep(1500);
  await app.stop();
  const elsewhere = await demandReplicated(stage, app);
  return `${rounds} kills, ${elsewhere.found.rows} rows, 0 lost, and the replica has them all`;
}

/**
 * Litestream alone is killed, as for want of memory, and started again by the kubelet when SQLite has just begun its log
 * anew: what was in the old one and not read yet is in the database's file alone.
 */
async function killSidecar(stage: DataStage, change?: AppSettings['change']): Promise<string> {
  const app = await startApp(stage, { first: true, pauseSeconds: 0.005, change });
  await untilReplicated(stage);
  const rounds = 3;
  for (let round = 1; round <= rounds; round++) {
    await until(() => logOf(app).frames > 600, 'SQLite’s log did not grow');
    await app.restartSidecar(stage, async () => {
      const { salt } = logOf(app);
      await until(() => logOf(app).salt !== salt, 'SQLite did not begin its log anew');
    });
    await sleep(3000);
  }
  await app.stop();
  demand(app.log.errors.length === 0, `the app saw ${app.log.errors.length} errors: ${app.log.errors[0]}`);
  const elsewhere = await demandReplicated(stage, app);
  return `${rounds} kills, ${elsewhere.found.rows} rows, 0 lost`;
}

/** How many frames SQLite's log has, and what tells it from the one before: https://www.sqlite.org/walformat.html#the_wal_index_header */
function logOf({ file }: App): { readonly frames: number; readonly salt: string } {
  const index = readFileSync(`${file}-shm`).subarray(0, 48);
  return { frames: index.readUInt32LE(16), salt: index.toString('hex', 32, 40) };
}

/**
 * Waits until something holds, for up to a minute.
 *
 * @param otherwise what is said when it does not
 */
export async function until(holds: () => boolean, otherwise: string): Promise<void> {
  const begin = Date.now();
  while (!holds()) {
    demand(Date.now() - begin < 60_000, `${otherwise} within a minute`);
    await sleep(20);
  }
}

export const hardStops: readonly Scene<DataStage>[] = [
  {
    title: 'loses at most the last sync interval and one upload when everything is killed',
    short: true,
    seconds: 110,
    play: (stage) => killAgainAndAgain(stage, Math.ceil(stage.amount.hardRounds / 2)),
  },
  {
    title: 'loses nothing when everything is killed and the volume survives',
    short: true,
    seconds: 60,
    play: (stage) => killAndKeepVolume(stage, Math.floor(stage.amount.hardRounds / 2)),
  },
  {
    title: 'loses nothing when Litestream alone is killed and started again beside the app',
    short: true,
    seconds: 45,
    play: (stage) => killSidecar(stage),
  },
  {
    title: 'would lose rows in the middle there without the script around Litestream',
    seconds: 45,
    play: (stage) => demandDisproved(() => killSidecar(stage, withBareLitestream)),
  },
];
