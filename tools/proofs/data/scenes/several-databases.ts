import { setTimeout as sleep } from 'node:timers/promises';
import { readProgram } from '@home/command';
import { type Scene, demand } from '../../engine';
import { writer } from '../app';
import { asNew } from '../changed-pods';
import type { PodFolders } from '../container';
import { type StartedPod, killPod, startPod, stopPod } from '../kubelet';
import type { DataStage } from '../stage';
import { verify } from '../verification';
import { type Found, WriterLog } from '../writer-log';
import { demandLittleLost } from './ends-of-pods';

/** An app that writes into all of its databases at once. */
interface BusyApp {
  readonly started: StartedPod;
  readonly graceSeconds: number;
  /** What each of its databases' writers says. */
  readonly logs: readonly WriterLog[];
}

/** Starts the pod of the app with several databases, with a writer for each in the place of the app. */
async function startBusy(
  stage: DataStage,
  { first = false, drainSeconds = 0, folders = stage.newFolders() }: Start = {},
): Promise<BusyApp> {
  const [one] = stage.several;
  demand(one !== undefined, 'there is no app with several databases');
  const pod = first ? asNew(one.pod) : one.pod;
  const [app] = pod.containers;
  demand(app !== undefined, 'its pod has no container');
  const writers = stage.several.map(({ file }, index) => ({
    container: {
      ...app,
      name: `writer-${index}`,
      command: ['/bin/sh', '/writer.sh'],
      args: [],
      env: { DATABASE_FILE: file, DRAIN_SECONDS: String(drainSeconds), TABLES: tables[index] ?? '' },
    },
    log: new WriterLog(),
  }));
  const containers = writers.map(({ container }) => container);
  const onLine = (name: string, line: string): void =>
    writers.find(({ container }) => container.name === name)?.log.read(line);
  const started = await startPod(
    { ...pod, containers },
    folders,
    { ...stage.image, '/writer.sh': writer },
    onLine,
  );
  if ('refused' in started) throw new Error(`the pod does not start: ${started.refused}`);
  stage.remember(started);
  const logs = writers.map(({ log }) => log);
  for (let attempt = 0; logs.some(({ found }) => found === undefined); attempt++) {
    demand(attempt < 500, 'a writer did not start within 5 s');
    await sleep(10);
  }
  return { started, graceSeconds: pod.graceSeconds, logs };
}

interface Start {
  /** Without replicas. */
  readonly first?: boolean;
  readonly drainSeconds?: number;
  readonly folders?: PodFolders;
}

/** The tables that the replicas are known by. */
const tables = ['note', 'picture'];

/** What a pod found in each of the databases, beside what the pod before it had committed there. */
function pairsOf(before: BusyApp, after: BusyApp): readonly (readonly [WriterLog, Found])[] {
  return before.logs.map((log, index) => {
    const found = after.logs[index]?.found;
    demand(found?.integrity === 'ok', `database ${index} is damaged: ${found?.integrity}`);
    demand(found.rows === found.newest, `rows are missing in the middle of database ${index}`);
    demand(found.rows > 0, `database ${index} is empty`);
    return [log, found];
  });
}

function demandNothingLost(before: BusyApp, after: BusyApp): void {
  for (const [index, [{ newest }, found]] of pairsOf(before, after).entries())
    demand(newest <= found.newest, `${newest - found.newest} committed rows lost in database ${index}`);
}

const rowsOf = ({ logs }: BusyApp): string => logs.map(({ found }) => found?.rows).join(' and ');

async function restartSeveral(stage: DataStage): Promise<string> {
  let app = await startBusy(stage, { first: true });
  const rounds = stage.amount.short ? 2 : 6;
  for (let round = 1; round <= rounds; round++) {
    await sleep(1000 + Math.random() * 1500);
    await stopPod(app.started, app.graceSeconds);
    const last = app;
    app = await startBusy(stage, { drainSeconds: round % 3 });
    demandNothingLost(last, app);
  }
  for (const database of stage.several) {
    const { good, report } = await verify(stage, {}, database);
    demand(good, `${database.file} is not verified: ${report}`);
  }
  await killPod(app.started);
  return `${rounds} restarts, ${rowsOf(app)} rows, 0 lost, both verified`;
}

async function killSeveral(stage: DataStage): Promise<string> {
  let app = await startBusy(stage, { first: true });
  await sleep(3000);
  for (let round = 1; round <= (stage.amount.short ? 1 : 4); round++) {
    await sleep(1000 + Math.random() * 1500);
    await killPod(app.started);
    const [last, at] = [app, Date.now()];
    app = await startBusy(stage);
    for (const [log, found] of pairsOf(last, app)) demandLittleLost(stage, log, found, at);
  }
  await killPod(app.started);
  return `${rowsOf(app)} rows after kills, both sound`;
}

/** The store goes away before the pod is told to stop, and comes back with just enough time left for an upload. */
async function awayWhileSeveralStop(stage: DataStage, seconds: number): Promise<string> {
  const app = await startBusy(stage, { first: true });
  await sleep(2500);
  await stage.proxy.set('refuse');
  await sleep(1500);
  const heal = sleep(seconds * 1000).then(() => stage.proxy.set('none'));
  const [took] = await Promise.all([stopPod(app.started, app.graceSeconds), heal]);
  const next = await startBusy(stage);
  demandNothingLost(app, next);
  await killPod(next.started);
  return `away for ${seconds} s, stopped after ${Math.round(took)} s, ${rowsOf(next)} rows, 0 lost`;
}

/** One Litestream dies: the container ends, with what the others had to send, and Kubernetes starts it again. */
async function loseOneLitestream(stage: DataStage): Promise<string> {
  const app = await startBusy(stage, { first: true });
  await sleep(2000);
  const [sidecar] = app.started.sidecars;
  demand(sidecar?.pid !== undefined, 'the pod has no sidecar');
  const listed = await readProgram('ps', ['-eo', 'pid=,sid=,pgid=,comm=']);
  const inSidecar = listed
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , group, name]) => group === String(sidecar.pid) && name === 'litestream');
  demand(inSidecar.length === stage.several.length, `${inSidecar.length} Litestreams run: ${listed}`);
  process.kill(Number(inSidecar[0]?.[0]), 'SIGKILL');
  const ended = await Promise.race([sidecar.exit, sleep(20_000)]);
  demand(
    ended !== undefined && ended.code !== 0,
    'the container of Litestream did not end, or as if nothing had happened',
  );
  await killPod(app.started);
  return `the container ends with ${ended.code}`;
}

export const severalDatabases: readonly Scene<DataStage>[] = [
  {
    title: 'loses no committed row of an app with two databases when its pod is restarted',
    short: true,
    seconds: 60,
    play: restartSeveral,
  },
  {
    title: 'restores both databases of an app after its pod was killed',
    seconds: 40,
    play: killSeveral,
  },
  {
    title: 'loses no committed row of two databases with the store away for 25 s while their pod stops',
    seconds: 60,
    play: (stage) => awayWhileSeveralStop(stage, 25),
  },
  {
    title: 'ends the container of two Litestreams when one of them dies, so that Kubernetes starts both',
    seconds: 15,
    play: loseOneLitestream,
  },
];
