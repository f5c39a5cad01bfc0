import { createHash, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type App,
  type AppSettings,
  demandNothingLost,
  demandRefused,
  Refused,
  startApp,
  startUnlessRefused,
  untilReplicated,
} from '../app';
import { getObject, listReplica, putObject } from '../replica-objects';
import { demand, demandDisproved, type Scene, startProgram } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBareRestore } from '../changed-pods';

/** What a pod finds in its database, as a fingerprint; nothing when it does not start. */
async function restoredContent(stage: DataStage, newest: number): Promise<string | undefined> {
  const app = await startUnlessRefused(stage, { pauseSeconds: 60 });
  if (app instanceof Refused) return undefined;
  await app.kill();
  // The pod itself may have written a row since.
  const content = await stage.sqlite(app.file, `SELECT id, at, pad FROM rows WHERE id <= ${newest}`);
  return createHash('sha256').update(content).digest('hex');
}

/** Flips one byte after the other, at random places of what a restore reads. */
async function flipBytes(stage: DataStage, count: number): Promise<string> {
  const { database } = stage;
  const app = await startApp(stage, { first: true, pauseSeconds: 0.02 });
  await sleep(6000);
  await app.stop();
  const expected = await restoredContent(stage, app.newest());
  demand(expected !== undefined, 'the sound replica cannot be restored');
  const sound = await verify(stage);
  demand(sound.good, `verify reports a sound replica as bad: ${sound.report}`);
  const keys = await listReplica(stage, database);
  const tally = { refused: 0, reported: 0, harmless: 0 };
  for (let flip = 0; flip < count; flip++) {
    const key = keys[randomInt(keys.length)] ?? '';
    const content = await getObject(stage, key);
    const broken = Buffer.from(content);
    const place = randomInt(broken.length);
    broken[place] = (broken[place] ?? 0) ^ (1 << randomInt(8));
    await putObject(stage, key, broken);
    // Every fifth time a pod starts on it; verify looks each time.
    const { good, report } = await verify(stage);
    const restored = flip % 5 === 0 ? await restoredContent(stage, app.newest()) : undefined;
    demand(
      !good || restored === undefined || restored === expected,
      `byte ${place} of ${key} was flipped and nobody noticed: ${report}`,
    );
    if (!good) tally.reported++;
    else tally.harmless++;
    if (flip % 5 === 0 && restored === undefined) tally.refused++;
    await putObject(stage, key, content);
  }
  return `${count} flips: ${tally.reported} reported, ${tally.harmless} where a restore does not look or finds the same; pods refused ${tally.refused} of ${Math.ceil(count / 5)}`;
}

export const damagedReplicas: readonly Scene<DataStage>[] = [
  {
    title: 'never silently starts an app on a replica with a flipped byte',
    short: true,
    seconds: 140,
    play: (stage) => flipBytes(stage, stage.amount.short ? 5 : 50),
  },
];

const rows = 500;

/** Replicates a database with the Litestream of before: version 0.3, with its own layout of a replica. */
async function replicateFormerly(stage: DataStage): Promise<void> {
  const { bucket, path, endpoint, region, verification } = stage.database;
  const folder = join(stage.newFolders().base, 'former');
  mkdirSync(folder);
  const file = join(folder, 'app.db');
  const tables = (verification.containers[0]?.env['EXPECTED_TABLES'] ?? '').split(' ').filter(Boolean);
  await stage.sqlite(
    file,
    'PRAGMA journal_mode = WAL',
    ...tables.map((table) => `CREATE TABLE "${table}" (id INTEGER PRIMARY KEY)`),
    'CREATE TABLE rows (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, pad TEXT)',
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) INSERT INTO rows SELECT i, 0, 'x' FROM n`,
  );
  const store = { type: 's3', endpoint, ...(region !== '' && { region }), 'force-path-style': true };
  const replica = { ...store, bucket, path, 'sync-interval': '200ms' };
  const config = join(folder, 'litestream.yml');
  writeFileSync(config, JSON.stringify({ dbs: [{ path: file, replicas: [replica] }] }));
  const former = startProgram([stage.programs.litestream03 ?? '', 'replicate', '-config', config], {
    env: {
      LITESTREAM_ACCESS_KEY_ID: stage.s3.keys.id,
      LITESTREAM_SECRET_ACCESS_KEY: stage.s3.keys.secret,
      HOME: folder,
    },
  });
  await sleep(3000);
  await former.stop();
}

async function takeOver(stage: DataStage): Promise<string> {
  await replicateFormerly(stage);
  const sound = await verify(stage);
  demand(sound.good, `verify reports the replica of 0.3 as bad: ${sound.report}`);
  const app = await startApp(stage);
  demand(app.found.newest === rows, `${app.found.newest} of ${rows} rows were restored`);
  await sleep(2500);
  await app.stop();
  const next = await startApp(stage);
  demandNothingLost(app, next);
  await next.stop();

  await sleep(1500);
  await replicateFormerly(stage);
  const { good, report } = await verify(stage);
  demand(!good && report.includes('Litestream 0.3'), `verify does not notice an old pod: ${report}`);
  await demandRefused(stage, /Litestream 0\.3/);
  return `${rows} rows taken over, ${next.found.newest} rows later; an old pod that writes afterwards is noticed`;
}

export const formerReplicas: readonly Scene<DataStage>[] = [
  {
    title: 'takes over a replica that Litestream 0.3 wrote',
    seconds: 28,
    impossible: ({ programs }) =>
      programs.litestream03 === undefined ? 'Litestream 0.3 could not be built' : undefined,
    play: takeOver,
  },
];

/** A second pod comes up while the first one writes: it waits until the other has ended. */
async function refuseSecondWriter(stage: DataStage, settings: AppSettings = {}): Promise<string> {
  const first = await startApp(stage, { first: true, ...settings });
  await untilReplicated(stage);
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

/** How long an app that was quiet until then still writes after SIGTERM: longer than the next pod looks around. */
const lateSeconds = 9;

/**
 * An app gets another name and keeps its replica: its old pod and the new one are two objects of one apply.
 *
 * @param order how the new pod starts while the old one stops
 */
async function rename(
  stage: DataStage,
  order: (stop: () => Promise<number>, start: () => Promise<App>) => Promise<App>,
): Promise<string> {
  let lost = 0;
  for (let round = 0; round < lateRounds; round++) {
    await stage.reset();
    const former = await startApp(stage, { first: true, pauseSeconds: lateSeconds + 2 });
    await sleep(2000);
    const next = await order(
      () => former.stop(),
      () => startApp(stage, { pauseSeconds: 1 }),
    );
    demand(former.newest() === 2, 'the old pod wrote no late row');
    lost += former.newest() - next.found.newest;
    await next.kill();
  }
  demand(lost === 0, `${lost} of ${lateRounds} late rows lost`);
  return `${lateRounds} renames, each with a row ${lateSeconds} s after SIGTERM: 0 lost`;
}

const lateRounds = 3;

export const renames: readonly Scene<DataStage>[] = [
  {
    title: 'loses no late row of a renamed app whose old pod has ended before the new one starts',
    short: true,
    seconds: 55,
    play: (stage) =>
      rename(stage, async (stop, start) => {
        await stop();
        return start();
      }),
  },
  {
    title: 'would lose late rows of a renamed app in one apply, whose pods overlap',
    seconds: 45,
    play: (stage) =>
      demandDisproved(() =>
        rename(stage, async (stop, start) => {
          const [next] = await Promise.all([start(), stop()]);
          return next;
        }),
      ),
  },
];

export const twoWriters: readonly Scene<DataStage>[] = [
  {
    title: 'does not start a second writer beside one that writes',
    short: true,
    seconds: 12,
    play: (stage) => refuseSecondWriter(stage),
  },
  {
    title: 'does not start a second writer beside one that writes every two seconds',
    seconds: 14,
    play: (stage) => refuseSecondWriter(stage, { pauseSeconds: 2 }),
  },
  { title: 'notices what two writers on one path leave behind', seconds: 25, play: noticeTwoWriters },
];
