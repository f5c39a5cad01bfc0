import { setTimeout as sleep } from 'node:timers/promises';
import { type Event, signals, told, unlessTold } from '../alerts';
import { type App, startApp, untilReplicated, writeAndStop } from '../app';
import { demand, type Scene } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';

/** Whatever the home has for alerts: the script that verifies is the same. */
async function judge(stage: DataStage): Promise<string> {
  await writeAndStop(stage);
  const sound = await verify(stage);
  demand(sound.good, `a sound replica is reported as bad: ${sound.report}`);
  const other = await verify(stage, { EXPECTED_TABLES: 'no_such_table' });
  demand(!other.good && other.report.includes('no_such_table'), 'a missing table is not noticed');
  const empty = await verify(stage, { TABLES_WITH_ROWS: '_litestream_lock' });
  demand(
    !empty.good && empty.report.includes('has no rows'),
    `an empty table is not noticed: ${empty.report}`,
  );
  const fresh = await verify(stage, { WRITTEN_WITHIN_DAYS: '1' });
  demand(fresh.good, `a write of this minute is reported as old: ${fresh.report}`);
  const stale = await verify(stage, { WRITTEN_WITHIN_DAYS: '0' });
  demand(!stale.good && stale.report.includes('nothing was written'), 'a stale replica is not noticed');

  const addresses = {
    PING_START: '',
    PING_SUCCESS: stage.healthchecks.url('push?status=up&check={check}&msg={message}'),
    PING_FAILURE: stage.healthchecks.url('push?status=down&check={check}&msg={message}'),
    PING_CHECK: 'notes',
  };
  const heard = (): string[] => stage.healthchecks.pings.splice(0).map(({ check }) => check);
  heard();
  await verify(stage, addresses);
  await verify(stage, { ...addresses, EXPECTED_TABLES: 'no_such_table' });
  const [success = '', failure = '', ...more] = heard();
  demand(
    success === 'push?status=up&check=notes&msg=the%20replica%20is%20good',
    `an address with a query hears ${success}`,
  );
  demand(
    /^push\?status=down&check=notes&msg=FAILED%3A%20there%20is%20no%20table%20no_such_table[\w%.~!*'()-]*$/.test(
      failure,
    ),
    `an address with a query hears ${failure}`,
  );
  demand(more.length === 0, 'an address that is left out is told something');

  stage.healthchecks.failures = 2;
  const retried = await verify(stage, addresses);
  demand(retried.good, `a report that fails twice is not tried again: ${retried.report}`);
  const silent = await verify(stage, { ...addresses, PING_SUCCESS: 'http://127.0.0.1:1/nobody' });
  demand(!silent.good, 'the job ends well although nobody heard its report');
  return 'good, bad, retried and unheard reports, and addresses with a query';
}

/** Those whom the home's facts name hear of it, as the generated job tells them. */
async function reportBothWays(stage: DataStage): Promise<string> {
  await writeAndStop(stage);
  const demandHeard = async (settings: Readonly<Record<string, string>>, ...events: readonly Event[]) => {
    stage.healthchecks.pings.splice(0);
    const { report } = await verify(stage, settings);
    const heard = stage.healthchecks.pings.map(({ signal }) => signal);
    const expected = events
      .filter((event) => told.verification.includes(event))
      .map((event) => signals[event]);
    demand(heard.join() === expected.join(), `"${heard.join()}" was reported: ${report}`);
  };
  await demandHeard({}, 'start', 'success');
  await demandHeard({ EXPECTED_TABLES: 'no_such_table' }, 'start', 'failure');
  return told.verification.join(', ');
}

/** A database that was replicated although it is corrupt: sqlite3 itself ends with 0 on it. */
async function noticeCorruption(stage: DataStage): Promise<string> {
  const app = await startApp(stage, { first: true, pauseSeconds: 0.05 });
  await sleep(2500);
  // The index no longer knows what the table holds.
  await stage.sqlite(
    app.file,
    'CREATE TABLE corrupt (a); CREATE INDEX corrupt_a ON corrupt (a); INSERT INTO corrupt VALUES (1), (2)',
  );
  await stage.sqlite(
    app.file,
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'rows') WHERE name = 'corrupt'",
  );
  await sleep(1500);
  await app.kill();
  const { good, report } = await verify(stage);
  demand(!good && /integrity_check|cannot be restored/.test(report), `a corrupt database passes: ${report}`);
  return report.split('\n').find((line) => line.startsWith('FAILED')) ?? '';
}

export const verification: readonly Scene<DataStage>[] = [
  {
    title: 'verifies a sound replica, notices what is wrong with another, and sees to it that it is heard',
    short: true,
    seconds: 15,
    play: judge,
  },
  {
    title: 'tells those whom the home names how the verification went',
    short: true,
    seconds: 8,
    impossible: () => (told.verification.length === 0 ? 'nobody is to hear of it in this home' : undefined),
    play: reportBothWays,
  },
  { title: 'does not pass a corrupt database', short: true, seconds: 8, play: noticeCorruption },
];

/** Litestream looks every 15 s whether it has something to report. */
const longestSilence = 20_000;

/** A pod that cannot send what its app writes reports nothing, and reports as soon as it can. */
async function reportReplication(stage: DataStage): Promise<string> {
  const first = await startApp(stage, { first: true, pauseSeconds: 0.02 });
  await untilReplicated(stage);
  await first.stop();
  const heard = (since: number): boolean =>
    stage.healthchecks.pings.some(({ check, at }) => check.endsWith('-litestream-replicate') && at > since);

  await stage.proxy.set('refuse');
  const begin = Date.now();
  const app = await startApp(stage, { folders: first.folders, pauseSeconds: 0.02 });
  await sleep(longestSilence);
  demand(!heard(begin), 'it reports success while nothing can be sent');
  await stage.proxy.set('none');
  const healed = Date.now();
  while (!heard(healed)) {
    demand(Date.now() - healed < 2 * longestSilence, 'it reports nothing although everything was sent');
    await sleep(200);
  }
  demandStillRuns(app);
  await app.kill();
  return `silent for ${longestSilence / 1000} s without a store, reported ${((Date.now() - healed) / 1000).toFixed(0)} s after it was back`;
}

/** Nothing restarts Litestream because the store is away: no probe does, and it does not end by itself. */
export function demandStillRuns({ started, pod }: App): void {
  for (const { name, ended } of started.sidecars)
    demand(ended() === undefined, `${name} of ${pod.workload} ended`);
}

export const heartbeats: readonly Scene<DataStage>[] = [
  {
    title: 'reports success only while replication works',
    seconds: 45,
    impossible: unlessTold('success'),
    play: reportReplication,
  },
];
