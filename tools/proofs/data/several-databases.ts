import { type GeneratedBlock, type GeneratedReplica, generatedReplicas } from '@home/generated';
import { home } from '@home/home';
import { type Replica, worker } from '@home/kubernetes';
import { OwnedBlocks, blocksIn, render } from '@home/terraform';
import type { Cluster } from '../engine';
import { type Database, readDatabase } from './read-database';

/**
 * An app with two databases, in folders of their own, as `worker` makes it: the home that is played may have none.
 *
 * @param like a replica of the home, whose store they have too
 */
export function severalDatabases(
  { endpoint, bucket, region }: GeneratedReplica,
  cluster: Cluster,
): Database[] {
  const replica: Replica = {
    ...(endpoint === '' ? {} : { endpoint }),
    ...(region === '' ? {} : { region }),
    bucket,
    secretName: 'litestream-configuration',
    secretRevision: 1,
    firstDeploy: false,
    images: { litestream: home.images.litestream, verify: home.images.replicaVerify },
    memoryRequest: home.memoryRequests.litestream,
    alerts: { kind: 'healthchecks.io', graceSeconds: 300, channel: 'email', tags: [], timezone: 'UTC' },
  };
  const of = (file: string, table: string) => {
    return { file, replica, verify: '0 2 * * 6', expects: { tables: [table] } };
  };
  const { blocks } = worker('several', {
    namespace: 'apps',
    image: 'example.org/several:1.0.0',
    memory: '64Mi',
    scratch: ['/tmp'],
    database: of('/data/notes/notes.db', 'note'),
    databases: { pictures: of('/data/pictures/pictures.db', 'picture') },
  });
  const owner = { stack: 'workloads', workload: 'several', where: 'several' };
  const owned = new OwnedBlocks(blocks.map((block) => ({ owner, block })));
  const { json } = render(blocks, owner, owned);
  const generated: GeneratedBlock[] = blocksIn(json).map((block) => ({ ...block, ...owner }));
  return generatedReplicas(generated).map((one) => readDatabase(one, generated, cluster));
}
