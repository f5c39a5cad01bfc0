import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { printWorkloads } from '../code/print-workload';
import { exampleSurroundings } from '../example-surroundings';
import { importFrom } from '../import-home';

describe('a compose file', () => {
  let folder: string;
  beforeEach(() => (folder = makeTemporaryFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function importing(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const imported = await importFrom({ from: folder, stack: 'workloads' }, exampleSurroundings);
    const printed = await printWorkloads(imported.workloads);
    const left = imported.left.map(({ where, what }) => `${where}: ${what}`.replaceAll(`${folder}/`, ''));
    return { printed, left, variables: imported.variables.map(({ name }) => name) };
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
  writableRoot: 'It ran so before. Find out which folders it writes into, and name them as scratch instead.',
  root: {
    why: 'It ran so before, or as its image says. Look the user up in its Dockerfile, and name it as user instead.',
    capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'],
  },
});
`);
    expect([...printed.values()].join()).not.toContain('never-in-code');
    expect(variables).toEqual(['photos_admin_password']);
    expect(left).toEqual([
      'compose.yml:16: photos: volumes: what is written to /data ends with the pod',
      'compose.yml:7: photos: ports: port 8080 of the host becomes http://photos.home',
      'compose.yml:7: Service photos: port 3000 becomes 80',
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
    ['a limit', 'deploy: { resources: { limits: { memory: 1gb } } }', ''],
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
    const { left } = await importing({
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
  built: { build: . }
secrets: { token: { file: token.txt } }
`,
      'tls.key': 'key',
      'compose.override.yml': 'services: {}\n',
    });
    expect(left).toEqual([
      'compose.override.yml: is a compose file of its own',
      'compose.yml:15: secrets: has no place in the home',
      'compose.yml:5: web: container_name: other services find it under its own name',
      'compose.yml:11: web: networks: everything in the cluster can reach everything else',
      'compose.yml:12: web: devices: a device of the host is not imported',
      'compose.yml:10: web: restart: a pod of a Deployment is always restarted',
      'compose.yml:8: web: env_file: missing.env is not there',
      'compose.yml:7: web: environment: GREETING: $UNKNOWN is not set, so it is empty, as in compose',
      'compose.yml:13: web: volumes: ./tls.key looks secret and stays behind',
      'compose.yml:9: web: user: Kubernetes knows users by number, not "www-data"',
      'compose.yml:3: web: it reserves no memory; 64Mi is a guess',
      'compose.yml:6: web: ports: port 80 of the host becomes http://web.home',
      'compose.yml:6: web: ports: port 514 is reached inside the cluster only',
      'compose.yml:14: built: build: an image has to be in a registry',
      'compose.yml:14: built: has no image',
    ]);
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
    const what = 'answers only the host, so it gets no address and is reachable only inside the cluster';
    expect(left).toEqual([
      `compose.yml:7: a: ports: 127.0.0.1:8081:80 ${what}`,
      `compose.yml:8: a: ports: [::1]:8082:82 ${what}`,
      `compose.yml:9: a: ports: 127.0.0.1:8084:84/tcp ${what}`,
      `compose.yml:13: b: ports: 127.0.0.1:9090:9090 ${what}`,
      'compose.yml:13: b: ports: port 8080 of the host becomes http://b.home',
    ]);
  });

  it('tells of a range of ports once', async () => {
    const { left } = await importing({
      'compose.yml':
        'services: {a: {image: "example.org/a:1", mem_reservation: 64m, ports: ["80:80", "9000-9002:7000-7002/udp"]}}\n',
    });
    expect(left).toEqual([
      'compose.yml:1: a: ports: port 80 of the host becomes http://a.home',
      'compose.yml:1: a: ports: ports 9000-9002 are reached inside the cluster only',
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
      'compose.yml:6: a: network_mode: a namespace takes such a pod only where it is allowed',
      'compose.yml:8: a: extra_hosts: a pod has no gateway to its host',
      'compose.yml:9: a: dns: the DNS of the cluster is asked first, and this one only if that does not answer',
      'compose.yml:11: a: sysctls: net.ipv4.ip_forward: nodes refuse a pod with net.ipv4.ip_forward until they are configured to allow it',
      'compose.yml:12: a: group_add: Kubernetes knows groups by number, not "video"',
    ]);
  });
});
