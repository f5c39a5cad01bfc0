import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demandNothingLost, demandReplicated, startApp } from '../app';
import { type Scene, demand } from '../../engine';
import { runRestore } from '../life-commands';
import type { DataStage } from '../stage';
import { minioIn, startMinio } from '../stores/minio';
import { root, urlOf } from '../stores/store';
import { verify } from '../verification';
import { tryEverything } from './permissions';

/** Beside the store of all other scenes. */
const address = '127.0.0.1:9002';

/** Plays something with a MinIO behind the proxy, with what the generated files make there. */
async function onMinio<T>(
  stage: DataStage,
  play: (stage: DataStage, folder: string) => Promise<T>,
): Promise<T> {
  const { programs, platform, proxy, base } = stage;
  const wanted = minioIn(platform);
  if (wanted === undefined || programs.minio === undefined)
    throw new Error('There is no MinIO to play with.');
  const folder = join(base, `minio-${randomUUID()}`);
  const store = await startMinio(folder, { ...programs, minio: programs.minio }, wanted, address);
  const former = proxy.upstream;
  proxy.upstream = store.address;
  const changed = stage.withStore(store);
  try {
    return await play(changed, join(folder, 'objects', store.bucket));
  } finally {
    await changed.reset();
    proxy.upstream = former;
    await store.stop();
  }
}

/** An app lives on MinIO as on any store; then its replica goes to a store that is alive, and the app goes on there. */
async function move(stage: DataStage): Promise<string> {
  const app = await onMinio(stage, async (former, folder) => {
    const first = await startApp(former, { first: true });
    await sleep(3000);
    await first.stop();
    const app = await startApp(former);
    demandNothingLost(first, app);
    await sleep(2000);
    await app.stop();
    await demandSound(former);
    const own = await runRestore(former, ['restore', former.database.workload, '--replicas', folder]);
    demand(!own.good && own.said.includes('MinIO’s own folders'), `MinIO’s own folders: ${own.said}`);

    const { client, bucket } = stage.s3;
    await client('alias', 'set', 'former', urlOf({ address }), root.id, root.secret);
    await client('mirror', `former/${former.s3.bucket}`, `home/${bucket}`);
    return app;
  });
  const next = await demandReplicated(stage, app);
  await demandSound(stage);
  return `${next.found.rows} rows written on MinIO and found in another store, 0 lost`;
}

async function demandSound(stage: DataStage): Promise<void> {
  const { good, report } = await verify(stage);
  demand(good, `verify reports: ${report}`);
}

const impossible = ({ platform }: DataStage): string | undefined =>
  minioIn(platform) === undefined ? 'this home has no MinIO' : undefined;

/** All other scenes are played on a store that is alive; these, for homes that still have a MinIO. */
export const minioStore: readonly Scene<DataStage>[] = [
  {
    title: 'replicates to MinIO, restores and verifies there, and moves to another store with nothing lost',
    short: true,
    seconds: 25,
    impossible,
    play: move,
  },
  {
    title: 'gives the pods no more rights in MinIO than Litestream needs',
    short: true,
    seconds: 8,
    impossible,
    play: (stage) => onMinio(stage, tryEverything),
  },
];
