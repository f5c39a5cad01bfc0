import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { unlessTold } from '../alerts';
import { type App, demandReplicated, startApp, untilReplicated } from '../app';
import { withBareLitestream, withSidecarSettings } from '../changed-pods';
import { demand, demandDisproved, type Pod, type Scene } from '../../engine';
import type { DataStage } from '../stage';
import { demandStillRuns } from './reports';

/** An hour of two looks; between them Litestream has the time for a report. */
const shortHour = (pod: Pod): Pod => withSidecarSettings(pod, { LOOK_SECONDS: '17', BEHIND_LOOKS: '2' });

/** How Litestream stops replicating without an error. */
interface Freeze {
  readonly called: string;
  readonly freeze: (stage: DataStage, app: App) => Promise<void> | void;
  readonly thaw: (stage: DataStage) => Promise<void> | void;
}

const forgetful: Freeze = {
  called: 'the store keeps nothing of what it takes',
  freeze: ({ proxy }) => proxy.set('forget'),
  thaw: ({ proxy }) => proxy.set('none'),
};

/** It is started anew, and so thaws by itself. */
const blind: Freeze = {
  called: 'Litestream reads nothing any more',
  freeze: (_, app) => void process.kill(litestreamOf(app), 'SIGSTOP'),
  thaw: () => undefined,
};

/** The process of Litestream beneath the script that looks after it. */
function litestreamOf({ started }: App): number {
  const [sidecar] = started.sidecars;
  const children = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === sidecar?.pid);
  const pid = children.find((one) => readFileSync(`/proc/${one}/comm`, 'utf8').trim() === 'litestream');
  demand(pid !== undefined, 'Litestream does not run');
  return Number(pid);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined; // it has ended
  }
}

/** Replication freezes while every upload seems to succeed. */
async function reportStale(stage: DataStage, { freeze, thaw }: Freeze, change = shortHour): Promise<string> {
  const app = await startApp(stage, { first: true, pauseSeconds: 0.02, change });
  await untilReplicated(stage);
  await sleep(20_000);
  await freeze(stage, app);
  const frozen = Date.now();
  const failed = await untilHeard(stage, 'fail', frozen);
  await thaw(stage);
  const good = await untilHeard(stage, '', failed);
  demandStillRuns(app);
  await app.stop();
  await demandReplicated(stage, app);
  return `reported after ${seconds(failed - frozen)} s, and well again after ${seconds(good - failed)} s; 0 lost`;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(0);

/** Waits for a signal of the check of replication, and says when it came. */
async function untilHeard({ healthchecks }: DataStage, wanted: string, since: number): Promise<number> {
  const begin = Date.now();
  for (;;) {
    const ping = healthchecks.pings.find(
      ({ check, signal, at }) => check.endsWith('-litestream-replicate') && signal === wanted && at > since,
    );
    if (ping !== undefined) return ping.at;
    demand(Date.now() - begin < 120_000, `it does not report ${wanted || 'success'} within 2 minutes`);
    await sleep(200);
  }
}

/** An app that writes once, takes a large change back, and is quiet while Litestream does its own work. */
async function keepQuiet(stage: DataStage): Promise<string> {
  const begin = Date.now();
  const app = await startApp(stage, { first: true, pauseSeconds: 3600, change: shortHour });
  await untilReplicated(stage);
  await sleep(5000);
  // More than SQLite keeps in memory: it is written into the log, and undone.
  await stage.sqlite(
    app.file,
    'PRAGMA cache_size = 10',
    'BEGIN',
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO rows (pad) SELECT hex(randomblob(500)) FROM n',
    'ROLLBACK',
  );
  await sleep(75_000);
  await stage.proxy.set('refuse');
  await sleep(40_000);
  await stage.proxy.set('none');
  await sleep(20_000);
  const failures = stage.healthchecks.pings.filter(({ signal, at }) => signal === 'fail' && at > begin);
  demand(failures.length === 0, 'a quiet app is reported as stale');
  await app.kill();
  return `no alarm in ${seconds(Date.now() - begin)} s, 40 s of them without a store`;
}

export const staleReplicas: readonly Scene<DataStage>[] = [
  ...[forgetful, blind].map((freeze): Scene<DataStage> => ({
    title: `reports a failure when ${freeze.called}`,
    seconds: 150,
    impossible: unlessTold('success', 'failure'),
    play: (stage) => reportStale(stage, freeze),
  })),
  {
    title: 'raises no alarm for a quiet app, and none for a store that is away meanwhile',
    seconds: 120,
    impossible: unlessTold('failure'),
    play: keepQuiet,
  },
  {
    title: 'would report success there without the script around Litestream',
    seconds: 150,
    impossible: unlessTold('success', 'failure'),
    play: (stage) => demandDisproved(() => reportStale(stage, forgetful, withBareLitestream)),
  },
];
