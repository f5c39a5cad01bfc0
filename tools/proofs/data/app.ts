import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asNew } from './changed-pods';
import type { PodFolders } from './container';
import { type PodStop, type StartedPod, killPod, startPod, stopPod } from './kubelet';
import type { Container, Pod } from './pod';
import type { Database, DataStage } from './stage';

/** What the app found in its database when it started. */
export interface Found {
  readonly rows: number;
  readonly newest: number;
  readonly integrity: string;
}

/** A pod whose app is the writer. */
export interface App {
  readonly pod: Pod;
  readonly folders: PodFolders;
  readonly started: StartedPod;
  readonly found: Found;
  /** The newest row that it knows to be committed. */
  readonly newest: () => number;
  /** When it learned that a row was committed; nothing for a row of an earlier pod. */
  readonly committedAt: (row: number) => number | undefined;
  readonly errors: readonly string[];
  /** The database's file, as the node sees it. */
  readonly file: string;
  readonly stop: () => Promise<PodStop>;
  readonly kill: () => Promise<void>;
}

export interface AppSettings {
  /** How long the app goes on writing after SIGTERM. */
  readonly drainSeconds?: number;
  /** The database starts without a replica. */
  readonly first?: boolean;
  /** Between two rows; as fast as it can, if left out. */
  readonly pauseSeconds?: number;
  /** The pod's volumes survived. */
  readonly folders?: PodFolders;
  /** Another pod than the generated one: with one thing taken out of it, say. */
  readonly pod?: Pod;
}

/** The pod did not start its app. */
export class Refused extends Error {}

/** From the end of the init containers to the writer's first look into a database of a gigabyte. */
const longestStartMilliseconds = 120_000;

const writer = join(__dirname, 'writer.sh');

/**
 * Starts the generated pod of a database with the writer in the place of the app.
 *
 * @throws Refused when an init container stops the pod
 */
export async function startApp(
  stage: DataStage,
  database: Database,
  settings: AppSettings = {},
): Promise<App> {
  const { folders = stage.newFolders(), first = false } = settings;
  const pod = withWriter(
    first ? asNew(settings.pod ?? database.pod) : (settings.pod ?? database.pod),
    database,
    settings,
  );
  const committed = new Map<number, number>();
  const errors: string[] = [];
  let newest = 0;
  let found: Found | undefined;

  const onLine = (container: string, line: string): void => {
    if (container !== appName(pod)) return;
    const [word, ...rest] = line.split(' ');
    if (word === 'C') committed.set((newest = Number(rest[0])), Date.now());
    else if (word === 'START') {
      found = { rows: Number(rest[0]), newest: Number(rest[1]), integrity: rest.slice(2).join(' ') };
      newest = found.newest;
    } else if (word !== 'TERM' && word !== 'EXIT') errors.push(line);
  };
  const started = await startPod(pod, folders, { ...stage.image, '/writer.sh': writer }, onLine);
  if ('refused' in started) throw new Refused(started.refused);
  stage.remember(started);
  const app = started.containers.find(({ name }) => name === appName(pod));
  const begin = Date.now();
  while (found === undefined) {
    const late = Date.now() - begin > longestStartMilliseconds;
    if (late || app?.ended() !== undefined)
      throw new Error(`The writer did not start: ${app?.lines.slice(-3).join(' ')}`);
    await sleep(10);
  }
  return {
    pod,
    folders,
    started,
    found,
    newest: () => newest,
    committedAt: (row) => committed.get(row),
    errors,
    file: join(
      folders.volumes,
      volumeOf(pod, database.file),
      database.file.slice(dirname(database.file).length + 1),
    ),
    stop: () => stopPod(pod, started),
    kill: () => killPod(started),
  };
}

const isLitestream = ({ image }: Container): boolean => image.startsWith('litestream/');

const appName = (pod: Pod): string =>
  pod.containers.find((container) => !isLitestream(container))?.name ?? '';

function volumeOf(pod: Pod, file: string): string {
  const mounts = pod.containers.flatMap((container) => container.mounts);
  const volume = mounts.find(({ path }) => path === dirname(file))?.volume;
  if (volume === undefined)
    throw new Error(`The app of ${pod.workload} does not mount the folder of ${file}.`);
  return volume;
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
              DATABASE_FILE: database.file,
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
