import { type Block, raw } from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from './example-home';
import { requireOneWriter, requireTimeForLastSync, uniqueReplicaPaths } from './replicas';

/** What is different about a replicated app of a test. */
interface ReplicatedExample {
  readonly type?: 'stateful_set' | 'deployment' | 'daemon_set';
  /** Litestream's configuration; YAML, since that is what people write. */
  readonly config?: unknown;
  /** The key of that configuration in its ConfigMap. */
  readonly file?: string;
  readonly litestream?: object;
  readonly spec?: object;
  readonly podSpec?: object;
  readonly annotations?: unknown;
}

/** A pod whose database Litestream replicates as it should, and the ConfigMap with its configuration. */
function replicatedApp(name: string, given: ReplicatedExample = {}): Block[] {
  const {
    type = 'stateful_set',
    config = litestreamYaml(name),
    file = 'litestream.yml',
    litestream = {},
    spec,
    podSpec,
    annotations,
  } = given;
  const sidecar = container({
    name: 'litestream',
    image: 'litestream/litestream:0.5.18',
    restart_policy: 'Always',
    args: ['replicate'],
    volume_mount: [{ name: 'config', mount_path: '/etc/litestream.yml', sub_path: 'litestream.yml' }],
    ...litestream,
  });
  const pods = makesPods(name, {
    type,
    spec,
    metadata: { annotations },
    podSpec: {
      termination_grace_period_seconds: 70,
      init_container: [sidecar],
      volume: [{ name: 'config', config_map: { name: `${name}-config` } }],
      ...podSpec,
    },
  });
  return [object('config_map', `${name}-config`, { data: { [file]: config } }), pods];
}

/** Litestream's configuration for one database on the NAS. */
const litestreamYaml = (
  path: string,
  timeouts = 'shutdown-timeout: 58s\nshutdown-sync-timeout: 55s',
): string =>
  `${timeouts}\ndbs:\n  - path: /data/app.db\n    replica: { type: s3, endpoint: "http://nas:9000", bucket: replica, path: ${path} }\n`;

describe('requireOneWriter', () => {
  const check = (given: ReplicatedExample) =>
    complaints(requireOneWriter, ...exampleHome({ app: replicatedApp('app', given) }));
  const refusal = (what: string, remedy: string, type = 'stateful_set') =>
    `apps/workloads/app: kubernetes_${type}_v1.app: a replicated database ${what}. ${remedy}.`;

  it.each<ReplicatedExample>([
    {},
    { spec: { replicas: '1' } },
    { spec: { replicas: '0' } },
    { spec: { replicas: raw('var.replicas') } },
    { spec: { update_strategy: { type: 'RollingUpdate' } } },
    { spec: { update_strategy: [{ type: raw('var.strategy') }] } },
    { litestream: { image: raw('var.image'), command: ['litestream', 'replicate'], args: undefined } },
    {
      litestream: {
        image: 'registry.rpi:5000/tools:1',
        command: ['/bin/sh', '-c', 'exec /usr/bin/litestream replicate; true'],
      },
    },
  ])('accepts case %#', (given) => {
    expect(check(given)).toEqual([]);
  });

  it('refuses an app that may start a Litestream of its own', () => {
    const env = [
      { name: 'LITESTREAM_S3_BUCKET', value: 'mine' },
      { name: 'PORT' },
      { name: raw('var.name') },
    ];
    expect(check({ podSpec: { container: [container({ env })] } })).toEqual([
      refusal(
        'must have one Litestream, but its app is given "LITESTREAM_S3_BUCKET", which makes one of its image start',
        'Take that out of its env',
      ),
    ]);
    expect(
      check({ litestream: { env }, podSpec: { container: [container({ env: env.slice(1) })] } }),
    ).toEqual([]);
  });

  it('refuses a second writer, and a writer that is not replicated to its end', () => {
    const notStateful = refusal(
      'must belong to a StatefulSet: anything else starts the next pod while the last one still writes',
      'Use kubernetes_stateful_set_v1',
      'deployment',
    );
    expect(check({ type: 'deployment' })).toEqual([notStateful]);
    expect(check({ type: 'deployment', spec: { strategy: { type: 'Recreate' } } })).toEqual([notStateful]);
    expect(check({ spec: { replicas: '2' } })).toEqual([
      refusal('must have one pod, but replicas is "2"', 'Write replicas: "1"'),
    ]);
    expect(check({ spec: { update_strategy: { type: 'OnDelete' } } })).toEqual([
      refusal(
        'must be updated by RollingUpdate: any other strategy waits until somebody deletes the pod',
        'Leave update_strategy out',
      ),
    ]);
  });

  it('refuses Litestream as anything but a native sidecar', () => {
    const line = refusal(
      'must be replicated until its app has ended, but container "litestream" ends with it',
      'Make it an init_container with restart_policy: "Always"',
    );
    const litestream = container({
      name: 'litestream',
      image: 'litestream/litestream:0.5.18',
      args: ['replicate'],
    });
    expect(check({ podSpec: { init_container: [], container: [container(), litestream] } })).toEqual([line]);
    expect(check({ litestream: { restart_policy: undefined } })).toEqual([line]);
  });

  it('finds Litestream whatever way it is called', () => {
    const ways = [
      { args: ['replicate'] },
      {
        image: 'ghcr.io/benbjohnson/litestream@sha256:' + 'a'.repeat(64),
        args: ['replicate', '-config', '/etc/l.yml'],
      },
      { image: 'app:1', command: ['/usr/local/bin/litestream'], args: ['replicate'] },
      {
        image: 'app:1',
        command: ['/bin/sh', '/etc/replicate-database.sh'],
        args: ['litestream', 'replicate'],
      },
      { image: 'app:1', command: ['sh', '-c', 'litestream restore x && litestream replicate -exec app'] },
    ];
    expect(ways.filter((litestream) => check({ type: 'deployment', litestream }).length !== 1)).toEqual([]);
  });

  it('asks nothing of pods that replicate nothing', () => {
    const restore = container({ image: 'litestream/litestream:0.5.18', args: ['restore', '/data/app.db'] });
    const verify = makesPods('verify', { type: 'cron_job', podSpec: { container: [restore] } });
    expect(complaints(requireOneWriter, verify)).toEqual([]);
    expect(
      complaints(
        requireOneWriter,
        makesPods('replicate', { podSpec: { container: [container({ args: ['replicate'] })] } }),
      ),
    ).toEqual([]);
  });
});

describe('requireTimeForLastSync', () => {
  const check = (given: ReplicatedExample) =>
    complaints(requireTimeForLastSync, ...exampleHome({ app: replicatedApp('app', given) }));
  const grace = (seconds: unknown) => ({ podSpec: { termination_grace_period_seconds: seconds } });
  const stops = (seconds: unknown) => ({ annotations: { 'homeserver.lknuth.dev/stop-seconds': seconds } });
  const tooShort = (has: number, stop: number, shutdown: number) =>
    `apps/workloads/app: kubernetes_stateful_set_v1.app: termination_grace_period_seconds ${has} must be more than the ` +
    `${stop} s in which its app stops and the ${shutdown} s of Litestream's shutdown-timeout. Make it ${stop + shutdown + 2} or more.`;

  it.each<ReplicatedExample>([
    grace(69),
    { ...grace(119), ...stops('60') },
    { ...grace(64), ...stops('5') },
    grace(raw('var.grace')),
    { ...grace(30), ...stops(raw('var.stop')) },
    { ...grace(30), config: raw('var.config') },
    { ...grace(41), config: litestreamYaml('app', 'logging: { type: json }') },
    { ...grace(92), config: litestreamYaml('app', 'shutdown-timeout: 1m20.5s\nshutdown-sync-timeout: 80s') },
  ])('accepts case %#', (given) => {
    expect(check(given)).toEqual([]);
  });

  it.each<[ReplicatedExample, string]>([
    [grace(68), tooShort(68, 10, 58)],
    [grace(undefined), tooShort(30, 10, 58)],
    [{ ...grace(70), ...stops('30') }, tooShort(70, 30, 58)],
    [{ ...grace(40), config: litestreamYaml('app', 'logging: { type: json }') }, tooShort(40, 10, 30)],
    [{ ...grace(40), config: litestreamYaml('app', 'shutdown-timeout: never') }, tooShort(40, 10, 30)],
  ])('refuses case %#', (given, line) => {
    expect(check(given)).toEqual([line]);
  });

  it('refuses an app that says no number of seconds', () => {
    for (const said of ['soon', '-100', '']) {
      expect(check(stops(said))).toEqual([
        'apps/workloads/app: kubernetes_stateful_set_v1.app: annotation "homeserver.lknuth.dev/stop-seconds" must be a number ' +
          `of seconds, but is "${said}". Write how long its app takes to stop, such as "10".`,
      ]);
    }
  });

  it('refuses a last upload that Litestream itself would cut short', () => {
    const config = litestreamYaml('app', 'shutdown-sync-timeout: 55s');
    expect(check({ config })).toEqual([
      "apps/workloads/app: kubernetes_stateful_set_v1.app: Litestream's shutdown-timeout of 30 s must not be shorter than its " +
        'shutdown-sync-timeout of 55 s. Make shutdown-timeout longer.',
    ]);
  });

  it('asks nothing of pods without Litestream', () => {
    expect(complaints(requireTimeForLastSync, makesPods('app', {}))).toEqual([]);
  });
});

describe('uniqueReplicaPaths', () => {
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

  const inFolder = (path: string) =>
    `dbs: [{ replica: { endpoint: "http://nas:9000", bucket: replica, path: "${path}" } }]`;

  it.each(['Shared', 'shared/', 'shared.', 'x/../shared', './shared', 'shared/./'])(
    'refuses %s, which is shared to some store',
    (path) => {
      expect(check(litestreamYaml('shared'), inFolder(path))).toEqual([
        expect.stringMatching(/must be unique, but both have it\./),
      ]);
    },
  );

  it.each([
    ['shared', 'shared/ltx'],
    ['shared/ltx', 'shared'],
    ['a/b/c', 'a'],
  ])('refuses replicas in one another: %s and %s', (one, two) => {
    expect(check(inFolder(one), inFolder(two))).toEqual([
      'apps/workloads/one: kubernetes_stateful_set_v1.one and apps/workloads/two: kubernetes_stateful_set_v1.two: ' +
        `replica "http://nas:9000 s3://replica/${two}" must neither lie in the other's nor hold it. Give each database a path of its own.`,
    ]);
  });

  it('accepts replicas beside one another whose names begin alike', () => {
    expect(check(inFolder('home/shared'), inFolder('home/shared-too'))).toEqual([]);
  });

  it('refuses two databases of one app with one path', () => {
    const config =
      'dbs: [{ path: /a, replica: { bucket: b, path: p } }, { path: /b, replica: { bucket: b, path: p } }]';
    expect(complaints(uniqueReplicaPaths, ...exampleHome({ one: replicatedApp('one', { config }) }))).toEqual(
      [
        'apps/workloads/one: kubernetes_stateful_set_v1.one: replica "s3://b/p" must be unique, but is there twice. ' +
          'Give each database a path of its own.',
      ],
    );
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
});
