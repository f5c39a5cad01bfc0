import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { formatProblem, resourceBlock } from '@home/terraform';
import { stringify } from 'yaml';
import { literal } from '../code/code';
import { printWorkloads } from '../code/print-workload';
import { exampleSurroundings } from '../example-surroundings';
import { type ImportRequest, importFrom } from '../import-home';
import { formatReport } from '../format-report';
import { problemOf } from '../imported';
import type { Surroundings } from '../surroundings';

describe('a compose file', () => {
  let folder: string;
  beforeEach(() => (folder = makeTemporaryFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function importing(
    files: Readonly<Record<string, string>>,
    { around = exampleSurroundings, ...request }: Partial<ImportRequest> & { around?: Surroundings } = {},
  ) {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const imported = await importFrom({ from: folder, stack: 'workloads', ...request }, around);
    const printed = await printWorkloads(imported.workloads);
    const left = imported.left
      .map(problemOf)
      .map(({ where, what }) => `${where}: ${what}`.replaceAll(`${folder}/`, ''));
    const { copies = [], variables } = imported;
    const calls = copies.flatMap(({ text }) => text.split('\n').filter((line) => /^to_\w+ /.test(line)));
    return { imported, printed, left, calls, variables: variables.map(({ name }) => name) };
  }

  it('gives a web app for a service that a browser opens', async () => {
    const { printed, left, variables } = await importing({
      'compose.yml': `
services:
  photos:
    image: example.org/photos:\${VERSION:-1.4.2}
    restart: unless-stopped
    command: serve --title "My photos"
    ports: ["8080:3000"]
    environment:
      TZ: Europe/Berlin
      WORKERS: 2
      PRICE: 5$$
      ADMIN_PASSWORD: \${ADMIN_PASSWORD}
    mem_reservation: 128m
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:3000/health"]
    volumes: ["./settings:/etc/photos:ro", "pictures:/data"]
volumes:
  pictures:
`,
      '.env': 'VERSION=1.5.0\nADMIN_PASSWORD=never-in-code\n',
      'settings/photos.ini': '[photos]\nsize = 10\n',
      'settings/tags.ini': '[tags]\ncat = 1\n',
    });
    expect(Object.fromEntries(printed)).toEqual({
      'apps/workloads/photos/main.ts': expect.any(String),
      'apps/workloads/photos/photos.ini': '[photos]\nsize = 10\n',
      'apps/workloads/photos/tags.ini': '[tags]\ncat = 1\n',
      'apps/workloads/photos/copy-to-share.sh': expect.any(String),
    });
    expect(printed.get('apps/workloads/photos/main.ts')).toContain(`const photos = webApp('photos', {
  namespace: apps,
  image: 'example.org/photos:1.5.0',
  port: 3000,
  host: 'photos',
  memory: '128Mi',
  health: '/health',
  args: ['serve', '--title', 'My photos'],
  env: { TZ: 'Europe/Berlin', WORKERS: 2, PRICE: '5$', ADMIN_PASSWORD: fromSecret(secret, 'ADMIN_PASSWORD') },
  config: {
    name: 'photos-config',
    files: filesBeside(__dirname, 'photos.ini', 'tags.ini'),
    mountedAt: '/etc/photos',
  },
  files: { '/data': 'photos/pictures' },
  writableRoot: 'imported: it ran so before. Mount what it writes, and make its root file system read-only.',
  root: {
    why: 'imported: it ran so before, or as its image says. Find out its user, and take the rights that it does not need.',
    capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'],
  },
});
`);
    expect([...printed.values()].join()).not.toContain('never-in-code');
    expect(variables).toEqual(['photos_admin_password']);
    expect(left).toEqual([
      'compose.yml:7: photos (http://photos.home): its port becomes an address',
      'compose.yml:7: Service photos (3000): its port becomes 80',
    ]);
  });

  it('leads the name of a service without an address to all of its ports', async () => {
    const { printed, left } = await importing({
      'docker-compose.yaml': `
services:
  app:
    image: example.org/app:1
    environment: ["DATABASE_URL=postgres://app:hush@db:5432/app"]
    depends_on: [db]
  db:
    image: postgres:16.3
    user: "70:70"
    environment: ["POSTGRES_PASSWORD=hush", "PASSWORD_POLICY=on"]
    healthcheck: { test: pg_isready -U app, interval: 1m30s }
    deploy: { resources: { limits: { memory: 1gb, cpus: 0.5 } } }
`,
    });
    const db = printed.get('apps/workloads/db/main.ts');
    expect(db).toContain(`spec: { selector: labels, cluster_ip: 'None' }`);
    expect(db).toContain(`security_context: { run_as_user: '70', run_as_group: '70' }`);
    expect(db).toContain(`exec: { command: ['/bin/sh', '-c', 'pg_isready -U app'] },`);
    expect(db).toContain(`period_seconds: 90`);
    expect(db).toContain(`limits: { memory: '1Gi', cpu: '0.5' }`);
    expect(db).toContain(`{ name: 'PASSWORD_POLICY', value: 'on' }`);
    expect([...printed.values()].join()).not.toContain('hush');
    expect(left).toContain('docker-compose.yaml:6: app: depends_on: Kubernetes starts everything at once');
  });

  test.each([
    ['a limit of CPU', 'deploy: { resources: { limits: { cpus: 1 } } }', ''],
    ['two ports', 'expose: ["9090"]', ''],
    ['memory that is mounted', 'tmpfs: /cache', ''],
    ['a user', 'user: "1000"', ''],
    ['a probe that runs a program', 'healthcheck: { test: "true" }', ''],
    ['two instances', 'deploy: { replicas: 2 }', ''],
    [
      'a caller at another port',
      '',
      'b: { image: "example.org/b:1", environment: { URL: "http://a:8080" } }',
    ],
  ])('gives the blocks of Kubernetes for a service with %s', async (_, more, other) => {
    const { printed } = await importing({
      'compose.yml': `
services:
  a:
    image: example.org/a:1
    mem_reservation: 64m
    ports: ["80:8080"]
    ${more}
  ${other}
`,
    });
    expect([...printed.values()].join()).not.toContain('webApp');
    expect(printed.get('apps/workloads/a/main.ts')).toContain("resource('kubernetes_ingress_v1', 'a', {");
  });

  it('takes equal secrets for one', async () => {
    const { printed, variables } = await importing({
      'compose.yml': `
services:
  a: { image: "example.org/a:1", environment: { DB_PASSWORD: $PASSWORD } }
  b: { image: "example.org/b:1", environment: { POSTGRES_PASSWORD: $PASSWORD, API_TOKEN: $TOKEN } }
`,
    });
    expect(variables).toEqual(['a_db_password', 'b_api_token']);
    expect(printed.get('apps/workloads/b/main.ts')).toContain(`from '@home/workloads/a';`);
  });

  it('tells of everything that does not come along', async () => {
    const { left, calls } = await importing({
      'compose.yml': `
services:
  web:
    image: example.org/web:1
    container_name: site
    ports: ["80:80", "514:514/udp"]
    environment: { GREETING: $UNKNOWN }
    env_file: missing.env
    user: www-data
    restart: "no"
    networks: [front]
    devices: [/dev/dri]
    volumes: ["./tls.key:/etc/tls.key"]
  built: { build: ., volumes: ["data:/data"] }
secrets: { token: { file: token.txt } }
`,
      'tls.key': 'key',
      'compose.override.yml': 'services: {}\n',
    });
    expect(left).toEqual([
      'compose.override.yml: is a compose file of its own',
      'compose.yml:5: web: container_name: other services find it under its own name',
      'compose.yml:11: web: networks: everything in the cluster can reach everything else',
      'compose.yml:12: web: devices: a device of the host is not imported',
      'compose.yml:10: web: restart: a pod is always started again',
      'compose.yml:8: web: env_file: missing.env is not there',
      'compose.yml:7: web ($UNKNOWN in environment.GREETING): the variable is not set, so it is empty, as in compose',
      'compose.yml:9: web (www-data): Kubernetes knows users by number',
      'compose.yml:3: web: it reserves no memory, and 64Mi is a guess',
      'compose.yml:6: web (http://web.home): its port becomes an address',
      'compose.yml:6: web (514): the port is reached inside the cluster only',
      'compose.yml:14: built: build: an image has to be in a registry',
      'compose.yml:14: built: has no image, so it does not come along',
    ]);
    expect(calls).toEqual([]);
  });

  it('opens no port to the network that answered the host alone', async () => {
    const { printed, left } = await importing({
      'compose.yml': `
services:
  a:
    image: example.org/a:1
    mem_reservation: 64m
    ports:
      - "127.0.0.1:8081:80"
      - "[::1]:8082:82"
      - { target: 84, published: 8084, host_ip: 127.0.0.1 }
  b:
    image: example.org/b:1
    mem_reservation: 64m
    ports: ["127.0.0.1:9090:9090", "8080:80"]
`,
    });
    expect(printed.get('apps/workloads/a/main.ts')).not.toContain('ingress');
    expect(printed.get('apps/workloads/b/main.ts')).toContain('number: 80');
    const what = 'it answered only the host, so it gets no address and is reached inside the cluster only';
    expect(left).toEqual([
      `compose.yml:7: a (127.0.0.1:8081:80): ${what}`,
      `compose.yml:8: a ([::1]:8082:82): ${what}`,
      `compose.yml:9: a (127.0.0.1:8084:84/tcp): ${what}`,
      `compose.yml:13: b (127.0.0.1:9090:9090): ${what}`,
      'compose.yml:13: b (http://b.home): its port becomes an address',
    ]);
  });

  it('opens a port that speaks HTTP before one that speaks TLS, and tells of a service that has no other', async () => {
    const { printed, left } = await importing({
      'compose.yml': `
services:
  proxy: { image: "example.org/a:1", ports: ["443:443", "80:8080"] }
  admin: { image: "example.org/a:1", ports: ["9443:9443"] }
`,
    });
    expect(printed.get('apps/workloads/proxy/main.ts')).toContain(
      'service: { name: service.ref.metadata[0].name, port: { number: 8080 } }',
    );
    expect(left.filter((line) => line.includes('TLS'))).toEqual([
      'compose.yml:4: admin (9443): such a port mostly speaks TLS, and the ingress asks by plain HTTP',
    ]);
  });

  it('tells of a range of ports once', async () => {
    const { left } = await importing({
      'compose.yml':
        'services: {a: {image: "example.org/a:1", mem_reservation: 64m, ports: ["80:80", "9000-9002:7000-7002/udp"]}}\n',
    });
    expect(left).toEqual([
      'compose.yml:1: a (http://a.home): its port becomes an address',
      'compose.yml:1: a (9000-9002): the port is reached inside the cluster only',
    ]);
  });

  it('keeps what a service says of its network, names and kernel', async () => {
    const { printed, left } = await importing({
      'compose.yml': `
services:
  a:
    image: example.org/a:1
    mem_reservation: 64m
    network_mode: host
    hostname: vault
    extra_hosts: ["nas:192.168.1.5", "store=192.168.1.5", "six:[::1]", "docker:host-gateway"]
    dns: 9.9.9.9
    dns_opt: ["ndots:2", rotate]
    sysctls: { net.ipv4.tcp_syncookies: 1, net.ipv4.ip_forward: 1 }
    group_add: [44, video]
`,
    });
    const code = printed.get('apps/workloads/a/main.ts');
    expect(code).toContain('host_network: true');
    expect(code).toContain("dns_policy: 'ClusterFirstWithHostNet'");
    expect(code).toContain("hostname: 'vault'");
    expect(code).toContain("{ ip: '192.168.1.5', hostnames: ['nas', 'store'] }");
    expect(code).toContain("{ ip: '::1', hostnames: ['six'] }");
    expect(code).toContain("nameservers: ['9.9.9.9']");
    expect(code).toContain("option: [{ name: 'ndots', value: '2' }, { name: 'rotate' }]");
    expect(code).toContain("{ name: 'net.ipv4.tcp_syncookies', value: '1' }");
    expect(left).toEqual([
      'compose.yml:6: a (network_mode): such a pod may do what it likes with its node, so it goes into the namespace infra',
      'compose.yml:8: a: extra_hosts: a pod has no gateway to its host',
      'compose.yml:9: a: dns: the DNS of the cluster is asked first, and this one only if that does not answer',
      'compose.yml:11: a (net.ipv4.ip_forward): nodes refuse a pod with this sysctl until they are configured to allow it',
      'compose.yml:12: a (video): Kubernetes knows groups by number',
    ]);
  });

  const app = (more: string): string =>
    `services:\n  a: { image: "example.org/a:1.0", mem_reservation: 64m, ports: ["80:80"], ${more} }\n`;

  describe('with data', () => {
    it('keeps a volume and a folder on the share, and says how they get there', async () => {
      const { printed, calls } = await importing({
        'compose.yml': app('volumes: ["a_uploads:/srv/uploads", "./state:/state"]'),
        'state/state.txt': 'written by the app',
      });
      expect(printed.get('apps/workloads/a/main.ts')).toContain(
        "files: { '/srv/uploads': 'a/uploads', '/state': 'a/state' }",
      );
      expect([...printed.keys()]).toEqual(['apps/workloads/a/main.ts', 'apps/workloads/a/copy-to-share.sh']);
      expect(calls).toEqual([
        'to_share a /srv/uploads /export/home/a/uploads 1',
        'to_share a /state /export/home/a/state 1',
      ]);
    });

    test.each([
      ['postgres:16.3', 'data:/var/lib/postgresql/data', '/var/lib/postgresql/data'],
      ['mariadb:11.4', '/srv/db:/var/lib/mysql', '/var/lib/mysql'],
      ['redis:7.2', 'cache:/data', '/data'],
      ['mongo:7.0', '/data/db', '/data/db'],
      ['lscr.io/linuxserver/sonarr:4.0.0', './config:/config', '/config'],
      ['codeberg.org/forgejo/forgejo:14.0.5-rootless', 'git:/var/lib/gitea', '/var/lib/gitea'],
      ['codeberg.org/forgejo/forgejo:14.0.5', 'git:/data', '/data'],
    ])('keeps what %s writes on the disk of one node', async (image, volume, target) => {
      const { printed, left, calls } = await importing({
        'compose.yml': `services: { db: { image: "${image}", volumes: ["${volume}"] } }`,
      });
      const code = printed.get('apps/workloads/db/main.ts');
      expect(code).toContain("resource('kubernetes_stateful_set_v1', 'db'");
      expect(code).toMatch(/host_path: \{ path: '\/var\/lib\/home-data\/db\//);
      expect(code).toContain("values: ['box']");
      expect(code).toContain(`mount_path: '${target}'`);
      expect(code).not.toContain('empty_dir');
      expect(left.join()).toContain('lies on the disk of one node');
      expect(calls.at(-1)).toMatch(/^to_disk db [\w-]+ db:/);
    });

    it('gives a database server a place also where nothing is mounted', async () => {
      const { printed } = await importing({ 'compose.yml': 'services: { db: { image: "postgres:16.3" } }' });
      expect(printed.get('apps/workloads/db/main.ts')).toContain("mount_path: '/var/lib/postgresql/data'");
    });

    it('leaves a cache without a volume without one', async () => {
      const { printed } = await importing({ 'compose.yml': 'services: { cache: { image: "redis:7.2" } }' });
      expect(printed.get('apps/workloads/cache/main.ts')).toContain('kubernetes_deployment_v1');
    });

    it('is one place for all services that mount it, also in each other', async () => {
      const { printed, calls } = await importing({
        'compose.yml': `
services:
  tv: { image: "example.org/tv:1.0", volumes: ["/media/tv:/tv"] }
  films: { image: "example.org/films:1.0", volumes: ["/media:/media"] }
`,
      });
      const code = [...printed.values()].join();
      expect(code.match(/'kubernetes_persistent_volume_v1', /g)).toHaveLength(1);
      expect(code).toContain("mount_path: '/tv', sub_path: 'tv'");
      expect(calls).toEqual(['to_share films /media /export/home/tv/media 1']);
    });

    it('stays the NFS export that it was', async () => {
      const { printed, calls } = await importing({
        'compose.yml': `${app('volumes: ["media:/media:ro"]')}volumes: { media: { driver_opts: { type: nfs, o: "addr=10.0.0.9,ro", device: ":/tank/media" } } }\n`,
      });
      expect(printed.get('apps/workloads/a/main.ts')).toContain(
        "nfs: { server: '10.0.0.9', path: '/tank/media', read_only: true }",
      );
      expect(calls).toEqual([]);
    });

    it('is refused by a home without a share, or given up by name', async () => {
      const around = { ...exampleSurroundings, data: { node: 'box' } };
      const files = { 'compose.yml': app('volumes: ["data:/data"]') };
      await expect(importing(files, { around })).rejects.toThrow(
        'a: /data must be kept, but the home has no share for files',
      );
      const { printed, left } = await importing(files, { around, allowDataLoss: 'a' });
      expect(printed.get('apps/workloads/a/main.ts')).toContain('empty_dir');
      expect(left.join()).toContain('a (/data): what is written there ends with the pod, as you allowed');
      await expect(importing(files, { allowDataLoss: 'b' })).rejects.toThrow(
        '"b" must be a service of the file',
      );
    });

    it('is nothing of what belongs to the host: a socket, a clock, a device, a folder of the system', async () => {
      const { left, calls } = await importing({
        'compose.yml': app(
          'volumes: ["/var/run/docker.sock:/var/run/docker.sock", "/etc/localtime:/etc/localtime:ro", "/dev/dri:/dev/dri", "/sys:/host/sys"]',
        ),
      });
      expect(calls).toEqual([]);
      expect(left.filter((line) => / is not mounted/.test(line))).toEqual([
        'compose.yml:2: a (/var/run/docker.sock): a socket of the host is not mounted',
        'compose.yml:2: a (/etc/localtime): is not mounted, since nodes run in UTC',
        'compose.yml:2: a (/dev/dri): a device of the host is not mounted',
        'compose.yml:2: a (/sys): a folder of the host is not mounted',
      ]);
    });

    test.each([
      ['acme.json', '{"key": "x"}'],
      ['id_rsa', 'x'],
      ['password.txt', 'x'],
      ['.env', 'A=b'],
      ['app.yml', 'jwt_secret: a1b2c3d4e5f6\n'],
    ])('has no folder in the repository that holds %s', async (name, text) => {
      const { printed, calls } = await importing({
        'compose.yml': app('volumes: ["./conf:/conf:ro"]'),
        [`conf/${name}`]: text,
        'conf/other.ini': 'x = 1\n',
      });
      expect([...printed.keys()]).toEqual(['apps/workloads/a/main.ts', 'apps/workloads/a/copy-to-share.sh']);
      expect(calls).toHaveLength(1);
    });

    it('has a secret file as a Secret', async () => {
      const { printed, variables } = await importing({
        'compose.yml': `${app('volumes: ["./tls.key:/etc/tls.key:ro"], secrets: [token]')}secrets: { token: { file: token.txt } }\n`,
        'tls.key': 'hush-key',
        'token.txt': 'hush-token',
      });
      const code = [...printed.values()].join();
      expect(code).not.toContain('hush');
      expect(code).toContain("mount_path: '/etc/tls.key', sub_path: 'tls.key', read_only: true");
      expect(code).toContain("mount_path: '/run/secrets/token', sub_path: 'token.txt', read_only: true");
      expect(variables).toEqual(['a_files_tls_key', 'a_files_token_txt']);
    });
  });

  it('finds in .env what variables without a value are, and in files the variables that they name', async () => {
    const { printed, left } = await importing({
      'compose.yml': `
services:
  app:
    image: example.org/a:1.0
    environment: [MODE, REDIS_CACHE_PASSWORD, NOWHERE]
    env_file: app.env
`,
      '.env': 'MODE=quiet\nDOMAIN=localhost\nREDIS_CACHE_PASSWORD=hush\n',
      'app.env': 'URL=http://${DOMAIN}/x\nLOST=$UNKNOWN\n',
    });
    const code = printed.get('apps/workloads/app/main.ts');
    expect(code).toContain("{ name: 'MODE', value: 'quiet' }");
    expect(code).toContain("{ name: 'URL', value: 'http://localhost/x' }");
    expect(code).not.toContain('hush');
    expect(left).toContain(
      'compose.yml:5: app (NOWHERE): the variable takes its value from the shell, and has none here',
    );
    expect(left).toContain(
      'compose.yml:6: app ($UNKNOWN in env_file): the variable is not set, so it is empty, as in compose',
    );
  });

  it('takes secrets out of commands and questions', async () => {
    const { printed } = await importing({
      'compose.yml': `
services:
  cache:
    image: redis:7.2
    command: redis-server --requirepass hush1
    healthcheck: { test: ["CMD", "redis-cli", "-a", "\${REDIS_PASSWORD}", "ping"] }
  app:
    image: example.org/a:1.0
    entrypoint: ["/app", "--dsn=u:hush3@tcp(db:3306)/x", "--port=80"]
`,
      '.env': 'REDIS_PASSWORD=hush2\n',
    });
    const code = [...printed.values()].join();
    expect(code).not.toContain('hush');
    expect(code).toContain("args: ['redis-server', '--requirepass', '$(SECRET_REQUIREPASS)']");
    expect(code).toContain("command: ['/app', '--dsn=$(SECRET_DSN)', '--port=80']");
    expect(code).toContain(String.raw`exec 'redis-cli' '-a' \"$SECRET_A\" 'ping'`);
  });

  it('asks a service that starts slowly without calling it unready', async () => {
    const { printed } = await importing({
      'compose.yml':
        'services: { a: { image: "example.org/a:1.0", healthcheck: { test: "true", interval: 30s, start_period: 10m } } }',
    });
    const code = printed.get('apps/workloads/a/main.ts');
    expect(code).not.toContain('initial_delay_seconds');
    expect(code).toMatch(/startup_probe: \{[\s\S]*period_seconds: 30,[\s\S]*failure_threshold: 60/);
  });

  it('has names and addresses that the home has not, also where others call it', async () => {
    const ingress = resourceBlock('kubernetes_ingress_v1', 'diary', {
      metadata: { name: 'journal', namespace: 'apps' },
      spec: { rule: [{ host: 'diary.home' }] },
    });
    const owner = { stack: 'workloads', workload: 'diary', where: 'diary' };
    const around = {
      ...exampleSurroundings,
      blocks: [...exampleSurroundings.blocks, { owner, block: ingress }],
    };
    const { printed, left } = await importing(
      {
        'compose.yml': `
name: notes
services:
  diary: { image: "example.org/diary:1", ports: ["80:80"], environment: { PUSH: "http://gotify:80" } }
  gotify: { image: "example.org/gotify:1", expose: ["80"] }
  db_1: { image: "example.org/db:1" }
  db-1: { image: "example.org/db:1" }
`,
      },
      { around },
    );
    expect([...printed.keys()]).toEqual(
      ['notes-diary', 'notes-gotify', 'db-1', 'notes-db-1'].map((name) => `apps/workloads/${name}/main.ts`),
    );
    const code = printed.get('apps/workloads/notes-diary/main.ts');
    expect(code).toContain("host: 'notes-diary'");
    expect(code).toContain("PUSH: 'http://notes-gotify:80'");
    expect(left).toContain(
      'compose.yml:4: diary (notes-diary): is called otherwise now, also in the environment of others',
    );
  });

  it('calls other services by the names that they have here', async () => {
    const { printed } = await importing(
      {
        'compose.yml': `
services:
  app_db: { image: "mysql:8.0.36", container_name: photos-mysql }
  vpn: { image: "example.org/vpn:1.0", cap_add: [net_admin] }
  app:
    image: example.org/a:1.0
    environment: { DB_HOST: photos-mysql, DB_NAME: app_db, URL: "http://app_db:3306/app_db", PROXY: "vpn:8888" }
`,
      },
      {
        around: {
          ...exampleSurroundings,
          namespaces: new Map([...exampleSurroundings.namespaces, ['infra', literal('infra')]]),
        },
      },
    );
    const code = printed.get('apps/workloads/app/main.ts');
    expect(code).toContain("{ name: 'DB_HOST', value: 'app-db' }");
    expect(code).toContain("{ name: 'DB_NAME', value: 'app_db' }");
    expect(code).toContain("{ name: 'URL', value: 'http://app-db:3306/app_db' }");
    expect(code).toContain("{ name: 'PROXY', value: 'vpn.infra:8888' }");
  });

  it('tells what a pod does not say: devices, places, processes', async () => {
    const { imported } = await importing({
      'compose.yml': `
services:
  a:
    image: example.org/a:1.0
    tmpfs: "/run:size=64m"
    shm_size: 256m
    deploy:
      placement: { constraints: [node.role == worker] }
      resources: { limits: { pids: 10, memory: 1g }, reservations: { devices: [{ capabilities: [gpu] }] } }
`,
    });
    const told = imported.left.map(({ what }) => what.split(': ').slice(0, -1).join('.'));
    expect(told).toEqual(['deploy.resources', 'deploy.resources.reservations.devices', 'deploy.placement']);
    const code = (await printWorkloads(imported.workloads)).get('apps/workloads/a/main.ts');
    expect(code).toContain("size_limit: '64Mi'");
    expect(code).toContain("mount_path: '/dev/shm'");
  });

  it('reads numbers as they are written, and what is reset', async () => {
    const { printed } = await importing({
      'compose.yml': app('environment: { ID: 12345678901234567890 }, entrypoint: !reset null'),
    });
    expect(printed.get('apps/workloads/a/main.ts')).toContain("ID: '12345678901234567890'");
  });

  it('is told of on a page of 60 lines, with twelve services that lose what services mostly do', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `service-${index}`);
    const service = (name: string, index: number) => ({
      image: ['lscr.io/linuxserver/sonarr', 'postgres:16', 'example.org/app'][index % 3],
      container_name: name,
      depends_on: [names[0]],
      networks: ['all'],
      labels: ['traefik.enable=true'],
      cap_add: ['NET_ADMIN'],
      user: 'www-data',
      security_opt: ['no-new-privileges:true'],
      environment: { TZ: 'Europe/Berlin', ...(index < 6 && { API_TOKEN: `never-${index}-in-code` }) },
      ports: [`${8000 + index}:80`, `${9000 + index}:90`],
      volumes: [
        `./${name}:/config`,
        '/etc/localtime:/etc/localtime:ro',
        '/var/run/docker.sock:/var/run/docker.sock',
      ],
      logging: { driver: 'json-file' },
    });
    const services = Object.fromEntries(names.map((name, index) => [name, service(name, index)]));
    const { imported } = await importing({ 'compose.yml': stringify({ services, networks: { all: {} } }) });
    const shown = { newTypes: false, marks: 60 };
    const report = formatReport(imported, { ...shown, verbose: false });
    const rows = report
      .replaceAll(`${folder}/`, '')
      .split('\n')
      .map((line) => Math.ceil(line.length / 80) || 1);
    expect(rows.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(60);
    const whole = formatReport(imported, { ...shown, verbose: true });
    for (const one of imported.left) expect(whole).toContain(formatProblem(problemOf(one)));
    for (const { of = '', part = '', weight } of imported.left)
      if (weight === 'hurts') expect([report.includes(of), report.includes(part)]).toEqual([true, true]);
  });

  it('tells of an override file beside a file that is named by itself', async () => {
    const { left } = await importing(
      { 'compose.yml': app('user: "1"'), 'compose.override.yml': 'services: {}\n' },
      { from: join(folder, 'compose.yml') },
    );
    expect(left).toContain('compose.override.yml: is a compose file of its own');
  });
});
