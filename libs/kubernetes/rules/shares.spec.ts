import { type Block, raw, resourceBlock } from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from './example-home';
import { noDatabasesOnShares, uniqueShareFolders } from './shares';

/** A volume in a folder of the NAS, and its claim. */
const kept = (name: string, path: unknown, source = 'nfs'): Block[] => [
  resourceBlock('kubernetes_persistent_volume_v1', name, {
    metadata: { name },
    spec: [{ persistent_volume_source: { [source]: { server: '192.168.107.4', path } } }],
  }),
  object('persistent_volume_claim', name, { spec: { volume_name: name } }),
];

describe('noDatabasesOnShares', () => {
  /** What is said of a pod whose containers mount these: path → volume. */
  function check(app: Record<string, string>, litestream: Record<string, string> = { '/data': 'local' }) {
    const mounts = (given: Record<string, string>) =>
      Object.entries(given).map(([mount_path, name]) => ({ name, mount_path }));
    const config = { name: 'config', mount_path: '/etc/litestream.yml', sub_path: 'litestream.yml' };
    const podSpec = {
      init_container: [
        container({
          name: 'litestream',
          image: 'litestream/litestream:0.5.18',
          restart_policy: 'Always',
          args: ['replicate'],
          volume_mount: [config, ...mounts(litestream)],
        }),
      ],
      container: [container({ volume_mount: mounts(app) })],
      volume: [
        { name: 'config', config_map: { name: 'config' } },
        { name: 'local', empty_dir: {} },
        { name: 'share', nfs: { server: '192.168.107.4', path: '/export/home/app' } },
        { name: 'claim', persistent_volume_claim: { claim_name: 'kept' } },
        { name: 'disk', persistent_volume_claim: { claim_name: 'disk' } },
        { name: 'other', persistent_volume_claim: { claim_name: 'described-elsewhere' } },
      ],
    };
    const data = { 'litestream.yml': 'dbs: [{ path: /data/app.db, replica: { type: s3 } }]' };
    const blocks = [
      ...kept('kept', '/export/home/app'),
      ...kept('disk', '/var/mnt/disk', 'local'),
      object('config_map', 'config', { data }),
      makesPods('app', { type: 'stateful_set', podSpec }),
    ];
    return complaints(noDatabasesOnShares, ...exampleHome({ app: blocks }));
  }

  const refusal = (volume: string, of = 'app') =>
    `apps/workloads/app: kubernetes_stateful_set_v1.app: database "/data/app.db" must not lie on NFS, but volume "${volume}" of ` +
    `container "${of}" does. Mount an emptyDir over its folder, and the share beside or inside it.`;

  it.each<Record<string, string>>([
    { '/data': 'local' },
    { '/data': 'local', '/data/files': 'claim', '/database': 'share' },
    { '/': 'share', '/data/': 'local' },
    { '/data': 'disk' },
    { '/data': 'other' },
  ])('accepts %j', (mounts) => {
    expect(check(mounts)).toEqual([]);
  });

  it.each<[Record<string, string>, string]>([
    [{ '/data': 'share' }, 'share'],
    [{ '/data/': 'claim' }, 'claim'],
    [{ '/': 'claim' }, 'claim'],
    [{ '/data': 'local', '/data/app.db': 'claim' }, 'claim'],
  ])('refuses %j', (mounts, volume) => {
    expect(check(mounts)).toEqual([refusal(volume)]);
  });

  it('looks into each container of the pod', () => {
    expect(check({ '/data': 'local' }, { '/data': 'claim' })).toEqual([refusal('claim', 'litestream')]);
  });
});

describe('uniqueShareFolders', () => {
  const check = (one: unknown, other: unknown, source?: string) =>
    complaints(uniqueShareFolders, ...exampleHome({ a: kept('a', one), b: kept('b', other, source) }));
  const where =
    'apps/workloads/a: kubernetes_persistent_volume_v1.a and apps/workloads/b: kubernetes_persistent_volume_v1.b';

  it('accepts folders that lie beside each other', () => {
    expect(check('/export/a', '/export/ab')).toEqual([]);
    expect(check('/export/a', '/export/a', 'local')).toEqual([]);
    expect(check('/export/a', raw('var.path'))).toEqual([]);
  });

  it('refuses one folder for two, and one inside the other', () => {
    for (const same of ['/export/a/', '/export/b/../a', '/export//a'])
      expect(check('/export/a', same)).toEqual([
        `${where}: folder "192.168.107.4:/export/a" must be unique, but both have it. Give each a folder of its own.`,
      ]);
    for (const [one, other] of [
      ['/export/a', '/export/a/b'],
      ['/export/a/b', '/export/a'],
    ]) {
      expect(check(one, other)).toEqual([
        `${where}: folder "192.168.107.4:/export/a/b" must not lie in "192.168.107.4:/export/a". Put one beside the other.`,
      ]);
    }
  });
});
