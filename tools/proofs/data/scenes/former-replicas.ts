import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demandNothingLost, demandRefused, startApp } from '../app';
import { type Scene, demand, startProgram } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';

const rows = 500;

/** Replicates a database with the Litestream of before: version 0.3, with its own layout of a replica. */
async function replicateFormerly(stage: DataStage): Promise<void> {
  const { bucket, path, endpoint, verification } = stage.database;
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
  const replica = { type: 's3', bucket, path, endpoint, 'force-path-style': true, 'sync-interval': '200ms' };
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
