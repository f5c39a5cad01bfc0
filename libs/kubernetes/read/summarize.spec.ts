import { formatReplica } from '../litestream/replications';
import { exampleReplica } from '../litestream/example-replica';
import { webApp } from '../app/web-app';
import { container, exampleHome, makesPods, object } from '../rules/example-home';
import { replicationsIn } from '../litestream/replications';
import { summarize } from './summarize';

const image = (name: string) => `ghcr.io/example/${name}:1.0.0`;
const of = (name: string, given: object = {}) => container({ name, image: image(name), ...given });

it('sums up what a workload is reached by, runs, helps itself with, keeps and does by a schedule', () => {
  const rule = [{ host: 'notes.rpi' }, { host: 'n.rpi' }, {}];
  const nfs = { server: '192.168.107.4', path: '/export/home/notes' };
  const home = exampleHome({
    notes: [
      makesPods('notes', {
        podSpec: { container: [of('notes'), of('redis')], init_container: [of('migrate'), of('redis')] },
      }),
      makesPods('again', { podSpec: { container: [of('notes')] } }),
      makesPods('check', {
        type: 'cron_job',
        podSpec: { container: [of('check')], init_container: [of('notes')] },
      }),
      makesPods('once', { type: 'job', podSpec: { container: [of('once')] } }),
      object('ingress', 'notes', { spec: { rule } }),
      object('persistent_volume', 'notes', { spec: [{ persistent_volume_source: { nfs } }] }),
    ],
    feed: [makesPods('feed', {})],
    settings: [object('config_map', 'settings')],
  });
  expect(summarize(home)).toEqual([
    {
      owner: { stack: 'workloads', workload: 'notes', where: 'apps/workloads/notes' },
      hosts: ['notes.rpi', 'n.rpi'],
      images: [image('notes'), image('redis')],
      helperImages: [image('migrate'), image('check'), image('once')],
      databases: [],
      replicas: [],
      files: ['192.168.107.4:/export/home/notes'],
      jobs: ['check: 0 2 * * 6'],
      // Two pods, of two containers and of one: those of jobs come and go.
      memory: 3 * 64 * 2 ** 20,
    },
    expect.objectContaining({ hosts: [], images: [image('app')], files: [], jobs: [] }),
  ]);
});

it('knows a workload that is only an address', () => {
  const home = exampleHome({ nas: [object('ingress', 'nas', { spec: { rule: [{ host: 'nas.rpi' }] } })] });
  expect(summarize(home)).toMatchObject([{ hosts: ['nas.rpi'], images: [], memory: 0 }]);
});

it('names the databases of a workload, and where they are replicated to', () => {
  const { blocks } = webApp('notes', {
    namespace: 'apps',
    image: image('notes'),
    port: 80,
    host: 'notes',
    memory: '64Mi',
    database: { file: '/data/notes.db', replica: exampleReplica, verify: '0 3 * * 6' },
  });
  const home = exampleHome({ notes: blocks, feed: [makesPods('feed', {})] });
  const [replication] = replicationsIn(home);
  expect(summarize(home)).toMatchObject([
    {
      databases: ['/data/notes.db'],
      replicas: replication?.settings?.replicas.map(formatReplica),
      helperImages: expect.arrayContaining(['litestream/litestream:0.5.18']),
    },
    { databases: [], replicas: [] },
  ]);
  expect(replication?.settings?.replicas).toHaveLength(1);
});
