import { setTimeout as sleep } from 'node:timers/promises';
import {
  type App,
  type AppSettings,
  demandNothingLost,
  demandReplicated,
  startApp,
  untilReplicated,
} from '../app';
import { withBareLitestream, withoutTimeouts } from '../changed-pods';
import type { Fault } from '../faulty-proxy';
import { demand, demandDisproved, type Scene } from '../../engine';
import type { DataStage } from '../stage';
import { until } from './ends-of-pods';
import { verify } from '../verification';

const faults: readonly { readonly fault: Fault; readonly called: string }[] = [
  { fault: 'refuse', called: 'refuses connections' },
  { fault: 'hang', called: 'takes connections and does not answer' },
  { fault: 'error', called: 'answers 500' },
  { fault: 'full', called: 'is full' },
  { fault: 'drop', called: 'drops connections in the middle' },
];

/** The store fails while the app writes: the app must not notice, and all of it must be replicated afterwards. */
async function failWhileWriting(stage: DataStage, fault: Fault): Promise<string> {
  const app = await startApp(stage, { first: true });
  await untilReplicated(stage);
  const before = app.newest();
  await stage.proxy.set(fault);
  await sleep(6000);
  const during = app.newest() - before;
  await stage.proxy.set('none');
  const healed = Date.now();
  const caughtUp = await untilUploaded(stage, healed);
  await app.stop();
  demand(during > 100, `the app wrote only ${during} rows while the store failed`);
  demandUnharmed(app);
  await demandReplicated(stage, app);
  return `${during} rows written meanwhile, uploads again after ${caughtUp} ms, 0 lost`;
}

function demandUnharmed({ log: { errors } }: App): void {
  demand(errors.length === 0, `the app saw ${errors.length} errors: ${errors[0]}`);
}

/** Waits until something was uploaded, and says how many milliseconds that took. */
export async function untilUploaded(stage: DataStage, since: number, seconds = 60): Promise<number> {
  while (Date.now() - since < seconds * 1000) {
    const upload = stage.proxy.uploads.findLast(({ complete }) => complete);
    if (upload !== undefined && upload.at > since) return upload.at - since;
    await sleep(50);
  }
  demand(false, `nothing was uploaded within ${seconds} s`);
}

/**
 * The store fails from the moment the pod is told to stop, and comes back after so many seconds.
 *
 * @param graceSeconds what the pod is granted, where that is not what it asks for
 */
export async function failWhileStopping(
  stage: DataStage,
  fault: Fault,
  seconds: number,
  { graceSeconds, ...settings }: AppSettings & { readonly graceSeconds?: number } = {},
): Promise<string> {
  const app = await startApp(stage, { first: true, ...settings });
  await sleep(2500);
  await stage.proxy.set(fault);
  await sleep(1500);
  const heal = sleep(seconds * 1000).then(() => stage.proxy.set('none'));
  const [took] = await Promise.all([app.stop(graceSeconds), heal]);
  demandUnharmed(app);
  await demandReplicated(stage, app);
  return `away for ${seconds} s, stopped after ${Math.round(took)} s, 0 lost`;
}

/** The store was away when the pod came back after a reboot, and is still away when it is told to stop. */
async function awayFromTheStart(stage: DataStage, change?: AppSettings['change']): Promise<string> {
  const first = await startApp(stage, { first: true });
  await untilReplicated(stage);
  await first.stop();
  await stage.proxy.set('refuse');
  const app = await startApp(stage, { folders: first.folders, change });
  demandNothingLost(first, app);
  await sleep(3000);
  const heal = sleep(8000).then(() => stage.proxy.set('none'));
  await Promise.all([app.stop(), heal]);
  await demandReplicated(stage, app);
  return `${app.newest() - app.found.newest} rows written without a store, 0 lost`;
}

/**
 * A slow store keeps what a killed Litestream had begun to send only after it has kept what the next one sent instead, by
 * the same name, since both count on from what they found.
 *
 * @param isKept whether the volume outlives the kill
 * @param hasRoom whether what is written fits into the file as it is: then a restore does not fail, and gives something else
 */
async function keepLate(stage: DataStage, { isKept = false, hasRoom = false }): Promise<string> {
  const killed = await startApp(stage, { first: true });
  if (hasRoom)
    await stage.sqlite(killed.file, 'CREATE TABLE room AS SELECT zeroblob(30000000)', 'DROP TABLE room');
  await untilReplicated(stage);
  await stage.proxy.set('delay');
  await until(() => stage.proxy.release !== undefined, 'the app sent nothing');
  await sleep(2000);
  await killed.kill();
  const app = await startApp(stage, isKept ? { folders: killed.folders } : {});
  await untilUploaded(stage, Date.now());
  stage.proxy.release?.();
  await sleep(1500);
  await app.stop();
  const { found } = await demandReplicated(stage, app);
  return `${found.rows} rows, 0 lost`;
}

/** Longer than Litestream itself tries to send what is left. */
export const outage = (short: boolean): number => (short ? 8 : 45);

export const storeFaults: readonly Scene<DataStage>[] = [
  ...faults.map(({ fault, called }): Scene<DataStage> => ({
    title: `does no harm to the app, and catches up, when the store ${called} while it writes`,
    short: fault === 'drop',
    seconds: 22,
    play: (stage) => failWhileWriting(stage, fault),
  })),
  ...faults.map(({ fault, called }): Scene<DataStage> => ({
    title: `loses nothing when the store ${called} while the pod stops`,
    short: fault === 'refuse',
    seconds: 55,
    play: (stage) => failWhileStopping(stage, fault, outage(stage.amount.short)),
  })),
  {
    title:
      'starts after a reboot without the store, and loses nothing when that comes back while the pod stops',
    seconds: 28,
    play: (stage) => awayFromTheStart(stage),
  },
  {
    title: 'would lose rows there without the script around Litestream',
    seconds: 28,
    play: (stage) => demandDisproved(() => awayFromTheStart(stage, withBareLitestream)),
  },
  {
    title: 'loses nothing when the store keeps an upload of a killed pod after those of the next one',
    short: true,
    seconds: 16,
    play: (stage) => keepLate(stage, { isKept: true }),
  },
  {
    title: 'loses nothing there in a database that does not grow either',
    seconds: 18,
    play: (stage) => keepLate(stage, { hasRoom: true }),
  },
  {
    title: 'would lose rows without its timeouts, when the store is away for 40 s while the pod stops',
    seconds: 60,
    play: (stage) =>
      demandDisproved(() => failWhileStopping(stage, 'refuse', 40, { change: withoutTimeouts })),
  },
];

const jumps = [-2 * 86_400, 2 * 86_400, -3600, 0];

/** The store's clock jumps between the lives of pods, and while they write. */
async function jump(stage: DataStage): Promise<string> {
  let app = await startApp(stage, { first: true });
  for (const seconds of jumps) {
    await sleep(1500);
    stage.proxy.shift = seconds;
    await sleep(1500);
    await app.stop();
    const next = await startApp(stage);
    demandNothingLost(app, next);
    app = next;
  }
  await app.stop();
  const { good, report } = await verify(stage);
  demand(good, `verify reports the replica as bad: ${report}`);
  return `${jumps.map((seconds) => `${seconds / 3600} h`).join(', ')}: ${app.found.rows} rows, 0 lost`;
}

export const clocks: readonly Scene<DataStage>[] = [
  { title: 'loses nothing when the store’s clock jumps', seconds: 28, play: jump },
];
