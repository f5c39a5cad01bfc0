import { type Block, raw } from '@home/terraform';
import { exampleHome, makesPods, object } from '../rules/example-home';
import { formatReplica, readLitestreamConfig, replicationsIn, writersIn } from './replications';

const configOf = (path: string, more: object = {}) =>
  JSON.stringify({ dbs: [{ path: `/data/${path}.db`, replica: { bucket: 'home', path } }], ...more });
const configMap = (data: unknown): Block => object('config_map', 'notes-config', { data });
const volume = [{ name: 'config', config_map: { name: 'notes-config' } }];
const mount = (mount_path: string, sub_path?: string) => ({ name: 'config', mount_path, sub_path });
const sidecar = (given: object = {}) => ({
  name: 'litestream',
  image: 'litestream/litestream:0.5.18',
  args: ['replicate'],
  volume_mount: [mount('/etc/litestream.yml', 'litestream.yml')],
  ...given,
});
const home = (
  container: object,
  data: unknown = { 'litestream.yml': configOf('notes') },
  more: object = {},
) =>
  exampleHome({
    notes: [makesPods('notes', { podSpec: { container: [container], volume }, ...more }), configMap(data)],
  });
const replicas = (...given: Parameters<typeof home>) =>
  replicationsIn(home(...given)).map(({ settings }) => settings?.replicas.map(({ url }) => url));
const found = [['s3://home/notes']];

it.each<[string, object, unknown?]>([
  ['mounted as a file', sidecar()],
  ['mounted with its folder', sidecar({ volume_mount: [mount('/elsewhere'), mount('/etc')] })],
  [
    'of a name of its own',
    sidecar({ args: ['replicate', '-config', '/c/a.yml'], volume_mount: [mount('/c/a.yml', 'b.yml')] }),
    { 'b.yml': configOf('notes') },
  ],
  [
    'by an equals sign',
    sidecar({ args: ['replicate', '-config=/c/a.yml'], volume_mount: [mount('/c')] }),
    { 'a.yml': configOf('notes') },
  ],
  [
    'by a variable',
    sidecar({ args: ['replicate', 'LITESTREAM_CONFIG=/c/a.yml'], volume_mount: [mount('/c')] }),
    { 'a.yml': configOf('notes') },
  ],
])(
  'finds the replicas by a configuration %s',
  (...[, container, data = { 'litestream.yml': configOf('notes') }]) => {
    expect(replicas(container, data)).toEqual(found);
  },
);

it.each<[string, object, unknown?]>([
  ['another file is mounted', sidecar({ volume_mount: [mount('/etc/litestream.yaml')] })],
  ['nothing is mounted', sidecar({ volume_mount: undefined })],
  ['its volume is another', sidecar({ volume_mount: [{ name: 'data', mount_path: '/etc' }] })],
  ['its key is not there', sidecar({ volume_mount: [mount('/etc/litestream.yml', 'other.yml')] })],
  ['its data is not known', sidecar(), raw('local.data')],
  ['its text is not known', sidecar(), { 'litestream.yml': raw('local.text') }],
  [
    'its key is not known',
    sidecar({ volume_mount: [{ ...mount('/etc/litestream.yml'), sub_path: raw('var.key') }] }),
  ],
  [
    'one of several is not known',
    sidecar({ args: ['replicate', 'LITESTREAM_CONFIG=/etc/litestream.yml', 'LITESTREAM_CONFIG=/etc/b.yml'] }),
  ],
])('does not know what is replicated while %s', (...[, container, data]) => {
  expect(replicas(container, data ?? { 'litestream.yml': configOf('notes') })).toEqual([undefined]);
});

it.each<[string, object, boolean]>([
  ['by its image', sidecar(), true],
  ['by a mirror of its image', sidecar({ image: 'registry.rpi/a/litestream:0.5.18' }), true],
  [
    'by its command',
    sidecar({ image: 'app:1', command: ['/usr/bin/litestream', 'replicate'], args: [] }),
    true,
  ],
  ['in a script', sidecar({ image: 'app:1', args: ['sh', '-c', 'true;litestream replicate&&true'] }), true],
  ['not, but restores', sidecar({ args: ['restore'] }), false],
  ['not, but is called alike', sidecar({ image: 'a/my-litestream:1' }), false],
  ['not, but does so by other means', sidecar({ image: 'app:1' }), false],
])('replicates %s', (_, container, expected) => {
  expect(replicas(container)).toHaveLength(expected ? 1 : 0);
});

it('adds up what several Litestreams of one container do', () => {
  const container = sidecar({
    args: ['replicate', 'LITESTREAM_CONFIG=/etc/a.yml', 'LITESTREAM_CONFIG=/etc/b.yml'],
    volume_mount: [mount('/etc')],
  });
  const data = {
    'a.yml': configOf('a', { 'shutdown-timeout': '10s', 'shutdown-sync-timeout': '50s' }),
    'b.yml': configOf('b', { 'shutdown-timeout': '40s' }),
  };
  const [replication] = replicationsIn(home(container, data));
  expect(replication?.settings).toMatchObject({
    shutdownSeconds: 40,
    shutdownSyncSeconds: 50,
    databases: ['/data/a.db', '/data/b.db'],
    replicas: [{ url: 's3://home/a' }, { url: 's3://home/b' }],
  });
});

it('knows who writes by its address and its title, unless it is to have no pods', () => {
  const [writer] = writersIn(home(sidecar()));
  expect(writer).toEqual({
    address: 'kubernetes_deployment_v1.notes',
    title: 'Deployment apps/notes',
    replica: 's3://home/notes',
  });
  expect(writersIn(home(sidecar(), undefined, { type: 'stateful_set' }))[0]?.title).toBe(
    'StatefulSet apps/notes',
  );
  expect(writersIn(home(sidecar(), undefined, { spec: { replicas: '0' } }))).toStrictEqual([]);
});

it('reads what people write', () => {
  const yaml = `
dbs:
  - path: /data/a.db
    replicas:
      - url: s3://home/a/
      - bucket: home
        path: b
        endpoint: http://nas:9000
        region: eu
  - path: /data/b.db
    replica: null
`;
  const read = readLitestreamConfig(yaml);
  expect(read).toMatchObject({
    shutdownSeconds: 30,
    shutdownSyncSeconds: 30,
    databases: ['/data/a.db', '/data/b.db'],
  });
  expect(read?.replicas).toEqual([
    { file: '/data/a.db', endpoint: '', bucket: '', region: '', path: '', url: 's3://home/a' },
    {
      file: '/data/a.db',
      endpoint: 'http://nas:9000',
      bucket: 'home',
      region: 'eu',
      path: 'b',
      url: 's3://home/b',
    },
  ]);
  expect(read?.replicas.map(formatReplica)).toEqual(['s3://home/a', 'http://nas:9000 s3://home/b']);
});

it.each([
  '',
  'text',
  '[]',
  '{"dbs": "x"}',
  '{"dbs": [1]}',
  '{"dbs": [{"replica": "s3://a"}]}',
  'a: [',
  '{"dbs": [{"replicas": [1]}]}',
])('takes nothing else for a configuration: %j', (text) =>
  expect(readLitestreamConfig(text)).toBeUndefined(),
);
