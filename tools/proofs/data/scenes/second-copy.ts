import { cpSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '@home/command';
import { type App, demandIntact, startApp } from '../app';
import { withConfig } from '../changed-pods';
import { demand, type Pod, type Scene } from '../../engine';
import { runRestore } from '../life-commands';
import type { DataStage } from '../stage';

/** Starts an app for every database of the home. */
async function startAll(stage: DataStage, settings: { readonly first?: boolean }): Promise<App[]> {
  const apps: App[] = [];
  for (const database of stage.databases)
    apps.push(await startApp(stage, { ...settings, database, pauseSeconds: 0.02 }));
  return apps;
}

/** A folder with a kubectl that runs a command beside the database that the pod has, as `exec` would in the pod. */
function kubectlFor(stage: DataStage, apps: readonly App[]): string {
  const { base } = stage.newFolders();
  const cases = apps.map(({ file }, index) => {
    const database = stage.databases[index];
    return `${database?.workload}-0) from=${dirname(database?.file ?? '')} to=${dirname(file)} ;;`;
  });
  const script = `#!/bin/sh
while [ "$1" != -- ]; do
  case $1 in ${cases.join(' ')} esac
  shift
done
shift
for argument; do
  shift
  set -- "$@" "$(printf '%s' "$argument" | sed "s#^$from/#$to/#")"
done
exec "$@"
`;
  writeFileSync(join(base, 'kubectl'), script, { mode: 0o755 });
  return base;
}

/** The drill finds nothing where there is nothing, although every app writes, and finds a replica that is stale. */
async function drillTruly(stage: DataStage): Promise<string> {
  const apps = await startAll(stage, { first: true });
  await sleep(3000);
  const path = kubectlFor(stage, apps);
  const sound = await runRestore(stage, ['drill'], path);
  demand(sound.good, `sound replicas differ from what is written meanwhile: ${sound.said}`);
  const same = sound.said.match(/the same/g)?.length ?? 0;
  demand(same === apps.length, `of ${apps.length} databases ${same} were compared: ${sound.said}`);
  await stage.proxy.set('forget');
  await sleep(3000);
  const stale = await runRestore(stage, ['drill'], path);
  const differing = stale.said.match(/the replica ends at transaction/g)?.length ?? 0;
  demand(!stale.good && differing === apps.length, `replicas that are stale pass: ${stale.said}`);
  await Promise.all(apps.map((app) => app.kill()));
  return `${apps.length} databases that were written to are the same; each is reported once its replica is stale`;
}

/** Fetches what is in the bucket into a folder, as from a cloud that the NAS was copied to. */
async function fetchCopy({ s3 }: DataStage, folder: string): Promise<void> {
  await s3.client('cp', '--recursive', `home/${s3.bucket}/`, `${folder}/`);
}

/** Copies the folder that the store has on its disk, as the NAS' own backup does. */
async function copyFolder({ s3 }: DataStage, folder: string): Promise<void> {
  demand(s3.folder !== undefined, 'the store has no such folder');
  // It complains of files that go meanwhile.
  await runProgram('cp', ['--recursive', s3.folder, folder]);
}

/** Node and NAS burn; what is left are two copies that were taken while every app wrote, each as good as the other. */
async function burn(stage: DataStage): Promise<string> {
  const apps = await startAll(stage, { first: true });
  await sleep(5000);
  const settled = apps.map((app) => app.newest());
  await sleep(3000);
  const { base } = stage.newFolders();
  const [fetched, copied] = [join(base, 'fetched'), join(base, 'copied')];
  await fetchCopy(stage, fetched);
  await copyFolder(stage, copied);
  await sleep(1000);
  await stage.reset();

  for (const copy of [fetched, copied]) {
    const drilled = await runRestore(stage, ['drill', '--replicas', copy]);
    demand(drilled.good, `${copy} cannot be drilled: ${drilled.said}`);
  }
  await stage.s3.client('cp', '--recursive', `${copied}/`, `home/${stage.s3.bucket}/`);
  const again = await startAll(stage, {});
  const rows = again.map((app, index) => {
    demandIntact(app);
    const lost = (settled[index] ?? 0) - app.found.newest;
    demand(lost <= 0, `${lost} rows lost that were in the copy`);
    return app.found.rows;
  });
  await Promise.all(again.map((app) => app.kill()));
  return `${again.length} databases drilled from a copy of the bucket and one of the store’s folder, and started from that in a new store with ${rows.join(', ')} rows`;
}

/** Compaction replaces files within seconds, as it does within minutes otherwise. */
const hasty = (pod: Pod): Pod =>
  withConfig(pod, (text) =>
    text.replace('"snapshot":', '"l0-retention": "5s", "l0-retention-check-interval": "3s", "snapshot":'),
  );

/** What a copy may look like that was taken while files came and went, one folder after the other. */
const accidents: readonly {
  readonly called: string;
  readonly happen: (earlier: string, later: string, into: string) => void;
}[] = [
  ...(['0000', '0001', '0009'] as const).flatMap((level) => [
    {
      called: `level ${level} taken before the others`,
      happen: (earlier: string, later: string, into: string) => mix(later, earlier, level, into),
    },
    {
      called: `level ${level} taken after the others`,
      happen: (earlier: string, later: string, into: string) => mix(earlier, later, level, into),
    },
  ]),
  ...[1, 2, 3, 4].map((many) => ({
    called: `${many} files missing`,
    happen: (_: string, later: string, into: string) => {
      cpSync(later, into, { recursive: true });
      for (let file = 0; file < many; file++) rmSync(anyFile(into));
    },
  })),
  ...[0, 100].map((bytes) => ({
    called: `a file of which ${bytes} bytes came through`,
    happen: (_: string, later: string, into: string) => {
      cpSync(later, into, { recursive: true });
      truncateSync(anyFile(into), bytes);
    },
  })),
];

function mix(most: string, other: string, level: string, into: string): void {
  cpSync(most, into, { recursive: true });
  rmSync(join(into, level), { recursive: true, force: true });
  cpSync(join(other, level), join(into, level), { recursive: true });
}

function anyFile(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ltx'),
  );
  return join(folder, files[randomInt(files.length)] ?? '');
}

/** Whatever a copy lacks: it gives an older state, whole, or is refused. */
async function restoreUnlucky(stage: DataStage): Promise<string> {
  const { workload, path } = stage.database;
  const app = await startApp(stage, { first: true, pauseSeconds: 0.02, change: hasty });
  await sleep(35_000);
  const { base: copies } = stage.newFolders();
  const [earlier, later] = [join(copies, 'earlier'), join(copies, 'later')];
  await fetchCopy(stage, earlier);
  await sleep(35_000);
  await fetchCopy(stage, later);
  await app.kill();
  const outcomes = { whole: 0, refused: 0 };
  for (const { called, happen } of accidents) {
    const { base } = stage.newFolders();
    const into = join(base, path);
    mkdirSync(dirname(into), { recursive: true });
    happen(join(earlier, path), join(later, path), into);
    const output = join(base, 'restored.db');
    const { good, said } = await runRestore(stage, [
      ...['restore', workload, '--replicas', base, '--output', output],
    ]);
    if (good) {
      const [rows, newest] = (await stage.sqlite(output, 'SELECT count(*), max(id) FROM rows')).split('|');
      demand(rows === newest, `a copy with ${called} gives ${rows} rows up to number ${newest}`);
      outcomes.whole++;
    } else {
      demand(/cannot be restored/.test(said), `a copy with ${called} is refused, and not for that: ${said}`);
      outcomes.refused++;
    }
  }
  return `${accidents.length} unlucky copies: ${outcomes.whole} gave a whole state, ${outcomes.refused} were refused`;
}

export const secondCopy: readonly Scene<DataStage>[] = [
  {
    title:
      'drills databases that are written to, and says of none that it differs until its replica is stale',
    seconds: 170,
    play: drillTruly,
  },
  {
    title: 'comes back from a copy of the bucket when node and NAS are lost together',
    seconds: 50,
    play: burn,
  },
  {
    title: 'restores a whole state from an unlucky copy, or refuses it',
    seconds: 130,
    play: restoreUnlucky,
  },
];
