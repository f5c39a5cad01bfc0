import { formats } from './formats';

type Format = keyof typeof formats;

it.each<[Format, ...string[]]>([
  ['ipv4', '192.168.107.3'],
  ['ipv6', 'fd00::3'],
  ['address', '192.168.107.3', 'fd00::3'],
  ['ipv4-subnet', '192.168.107.0/24', '10.0.0.0/30', '128.0.0.0/1'],
  ['ipv6-subnet', 'fd00::/48', 'fd00::/126'],
  ['cluster-subnet', '10.0.0.0/8', '10.244.0.0/24', 'fd00::/8', 'fd00::/112'],
  ['hostname', 'pi', 'node-1'],
  ['domain', 'rpi', 'home.example.org', 'localhost'],
  ['home-domain', 'rpi', 'mylocalhost', 'cluster.local.example.org'],
  ['absolute-domain', 'me.example.org.'],
  ['server', '192.168.107.3', 'time.example.org'],
  ['origin', 'http://nas', 'https://nas.rpi:9000', 'http://[fd00::3]:9000', 'http://127.0.0.1'],
  ['store-origin', 'http://nas:9000', 'http://[fd00::3]:9000'],
  ['endpoint', 'https://192.168.107.3:6443'],
  ['plain-url', 'https://example.org', 'http://nas:9000/a/b'],
  ['memory', '64Mi', '1Mi', '16Ti'],
  ['cpu', '500m', '1m', '4', '1024'],
  ['schedule', '0 2 * * 6'],
  ['image', 'traefik', 'traefik:latest'],
  ['pinned-image', 'traefik:v3.4.4'],
  ['litestream-image', 'litestream/litestream:0.5.18'],
  [
    'replica-time',
    '2026-11-30T09:28:18Z',
    '2020-01-01T00:00:00.123Z',
    '2099-12-31T23:59:59+14:00',
    '2024-02-29T00:00:00-23:59',
  ],
  ['mount-path', '/data', '/data/', '/dev/shm', '/etc/briefly', '/usr/share/app', '/library', '/a.b/c+d@e'],
  ['database-file', '/data/app.db', '/var/lib/app/a@b+c.sqlite3', '/data/my-wal.db'],
  ['label-key', 'zone', 'example.org/zone', 'A_b.c'],
  ['kernel-argument', 'quiet', '-selinux', 'console=tty0', 'net.ifnames=0'],
  ['label-value', '', 'a', 'a_b.C', 'a'.repeat(63)],
])('takes for %s: %s %s %s %s %s', (format, ...texts) => {
  for (const text of texts) expect([text, formats[format](text)]).toEqual([text, true]);
});

const system = 'must not be a folder of the system';
const ofSystem = 'which the system has for itself';
const beforeFile = 'must be an absolute path';
const oneMachine = 'must be the address of one machine that others reach';

it.each<[Format, boolean | string, ...string[]]>([
  ['ipv4', false, 'fd00::3', '10.0.0', ''],
  ['ipv4', oneMachine, '127.0.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1'],
  ['ipv6', oneMachine, '::1', '::', 'ff02::1'],
  ['address', false, 'nas'],
  ['ipv4-subnet', false, '10.0.0.0/31', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0', 'fd00::/48', '10.0.0.0/024'],
  ['ipv6-subnet', false, 'fd00::/127', '::/0', 'fd00::/129', '10.0.0.0/24'],
  ['cluster-subnet', false, 'pods', '10.0.0.0/33'],
  [
    'cluster-subnet',
    'must be a subnet of 8 to 24 bits',
    '10.0.0.0/7',
    '10.0.0.0/25',
    'fd00::/7',
    'fd00::/113',
  ],
  ['hostname', false, 'localhost', 'a.b', 'Pi', '-a', 'a-', 'a'.repeat(64)],
  ['domain', false, '10.0.0.1', 'a..b', 'a.1', '.a', 'a.', 'a b', 'a/b'],
  ['home-domain', 'but each machine has "localhost" for itself', 'localhost', 'a.localhost'],
  ['home-domain', 'but Kubernetes has "cluster.local" for itself', 'cluster.local', 'a.cluster.local'],
  ['absolute-domain', false, 'me.', 'me.example.org', 'a b.org.'],
  ['server', false, '127.0.0.1', 'a b'],
  [
    'origin',
    false,
    'nas',
    'ftp://nas',
    'http://nas/',
    'http://nas:0',
    'http://a@nas',
    'http://10.1',
    'x http://nas',
  ],
  ['store-origin', false, 'nas'],
  [
    'store-origin',
    'must be the address of a machine that pods reach',
    'http://localhost:9000',
    'http://[::1]',
    'http://127.0.0.1',
  ],
  ['endpoint', false, 'http://192.168.107.3:6443', 'https://192.168.107.3', 'https:6443'],
  ['plain-url', false, 'https://a/?b', 'https://a/#b', 'https://a/b c', 'ftp://a', 'https://a:0/b'],
  ['memory', 'must be an amount of memory', '64MB', '', '1e', '-1Mi'],
  ['memory', 'must be between 1Mi and 16Ti', '1023Ki', '17Ti'],
  ['cpu', 'must be an amount of processors', 'half'],
  ['cpu', 'must be between 1m and 1024', '0.5m', '1025'],
  ['schedule', 'must have five fields', '0 2 * *'],
  ['image', false, '', 'a b'],
  ['pinned-image', 'must pin a version', 'traefik', 'traefik:latest'],
  ['litestream-image', 'must be a release of Litestream 0.5', 'litestream/litestream:0.3.13', 'a:0.5.1-b'],
  [
    'replica-time',
    false,
    '2026-11-30',
    '2026-11-30T09:28:18',
    '2026-02-30T00:00:00Z',
    '2026-11-30T24:00:00Z',
    '2026-11-30T09:28:18+24:00',
    'at 2026-11-30T09:28:18Z',
    '2026-11-30T09:28:18Zulu',
    '2026-11-3AT09:28:18Z',
    '2026-11-30T09:2A:18Z',
  ],
  ['replica-time', 'must be of a year from 2020 to 2099', '2019-12-31T00:00:00Z', '2100-01-01T00:00:00Z'],
  ['mount-path', false, 'data', '', '/a//b', '/a/../b', '/./a', '/a b', '/a/.'],
  ['mount-path', system, '/', '/etc', '/etc/', '/bin', '/proc/self', '/dev', '/usr/bin', '/var/lib'],
  ['database-file', beforeFile, 'app.db', '/a b/c.db', '/a/../b.db', '/a//b.db'],
  ['database-file', 'not what SQLite puts beside it', '/a/b.db-wal', '/a/b-shm', '/a/b-journal'],
  ['database-file', 'must name a file', '/data/'],
  ['database-file', 'must lie in a folder of its own', '/app.db'],
  ['database-file', ofSystem, '/tmp/app.db', '/etc/app.db', '/proc/a/b.db'],
  ['label-key', false, '', '/a', 'a/', 'a/b/c', 'a_b/c', '-a', 'a'.repeat(64)],
  ['kernel-argument', false, '', '=a', 'a=b c', "a='b'", 'a b'],
  ['kernel-argument', 'must be more than a word', 'yes', 'Off', '-e1'],
  ['kernel-argument', 'must not end with a colon', 'a=b:'],
  ['label-value', false, '-a', 'a-', 'a b', 'a'.repeat(64)],
])('refuses for %s with %s: %j %j %j %j', (format, answer, ...texts) => {
  for (const text of texts) {
    const wanted = typeof answer === 'string' ? expect.stringContaining(answer) : answer;
    expect([text, formats[format](text)]).toEqual([text, wanted]);
  }
});
