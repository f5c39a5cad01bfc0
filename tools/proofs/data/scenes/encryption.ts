import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Replica, webApp } from '@home/kubernetes';
import { flatten } from '@home/terraform';
import { demandNothingLost, demandRefused, startApp } from '../app';
import { withRestoreSettings } from '../changed-pods';
import { spareHost } from '../files-to-play';
import { selfSigned } from '@home/testing';
import { demand, type Scene } from '../../engine';
import { runRestore } from '../life-commands';
import { startVersitygw } from '../stores/versitygw';
import { type OwnApp, ownApp } from '../own-apps';
import type { Database } from '../read-database';
import type { DataStage } from '../stage';
import { verify } from '../verification';

/** An app whose store has a certificate that an authority of its own signed. */
function notes(replica: Replica, endpoint: string, ca: string | undefined): OwnApp {
  const blocks = webApp('notes', {
    namespace: 'apps',
    image: 'example.org/notes:1.0.0',
    port: 80,
    host: 'notes',
    memory: '64Mi',
    scratch: ['/tmp'],
    database: {
      file: '/data/notes.db',
      replica: { ...replica, endpoint, ...(ca === undefined ? {} : { ca }) },
      expects: { tables: ['rows'] },
      verify: '0 3 * * 6',
    },
  });
  return ownApp('notes', flatten(blocks));
}

/** Replicates to a store over https, restores, verifies, and restores on a laptop: with its authority, and without. */
async function speakPrivately(stage: DataStage): Promise<string> {
  const identity = selfSigned(spareHost);
  const address = `${spareHost}:9443`;
  const store = await startVersitygw(
    join(stage.base, 's3-https'),
    stage.programs,
    { bucket: stage.replica.bucket, region: stage.replica.region ?? '', user: stage.s3.keys.id },
    { address, identity },
  );
  try {
    const [database] = notes(stage.replica, `https://${address}`, identity.cert).databases(stage.known);
    demand(database !== undefined, 'the app has no replica');
    return await useStore(stage, database, identity.cert);
  } finally {
    await store.stop();
  }
}

async function useStore(stage: DataStage, database: Database, ca: string): Promise<string> {
  const app = await startApp(stage, { first: true, database });
  await sleep(2500);
  await app.stop();
  const next = await startApp(stage, { database });
  demandNothingLost(app, next);
  await next.stop();
  const sound = await verify(stage, {}, database);
  demand(sound.good, `verify reports: ${sound.report}`);
  const restored = await restoreLocally(stage, database.endpoint, ca);
  demand(restored.good && restored.said.includes(`rows: ${next.newest()} rows`), restored.said);

  const unsigned = /signed by unknown authority/;
  const distrust = { SSL_CERT_DIR: '' };
  await demandRefused(stage, unsigned, { database, change: (pod) => withRestoreSettings(pod, distrust) });
  const distrustful = await verify(stage, distrust, database);
  demand(
    !distrustful.good && unsigned.test(distrustful.report),
    `verify reports without the authority: ${distrustful.report}`,
  );
  const refused = await restoreLocally(stage, database.endpoint, undefined);
  demand(!refused.good && unsigned.test(refused.said), `restore says without the authority: ${refused.said}`);
  return `${next.newest()} rows over https, 0 lost; restored, verified and fetched, and each refused without the authority`;
}

/** `npm run restore` by the files of a home with that store. */
function restoreLocally(stage: DataStage, endpoint: string, ca: string | undefined) {
  const { base } = stage.newFolders();
  const [from, output] = [join(base, 'terraform'), join(base, 'notes.db')];
  notes(stage.replica, endpoint, ca).writeTo(from);
  return runRestore(stage, ['restore', 'notes', '--from', from, '--output', output]);
}

export const encryption: readonly Scene<DataStage>[] = [
  {
    title: 'replicates over https to a store with an authority of its own, and to nobody else',
    seconds: 130,
    play: speakPrivately,
  },
];
