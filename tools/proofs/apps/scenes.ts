import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { one, readGeneratedStack } from '@home/generated';
import { withRestoreSettings } from '../data/changed-pods';
import { type PodFolders, folderOf as folderOfVolume } from '../data/container';
import { killPod, startPod, stopPod } from '../data/kubelet';
import type { DataStage } from '../data/stage';
import { type Mount, type Pod, type Scene, demand, demandDisproved, readPod } from '../engine';
import { realApps } from './apps';
import { folderOf, isInstalled, neededBy, obtainProgram } from './programs';
import { type Http, type RealApp, httpOf } from './real-app';

/** How long an app may take until it answers, on a machine that is busy with others. */
const longestStartMilliseconds = 120_000;

/** What Litestream needs to have sent what was written: it looks twice a second. */
const sendingMilliseconds = 4_000;

/** What programs say that cannot write where they want to. */
const denied = /read-only file system|EROFS|EACCES|permission denied/i;

/** Installs the programs of all apps, and says of each that cannot be had why. */
export async function obtainPrograms(): Promise<void> {
  for (const { program } of realApps) {
    const why = await obtainProgram(program);
    if (why !== undefined) console.log(why);
  }
}

/** Why an app cannot be played here. */
const missing = ({ program }: RealApp): string | undefined =>
  isInstalled(program) ? undefined : `${program.name} could not be installed; above it says why`;

export const scenes: readonly Scene<DataStage>[] = [
  ...realApps.map((app): Scene<DataStage> => ({
    title: `${titleOf(app)} has all that was written through its own interface, after a stop and after a kill`,
    impossible: () => missing(app),
    seconds: 60,
    play: (stage) => playApp(stage, app, join(stage.base, `share-${app.recipe}`)),
  })),
  ...realApps.slice(0, 2).map((app): Scene<DataStage> => ({
    title: `without what its recipe keeps, ${app.recipe} has lost it`,
    impossible: () => missing(app),
    seconds: 40,
    // A share for each pod, and a bucket that somebody empties.
    play: (stage) => demandDisproved(() => playApp(stage, app, undefined)),
  })),
];

function titleOf({ recipe, instead }: RealApp): string {
  return instead === undefined ? recipe : `${recipe} (${instead})`;
}

/**
 * Starts an app, writes through its interface, stops the pod, starts it from what is kept, writes again, kills it, and
 * starts it once more.
 *
 * @param share where the folders of the share lie; undefined for a home that keeps nothing
 */
async function playApp(stage: DataStage, app: RealApp, share: string | undefined): Promise<string> {
  await stage.reset();
  const { pod, port, health } = readApp(stage, app);
  const words = ['first', 'second'].map((word) => `${word}-${Math.random().toString(36).slice(2, 8)}`);
  let before = '';
  let starts = 0;
  const [first = '', second = ''] = words;

  await live(async (http) => {
    await app.setUp?.(http);
    await app.write(http, first);
    before = await app.read(http);
    demand(
      before.includes(first),
      `the app does not give back what it was just told: ${before.slice(0, 200)}`,
    );
  }, 'stop');
  if (share === undefined) await stage.s3.client('rm', '--recursive', '--force', `home/${stage.s3.bucket}`);
  await live(async (http) => {
    demandTold(await read(http), [first], 'after it was stopped');
    await app.write(http, second);
    await sleep(sendingMilliseconds);
  }, 'kill');
  await live(async (http) => demandTold(await read(http), words, 'after it was killed'), 'kill');
  return `${starts} pods`;

  /** An app that lost its accounts lets nobody in. */
  async function read(http: Http): Promise<string> {
    try {
      return await app.read(http);
    } catch (cause) {
      return demand(false, `the app lets nobody in: ${String(cause)}`) as never;
    }
  }

  async function live(story: (http: Http) => Promise<void>, end: 'stop' | 'kill'): Promise<void> {
    const own = stage.newFolders();
    const folders: PodFolders = { ...own, kept: share ?? own.volumes };
    if (starts === 0 || share === undefined) give(app, pod, folders);
    const lines: string[] = [];
    // From the first pod on there is a replica, and a missing one is an error.
    const changed =
      starts === 0 || share === undefined ? pod : withRestoreSettings(pod, { REPLICA_FIRST: 'required' });
    starts++;
    const started = await startPod(changed, folders, programsOf(stage, app), (container, line) => {
      if (container === app.recipe) lines.push(line);
    });
    if ('refused' in started) return demand(false, `the pod did not start: ${started.refused}`);
    stage.remember(started);
    const [main] = started.containers;
    const http = httpOf(port);
    const begin = Date.now();
    while (!(await answers(http, health))) {
      const isLate = Date.now() - begin > longestStartMilliseconds;
      const last = lines.slice(-5).join(' | ');
      demand(!isLate && main?.ended() === undefined, `the app does not answer at ${health}: ${last}`);
      await sleep(250);
    }
    await story(http);
    if (end === 'stop') await stopPod(started, pod.graceSeconds);
    else await killPod(started);
    const refused = lines.filter((line) => denied.test(line));
    demand(
      refused.length === 0,
      `the app wants to write where it cannot: ${refused.slice(0, 3).join(' | ')}`,
    );
  }
}

function demandTold(told: string, words: readonly string[], when: string): void {
  const missing = words.filter((word) => !told.includes(word));
  demand(
    missing.length === 0,
    `${when}, the app no longer knows ${missing.join(', ')}: ${told.slice(0, 200)}`,
  );
}

const answers = (http: Http, path: string): Promise<boolean> =>
  http('GET', path).then(
    () => true,
    () => false,
  );

/** The pod that the recipe's generated file makes, with the program in the place of the image. */
function readApp(
  stage: DataStage,
  { recipe, image, secrets }: RealApp,
): { readonly pod: Pod; readonly port: number; readonly health: string } {
  const blocks = readGeneratedStack('workloads', stage.from);
  const maker = blocks.find(
    ({ type, workload }) => workload === recipe && /stateful_set|deployment/.test(type),
  );
  if (maker === undefined) throw new Error(`No generated file runs ${recipe}.`);
  const { known } = stage;
  const secret = (name: string) => ({ ...known.secret?.(name), ...secrets });
  const pod = readPod(maker, blocks, { ...known, secret });
  const [app] = pod.containers;
  const { path = '/' } = one(one(app?.body['readiness_probe'])['http_get']);
  const { container_port: port } = one(app?.body['port']);
  return {
    port: Number(port),
    health: String(path),
    pod: {
      ...pod,
      containers: pod.containers.map((container) =>
        container.name === recipe
          ? {
              ...container,
              command: [
                ...(container.command.length > 0 ? container.command : image.entrypoint),
                ...(container.args.length > 0 ? [] : (image.args ?? [])),
              ],
              env: { ...image.env, ...container.env },
            }
          : container,
      ),
    },
  };
}

/** What containers find in their images. */
const programsOf = (stage: DataStage, { program, image }: RealApp): Record<string, string> => ({
  ...stage.image,
  ...Object.fromEntries(neededBy(program).map((folder) => [folder, folder])),
  ...Object.fromEntries(
    Object.entries(image.files).map(([path, file]) => [path, join(folderOf(program), file)]),
  ),
});

/**
 * Puts on the share what a person puts there, and the folders that others are mounted at: the container runtime makes those,
 * and the NAS takes it for the one user that it takes everybody for.
 */
function give({ recipe, given = {} }: RealApp, pod: Pod, folders: PodFolders): void {
  const mounts = pod.containers.find(({ name }) => name === recipe)?.mounts ?? [];
  const kept = mounts.filter(({ volume }) => pod.volumes[volume] === 'kept');
  const placeOf = ({ volume }: Mount) => folderOfVolume('kept', volume, folders);
  for (const mount of kept) {
    const inside = mounts.filter((other) => other.path.startsWith(`${mount.path}/`));
    for (const { path } of inside) {
      for (let at = dirname(path); at !== dirname(mount.path); at = dirname(at)) {
        const folder = join(placeOf(mount), relative(mount.path, at));
        mkdirSync(folder, { recursive: true });
        chmodSync(folder, 0o777);
      }
    }
  }
  const [first] = kept;
  for (const [file, text] of Object.entries(given)) {
    if (first === undefined) throw new Error(`${recipe} keeps no files.`);
    mkdirSync(placeOf(first), { recursive: true });
    writeFileSync(join(placeOf(first), file), text);
  }
}
