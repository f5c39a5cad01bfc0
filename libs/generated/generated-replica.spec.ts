import { generatedReplicas } from './generated-replica';

const replicasOf = (config: string) =>
  generatedReplicas([
    {
      kind: 'resource',
      type: 'kubernetes_config_map_v1',
      label: 'notes',
      stack: 'workloads',
      workload: 'notes',
      body: { data: { 'litestream.yml': config } },
    },
  ]);

const replica = '{ type: s3, endpoint: "http://nas:9000", bucket: replica, region: here, path: notes }';

it.each([
  ['YAML', `dbs:\n  - path: /data/notes.db\n    replica: ${replica}\n`],
  ['YAML that begins like JSON', `{ dbs: [{ path: /data/notes.db, replica: ${replica} }] }`],
  ['a list of replicas', `dbs:\n  - path: /data/notes.db\n    replicas: [${replica}]\n`],
])('reads %s', (_, config) => {
  expect(replicasOf(config)).toMatchObject([
    {
      workload: 'notes',
      file: '/data/notes.db',
      endpoint: 'http://nas:9000',
      bucket: 'replica',
      region: 'here',
      path: 'notes',
    },
  ]);
});

it('calls a database by its workload, and one of several by its path', () => {
  const database = (path: string) =>
    `{ path: /data/${path}.db, replica: { type: s3, bucket: b, path: ${path} } }`;
  const namesOf = (...paths: string[]) =>
    replicasOf(`{ dbs: [${paths.map(database).join(', ')}] }`).map(({ name }) => name);
  expect(namesOf('diary')).toEqual(['notes']);
  expect(namesOf('diary', 'diary-pictures')).toEqual(['diary', 'diary-pictures']);
});

it('skips what has no file to restore, and a database that is not replicated', () => {
  const config = `dbs:\n  - dir: /data\n    replica: ${replica}\n  - path: /data/local.db\n`;
  expect(replicasOf(config)).toEqual([]);
});

it.each([
  ['malformed YAML', 'dbs: ['],
  ['nothing', ''],
  ['text', 'dbs'],
  ['databases that are none', 'dbs: [/data/notes.db]'],
  ['a replica that is none', 'dbs:\n  - path: /data/notes.db\n    replica: s3://replica/notes\n'],
])('refuses %s rather than find no replica', (_, config) => {
  expect(() => replicasOf(config)).toThrow(
    'terraform/workloads/notes.tf.json: litestream.yml must be a configuration that Litestream can read, with ' +
      'databases under dbs. Correct it where notes is described, and run `npm run generate`.',
  );
});
