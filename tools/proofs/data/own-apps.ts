import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedBlock, type GeneratedReplica, generatedReplicas } from '@home/generated';
import { home } from '@home/home';
import { type Replica, worker } from '@home/kubernetes';
import { type Block, OwnedBlocks, type Owner, blocksIn, render } from '@home/terraform';
import type { Cluster } from '../engine';
import { type Database, readDatabase } from './read-database';

/** An app of the proof's own: the home that is played may have none like it. */
export interface OwnApp {
  readonly databases: (cluster: Cluster) => readonly Database[];
  /** Adds it to the generated files of a folder. */
  readonly writeTo: (folder: string) => void;
}

/** Makes of blocks what the home would generate of them. */
export function ownApp(workload: string, blocks: readonly Block[]): OwnApp {
  const owner: Owner = { stack: 'workloads', workload, where: `apps/workloads/${workload}` };
  const { json } = render(blocks, owner, new OwnedBlocks(blocks.map((block) => ({ owner, block }))));
  const generated = blocksIn(json).map((block): GeneratedBlock => ({ ...block, ...owner }));
  return {
    databases: (cluster) => generatedReplicas(generated).map((one) => readDatabase(one, generated, cluster)),
    writeTo(folder) {
      mkdirSync(join(folder, owner.stack), { recursive: true });
      writeFileSync(join(folder, owner.stack, `${workload}.tf.json`), JSON.stringify(json));
    },
  };
}

/** An app with two databases, in folders of their own. */
export function appWithTwo(replica: Replica): OwnApp {
  const { blocks } = worker('several', {
    ...image('several'),
    database: { file: '/data/notes/notes.db', replica, ...known('note') },
    databases: { pictures: { file: '/data/pictures/pictures.db', replica, ...known('picture') } },
  });
  return ownApp('several', blocks);
}

/** An app with one database. */
export function appWithOne(replica: Replica): OwnApp {
  const { blocks } = worker('of-the-proof', {
    ...image('of-the-proof'),
    database: { file: '/data/proof.db', replica, ...known('proof') },
  });
  return ownApp('of-the-proof', blocks);
}

const image = (name: string) => ({
  namespace: 'apps',
  image: `example.org/${name}:1.0.0`,
  memory: '64Mi',
  scratch: ['/tmp'],
});

const known = (table: string) => ({ verify: '0 2 * * 6', expects: { tables: [table] } });

/**
 * The replica of an app of the proof's own, in the store of one of the home.
 *
 * @param alerts the name of the Secret with the addresses that hear how it goes, where the home has one
 */
export function replicaLike({ endpoint, bucket, region }: GeneratedReplica, alerts = 'alerts'): Replica {
  return {
    ...(endpoint === '' ? {} : { endpoint }),
    ...(region === '' ? {} : { region }),
    bucket,
    secretName: 'litestream-configuration',
    secretRevision: 1,
    firstDeploy: false,
    images: { litestream: home.images.litestream, verify: home.images.replicaVerify },
    memoryRequest: home.memoryRequests.litestream,
    ...alertsBy(alerts),
  };
}

/** The home's own alerts. */
function alertsBy(secretName: string): Pick<Replica, 'alerts'> {
  const { alerts } = home;
  if (alerts === undefined) return {};
  if (alerts.kind === 'healthchecks.io') return { alerts };
  return { alerts: { kind: alerts.kind, secretName, secretRevision: 1 } };
}
