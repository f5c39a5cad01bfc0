import { raw } from '@home/terraform';
import { complaints, exampleHome, litestreamYaml, replicatedApp } from '../example-home';
import { uniqueReplicaPaths } from './unique-replica-paths';

const check = (one: unknown, two: unknown) =>
  complaints(
    uniqueReplicaPaths,
    ...exampleHome({
      one: replicatedApp('one', { config: one }),
      two: replicatedApp('two', { config: two }),
    }),
  );
const clash = (replica: string) =>
  'apps/workloads/one: kubernetes_stateful_set_v1.one and apps/workloads/two: kubernetes_stateful_set_v1.two: ' +
  `replica "${replica}" must be unique, but both have it. Give each database a path of its own.`;

it.each([
  ['other paths', litestreamYaml('one'), litestreamYaml('two')],
  [
    'another bucket',
    'dbs: [{ replica: { bucket: a, path: p } }]',
    'dbs: [{ replica: { bucket: b, path: p } }]',
  ],
  [
    'another store',
    'dbs: [{ replica: { endpoint: a, bucket: b, path: p } }]',
    'dbs: [{ replica: { bucket: b, path: p } }]',
  ],
  ['a configuration that only Terraform knows', litestreamYaml('one'), raw('file("litestream.yml")')],
  ['a configuration that is none', 'dbs: [', '{'],
])('accepts %s', (_, one, two) => {
  expect(check(one, two)).toEqual([]);
});

it('refuses a path that two databases are replicated to, however it is written', () => {
  expect(check(litestreamYaml('shared'), litestreamYaml('shared'))).toEqual([
    clash('http://nas:9000 s3://replica/shared'),
  ]);
  const json = JSON.stringify({
    dbs: [{ replica: { endpoint: 'http://nas:9000', bucket: 'replica', path: 'shared/' } }],
  });
  expect(check(litestreamYaml('shared'), json)).toEqual([clash('http://nas:9000 s3://replica/shared')]);
  const url = 'dbs: [{ replica: { url: "s3://replica/shared" } }]';
  expect(check(url, 'dbs: [{ replicas: [{ bucket: replica, path: shared }] }]')).toEqual([
    clash('s3://replica/shared'),
  ]);
});

it('refuses two databases of one app with one path', () => {
  const config =
    'dbs: [{ path: /a, replica: { bucket: b, path: p } }, { path: /b, replica: { bucket: b, path: p } }]';
  expect(complaints(uniqueReplicaPaths, ...exampleHome({ one: replicatedApp('one', { config }) }))).toEqual([
    'apps/workloads/one: kubernetes_stateful_set_v1.one: replica "s3://b/p" must be unique, but is there twice. ' +
      'Give each database a path of its own.',
  ]);
});

it('reads the file that Litestream is told to read', () => {
  const two = replicatedApp('two', {
    config: litestreamYaml('one'),
    file: 'replica.yml',
    litestream: {
      args: ['replicate', '-config', '/config/replica.yml'],
      volume_mount: [
        { name: 'other', mount_path: '/elsewhere' },
        { name: 'config', mount_path: '/config' },
      ],
    },
  });
  const home = exampleHome({ one: replicatedApp('one'), two });
  expect(complaints(uniqueReplicaPaths, ...home)).toEqual([clash('http://nas:9000 s3://replica/one')]);
});
