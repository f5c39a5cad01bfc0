import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asNew } from './changed-pods';
import type { PodFolders } from './container';
import { type StartedPod, killPod, restartSidecar, startPod, stopPod } from './kubelet';
import { type Container, type Pod, demand } from '../engine';
import type { Database } from './read-database';
import type { DataStage } from './stage';
import { type Found, WriterLog } from './writer-log';

/** A pod whose app is the writer. */
export class App {
  constructor(
    readonly pod: Pod,
    readonly folders: PodFolders,
    public started: StartedPod,
    /** What it has said so far. */
    readonly log: WriterLog,
    readonly found: Found,
    /** The database's file, as the node sees it. */
    readonly file: string,
  ) {}

  /** The newest row that it knows to be committed. */
  newest(): number {
    return this.log.newest;
  }

  /**
   * @param graceSeconds what whoever stops the pod grants it, where that is not what it asks for
   * @returns how many seconds that took
   */
  stop(graceSeconds = this.pod.graceSeconds): Promise<number> {
    return stopPod(this.started, graceSeconds);
  }

  kill(): Promise<void> {
    return killPod(this.started);
  }

  /** Litestream's container dies, and the kubelet starts it again; the app notices nothing. */
  async restartSidecar(stage: DataStage, meanwhile: () => Promise<void>): Promise<void> {
    this.started = await restartSidecar(this.pod, this.started, this.folders, stage.image, meanwhile);
    stage.remember(this.started);
  }
}

export interface AppSettings {
  /** How long the app goes on writing after SIGTERM. */
  readonly drainSeconds?: number;
  /** The database starts without a replica. */
  readonly first?: boolean;
  /** Between two rows; as fast as it can, if left out. */
  readonly pauseSeconds?: number;
  /** The file that the app takes for its database, if not the one that is replicated. */
  readonly elsewhere?: string;
  /** The pod's volumes survived. */
  readonly folders?: PodFolders;
  /** Changes the generated pod: takes one thing out of it, say. */
  readonly change?: ((pod: Pod) => Pod) | undefined;
  /** Another database than the one that the stage plays with. */
  readonly database?: Database;
}

/** The pod did not start its app. */
export class Refused extends Error {}

/** From the end of the init containers to the writer's first look into a database of a gigabyte. */
const longestStartMilliseconds = 120_000;

/** What commits rows in the place of an app. */
export const writer = join(__dirname, 'writer.sh');

/**
 * Starts the generated pod of a database with the writer in the place of the app.
 *
 * @throws Refused when an init container stops the pod
 */
export async function startApp(stage: DataStage, settings: AppSettings = {}): Promise<App> {
  const { folders = stage.newFolders(), database = stage.database, first = false, change } = settings;
  const changed = change ? change(database.pod) : database.pod;
  const pod = withWriter(first ? asNew(changed) : changed, database, settings);
  const log = new WriterLog();
  const onLine = (container: string, line: string): void => {
    if (container === appName(pod)) log.read(line);
  };
  const started = await startPod(pod, folders, { ...stage.image, '/writer.sh': writer }, onLine);
  if ('refused' in started) throw new Refused(started.refused);
  stage.remember(started);
  const app = started.containers.find(({ name }) => name === appName(pod));
  const begin = Date.now();
  while (log.found === undefined) {
    const late = Date.now() - begin > longestStartMilliseconds;
    if (late || app?.ended() !== undefined)
      throw new Error(`The writer did not start: ${app?.lines.slice(-3).join(' ')}`);
    await sleep(10);
  }
  return new App(pod, folders, started, log, log.found, fileOnNode(pod, database.file, folders));
}

/** Starts an app where its pod lets it. */
export async function startUnlessRefused(stage: DataStage, settings?: AppSettings): Promise<App | Refused> {
  try {
    return await startApp(stage, settings);
  } catch (cause) {
    if (cause instanceof Refused) return cause;
    throw cause;
  }
}

/** An app writes for a while and is stopped. */
export async function writeAndStop(stage: DataStage, settings: AppSettings = {}): Promise<void> {
  const app = await startApp(stage, { ...settings, first: true });
  await sleep(2000);
  await app.stop();
}

/** Demands that the pod does not start its app, and that it says why. */
export async function demandRefused(stage: DataStage, why: RegExp, settings?: AppSettings): Promise<string> {
  const app = await startUnlessRefused(stage, settings);
  if (!(app instanceof Refused)) {
    await app.kill();
    demand(false, `the app started with ${app.found.rows} rows`);
  }
  demand(why.test(app.message), `the pod stops, but says only: ${app.message}`);
  return app.message;
}

/** Demands that a pod found all that the pod before it had committed. */
export function demandNothingLost(before: App, after: App): void {
  const lost = before.newest() - after.found.newest;
  demand(lost <= 0, `${lost} committed rows lost`);
  demandIntact(after);
}

/** Demands that what a pod found is a sound database with no holes in it. */
export function demandIntact({ found }: App): void {
  demand(found.integrity === 'ok', `the database is damaged: ${found.integrity}`);
  demand(found.rows === found.newest, `${found.newest - found.rows} rows missing in the middle`);
}

/** Demands that the next pod, which has nothing but the replica, finds all that an app has committed; it ends again. */
export async function demandReplicated(stage: DataStage, app: App): Promise<App> {
  const next = await startApp(stage);
  demandNothingLost(app, next);
  await next.kill();
  return next;
}

/** Waits until the replica of a new database is there. */
export async function untilReplicated({ s3 }: DataStage): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if ((await s3.client('ls', '--recursive', `home/${s3.bucket}`)) !== '') return;
    demand(attempt < 100, 'nothing was replicated within 10 s');
    await sleep(100);
  }
}

const isLitestream = ({ image }: Container): boolean => image.startsWith('litestream/');

const appName = (pod: Pod): string =>
  pod.containers.find((container) => !isLitestream(container))?.name ?? '';

/** Where a database's file lies on the node of its pod. */
export function fileOnNode(pod: Pod, file: string, { volumes }: PodFolders): string {
  const mounts = pod.containers.flatMap((container) => container.mounts);
  const volume = mounts.find(({ path }) => path === dirname(file))?.volume;
  if (volume === undefined)
    throw new Error(`The app of ${pod.workload} does not mount the folder of ${file}.`);
  return join(volumes, volume, basename(file));
}

/** The app is replaced by the writer, which runs as whoever owns the database and makes the tables it is known by. */
function withWriter(pod: Pod, database: Database, settings: AppSettings): Pod {
  const litestream = [...pod.initContainers, ...pod.containers].find(isLitestream);
  const tables = pod.initContainers.map(({ env }) => env['EXPECTED_TABLES'] ?? '').join(' ');
  return {
    ...pod,
    containers: pod.containers.map((container) =>
      isLitestream(container)
        ? container
        : {
            ...container,
            command: ['/bin/sh', '/writer.sh'],
            args: [],
            user: litestream?.user ?? container.user,
            env: {
              DATABASE_FILE: settings.elsewhere ?? database.file,
              DRAIN_SECONDS: String(settings.drainSeconds ?? 0),
              TABLES: tables.trim(),
              ...(settings.pauseSeconds === undefined
                ? {}
                : { PAUSE_SECONDS: String(settings.pauseSeconds) }),
            },
          },
    ),
  };
}
