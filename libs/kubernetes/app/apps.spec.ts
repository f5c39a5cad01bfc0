import { home, readFacts, settle } from '@home/home';
import { checkFile, resource } from '@home/providers';
import {
  type Block,
  OwnedBlocks,
  ProblemsError,
  type TfJson,
  formatProblem,
  raw,
  render,
  resolve,
} from '@home/terraform';
import { exampleReplica } from '../litestream/example-replica';
import { exampleHome } from '../rules/example-home';
import { rulesFor } from '../rules';
import { uniqueShareFolders } from '../rules/shares';
import { daemon } from './daemon';
import { job } from './job';
import { webApp } from './web-app';
import { worker } from './worker';

const namespaceOf = (name: string, level: string) =>
  resource('kubernetes_namespace_v1', name, {
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } },
  });
const [apps, infra] = [namespaceOf('apps', 'restricted'), namespaceOf('infra', 'privileged')];
const secrets = ['apps', 'infra'].map((namespace) =>
  resource('kubernetes_secret_v1', `litestream-${namespace}`, {
    metadata: { name: 'litestream', namespace },
    data_wo: { LITESTREAM_ACCESS_KEY_ID: raw('var.id'), LITESTREAM_SECRET_ACCESS_KEY: raw('var.key') },
    data_wo_revision: 1,
  }),
);
const replica = {
  ...exampleReplica,
  images: { ...exampleReplica.images, verify: 'ghcr.io/example/verify:1.0.0' },
};
const verify = '0 2 * * 6';
const plain = { namespace: 'apps', image: 'ghcr.io/example/app:1.0.0', memory: '64Mi' };
const web = { ...plain, port: 8080, host: 'app' };
const redis = {
  image: 'redis:8.2.1',
  memory: '32Mi',
  port: 6379,
  user: { uid: 999, gid: 999 },
  scratch: ['/data'],
};
const several = {
  database: { file: '/etc/pihole/pihole-FTL.db', replica, verify },
  databases: { gravity: { file: '/etc/pihole/gravity.db', replica, verify, expects: { tables: ['group'] } } },
};
const why = 'It answers machines that know nothing of Kubernetes.';

// A home of its own for these tests: each file of tests has its own copy of the facts.
const [node] = home.network.nodes;
Object.assign(home.network, { nodes: [{ ...node, devices: { zigbee: '/dev/ttyUSB0', gpu: '/dev/dri/' } }] });
Object.assign(home.nas, {
  address: '192.168.107.4',
  files: { export: '/export/home' },
  media: { export: '/export/media' },
});

const made: Readonly<Record<string, { readonly blocks: readonly Block[] }>> = {
  'a web app with all': webApp('app', {
    ...web,
    namespace: 'infra',
    aliases: ['other'],
    cpu: '100m',
    cpuLimit: '2',
    ports: {
      'sync-tcp': { port: 22000, hostPort: 22000 },
      'sync-udp': { port: 22000, protocol: 'UDP', hostPort: 22000 },
      admin: { port: 3000, host: 'admin' },
    },
    hostNetwork: true,
    devices: ['zigbee', 'gpu'],
    beyondRestricted: why,
    user: { uid: 1000, gid: 1000, groups: [20, 44] },
    init: [['sh', '-c', 'true'], ['/bin/migrate']],
    containers: { redis },
    files: { '/config': 'app' },
    media: { '/music': 'music' },
    config: { name: 'app-config', files: { 'a.yml': 'a' }, mountedAt: '/config', subPath: true },
    ...several,
  }),
  'a worker with data': worker('bot', { ...plain, ...several, files: { '/kept': 'bot' } }),
  'a worker without a port': worker('bot', { ...plain, stopSeconds: 20, containers: { redis } }),
  'a worker with ports': worker('game', {
    ...plain,
    ports: { game: { port: 25565 }, query: { port: 25565, protocol: 'UDP' } },
  }),
  'a job': job('backup', {
    ...plain,
    schedule: '0 4 * * *',
    files: { '/kept': 'backup' },
    init: [['true']],
    containers: { redis },
  }),
  'a daemon': daemon('figures', {
    ...plain,
    namespace: 'infra',
    hostNetwork: true,
    beyondRestricted: why,
    ports: { metrics: { port: 9100 } },
  }),
};

describe.each(Object.entries(made))('%s', (_, { blocks }) => {
  it('is what the provider takes, and breaks no rule of the home', () => {
    const owned = exampleHome({ made: [apps, infra, ...secrets, ...blocks] });
    const { json } = render(
      owned.map(({ block }) => block),
      owned[0]!.owner,
      new OwnedBlocks(owned),
    );
    const facts = { ...settle(readFacts()), network: home.network };
    expect(
      [...checkFile(json as TfJson, 'made'), ...rulesFor(facts).flatMap((rule) => rule(owned))].map(
        formatProblem,
        raw,
      ),
    ).toEqual([]);
  });
});

interface ContainerBody {
  readonly name: string;
  readonly args?: readonly string[];
  readonly port?: readonly object[];
  readonly resources: { readonly requests: { readonly memory: string } };
  readonly volume_mount: readonly { readonly mount_path: string }[];
}

function podOf(blocks: readonly Block[], type: string) {
  const body = resolve(blocks.find((block) => block.type === `kubernetes_${type}_v1`)?.body);
  const { spec } = (body as { spec: { template: { spec: Record<string, unknown> } } }).spec.template;
  return {
    spec,
    init: spec['init_container'] as readonly ContainerBody[],
    main: (spec['container'] as readonly ContainerBody[])[0]!,
  };
}

const litestreamOf = (blocks: readonly Block[]) =>
  resolve(blocks.find(({ label }) => label.endsWith('-litestream-config'))?.body['data']) as {
    'litestream.yml': string;
  };

describe('an app', () => {
  it('has what it needs before it starts, and ends before what it needs', () => {
    const { init } = podOf(made['a web app with all']!.blocks, 'stateful_set');
    expect(init.map(({ name }) => name)).toEqual([
      'litestream-restore-snapshot',
      'litestream-restore-snapshot-gravity',
      'litestream-sidecar',
      'redis',
      'init-1',
      'init-2',
    ]);
  });

  it('has a Litestream for each of its databases in one container, with the memory of both', () => {
    const { blocks } = worker('bot', { ...plain, ...several });
    const { init, main } = podOf(blocks, 'stateful_set');
    const sidecar = init.at(-1)!;
    expect(sidecar.args).toEqual([
      'litestream replicate',
      ...['DATABASE_FILE=/etc/pihole/pihole-FTL.db', 'LITESTREAM_CONFIG=/etc/litestream.yml'],
      ...['DATABASE_FILE=/etc/pihole/gravity.db', 'LITESTREAM_CONFIG=/etc/litestream-gravity.yml'],
    ]);
    expect(sidecar.resources.requests.memory).toBe('96Mi');
    expect(Object.keys(litestreamOf(blocks))).toContain('replicate-databases.sh');
    const { database } = several;
    expect(Object.keys(litestreamOf(worker('bot', { ...plain, database }).blocks))).not.toContain(
      'replicate-databases.sh',
    );
    // Two in one folder have one volume.
    expect(main.volume_mount.map(({ mount_path }) => mount_path)).toEqual(['/etc/pihole']);
    expect(blocks.filter(({ type }) => type === 'kubernetes_cron_job_v1')).toHaveLength(2);
  });

  it('opens its ports in its container, on its node and in its Service', () => {
    const { blocks } = made['a web app with all']!;
    const { main } = podOf(blocks, 'stateful_set');
    expect(main.port).toEqual([
      { name: 'web', container_port: 8080 },
      { name: 'sync-tcp', container_port: 22000, host_port: 22000 },
      { name: 'sync-udp', container_port: 22000, protocol: 'UDP', host_port: 22000 },
      { name: 'admin', container_port: 3000 },
    ]);
    const service = blocks.find(({ type }) => type === 'kubernetes_service_v1');
    expect(resolve(service?.body['spec'])).toMatchObject({
      selector: { 'app.kubernetes.io/name': 'app' },
      port: [
        { name: 'web', port: 80, target_port: 'web' },
        { name: 'sync-tcp', port: 22000, target_port: 'sync-tcp' },
        { name: 'sync-udp', port: 22000, protocol: 'UDP', target_port: 'sync-udp' },
        { name: 'admin', port: 3000, target_port: 'admin' },
      ],
    });
  });

  it('works when its first port for TCP answers, whatever it has for UDP', () => {
    const ports = { dns: { port: 53, protocol: 'UDP' as const }, web: { port: 80 }, admin: { port: 81 } };
    const { main } = podOf(worker('dns', { ...plain, ports }).blocks, 'deployment');
    const asked = { tcp_socket: [{ port: 'web' }] };
    expect(main).toMatchObject({ startup_probe: asked, readiness_probe: asked, liveness_probe: asked });
  });

  it('leaves the first database as it was when a second one comes', () => {
    const labels = (props: object) =>
      worker('bot', { ...plain, ...props }).blocks.map(({ type, label }) => `${type}.${label}`);
    const { database } = several;
    expect(labels(several)).toEqual(expect.arrayContaining(labels({ database })));
  });

  it('keeps what belongs to its data when it gets ports: Kubernetes would make a StatefulSet anew', () => {
    const serviceOf = (props: object) => {
      const { blocks } = worker('bot', { ...plain, ...several, ...props });
      const set = blocks.find(({ type }) => type === 'kubernetes_stateful_set_v1');
      return Reflect.get(Object(resolve(set?.body['spec'])), 'service_name');
    };
    expect(serviceOf({ ports: { web: { port: 80 } } })).toBe(serviceOf({}));
  });

  it('gives Litestream the time that what runs beside an app does not need', () => {
    const config = (props: object) =>
      litestreamOf(worker('bot', { ...plain, database: several.database, ...props }).blocks)[
        'litestream.yml'
      ];
    expect(config({})).toContain('"shutdown-sync-timeout": "40s"');
    expect(config({ containers: { redis } })).toContain('"shutdown-sync-timeout": "35s"');
  });

  it('runs where its devices are, and opens them', () => {
    const { spec, main } = podOf(made['a web app with all']!.blocks, 'stateful_set');
    expect(spec).toMatchObject({ node_selector: { 'kubernetes.io/hostname': node!.name } });
    expect(main).toMatchObject({
      security_context: { privileged: true, run_as_user: '1000', read_only_root_filesystem: true },
      volume_mount: expect.arrayContaining([{ name: 'device-zigbee', mount_path: '/dev/ttyUSB0' }]),
    });
  });

  it('cannot write media, which others may read as well', () => {
    const { main } = podOf(made['a web app with all']!.blocks, 'stateful_set');
    const read = expect.objectContaining({ mount_path: '/music', read_only: true });
    expect(main.volume_mount).toEqual(expect.arrayContaining([read]));
    const twice = ['one', 'two'].flatMap(
      (name) => webApp(name, { ...web, media: { '/music': 'music' } }).blocks,
    );
    expect(uniqueShareFolders(exampleHome({ made: twice }))).toEqual([]);
  });

  it.each(
    (
      [
        [
          { devices: ['camera'] },
          'devices[0] "camera" must be a device of a node, but libs/home/facts.ts names none of that name.',
        ],
        [{ hostNetwork: true }, 'beyondRestricted must be there beside hostNetwork.'],
        [
          { ports: { dns: { port: 53, hostPort: 53 } } },
          'beyondRestricted must be there beside ports.dns.hostPort.',
        ],
        [
          { ports: { a: { port: 9000, protocol: 'UDP', host: 'talk' } } },
          'ports.a.host "talk" must stand at a TCP port: the ingress speaks HTTP. Take it out, or the protocol.',
        ],
        [
          { ports: { a: { port: 8080 } } },
          'ports.a.port 8080 must be a port of its own, but port is the same for TCP.',
        ],
        [
          { ports: { a: { port: 80 } } },
          'ports.a.port 80 must be another port: its Service has the address there.',
        ],
        [
          { ports: { a: { port: 81, host: 'app' } } },
          'ports.a.host "app" must be an address of its own, but host is the same.',
        ],
        [{ aliases: ['a.b'] }, 'aliases[0] "a.b" must be the part before the domain "rpi", without a dot.'],
        [{ containers: { 'litestream-x': redis } }, 'containers.litestream-x must have another name: '],
        [
          { containers: { redis: { ...redis, memoryLimit: '1Mi' } } },
          'containers.redis.memoryLimit "1Mi" must not be below memory "32Mi".',
        ],
        [{ cpu: '2', cpuLimit: '500m' }, 'cpuLimit "500m" must not be below cpu "2".'],
        [{ cpu: '64Mi' }, 'cpu "64Mi" must be between 1m and 1024.'],
        [
          { stopSeconds: 28, containers: { redis } },
          'stopSeconds of the app and its containers must be at most 30 together, but are 33',
        ],
        [
          { databases: { a: several.database }, database: several.database },
          'databases.a.file "/etc/pihole/pihole-FTL.db" must be a file of its own, but is that of database.',
        ],
        [
          { ...several, database: { ...several.database, replica: { ...replica } } },
          'databases.gravity.replica must be that of database.',
        ],
        [
          { media: { '/etc/pihole': 'x' }, ...several },
          'media "/etc/pihole" must not hold the database: SQLite breaks on NFS.',
        ],
      ] as [object, string][]
    ).map(([props, message]) => [message, props] as const),
  )('says: %s', (message, props) => {
    expect(() => webApp('app', { ...web, ...props })).toThrow(ProblemsError);
    expect(() => webApp('app', { ...web, ...props })).toThrow(`app: ${message}`);
  });

  it('tells a worker, a job and a daemon of what they do not have', () => {
    const given = { ...plain, schedule: '0 4 * * *', host: 'a' };
    expect(() => job('backup', { ...given, ...several } as never)).toThrow(
      /^backup: database must be a known name[^]*backup: host must be a known name/,
    );
    expect(() => worker('bot', given as never)).toThrow('bot: schedule must be a known name.');
    expect(() => daemon('figures', { ...plain, files: {} } as never)).toThrow(
      'figures: files must be a known name.',
    );
  });
});
