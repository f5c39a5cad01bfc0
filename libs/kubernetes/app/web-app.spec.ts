import { home } from '@home/home';
import {
  type Block,
  ProblemsError,
  type Value,
  isExpression,
  publicText,
  raw,
  resolve,
  tf,
  variable,
} from '@home/terraform';
import { fromSecret } from './container';
import { resource } from '@home/providers';
import type { WebAppProps } from '../generated/web-app';
import { exampleReplica as replica } from '../litestream/example-replica';
import { webApp } from './web-app';

const plain: WebAppProps = {
  namespace: 'apps',
  image: 'example.org/notes:1.2.3',
  port: 8080,
  host: 'notes',
  memory: '64Mi',
};
const database = { file: '/data/notes.db', replica, verify: '0 2 * * 6' };

const find = (blocks: readonly Block[], type: string): Block | undefined =>
  blocks.find((block) => block.type === type);

/** The part of a block's body at a path, with what is known filled in. */
function part(blocks: readonly Block[], type: string, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    resolve(find(blocks, type)?.body),
  );
}

describe('webApp', () => {
  it('stands for an app that is given no name in all that is wrong with it', () => {
    const given = { name: 'notes' } as never;
    expect(() => webApp(given, given)).not.toThrow('[object Object]');
    expect(() => webApp(given, given)).toThrow('webApp: name must be a known name.');
  });

  it('leaves out a file and a variable that are undefined', () => {
    const given = {
      ...plain,
      env: { PORT: 80, HOST: undefined },
      config: { name: 'notes-config', mountedAt: '/etc/notes', files: { a: 'text', b: undefined } },
    } as unknown as WebAppProps;
    const { blocks } = webApp('notes', given);
    const container = ['spec', 'template', 'spec', 'container'];
    expect(part(blocks, 'kubernetes_config_map_v1', 'data')).toEqual({ a: 'text' });
    expect(JSON.stringify(part(blocks, 'kubernetes_deployment_v1', ...container))).not.toContain('HOST');
  });

  it('names each prop that is missing or misspelt, for whoever writes without the compiler', () => {
    const { host: _, ...rest } = plain;
    const given = { ...rest, databse: database, database: { ...database, expects: { table: [] } } };
    expect(() => webApp('notes', given as unknown as WebAppProps)).toThrow(
      new ProblemsError([
        { where: 'notes', what: 'host must be there', remedy: 'Add it' },
        {
          where: 'notes',
          what: 'databse must be a known name',
          remedy: 'Did you mean database?',
        },
        {
          where: 'notes',
          what: 'database.expects.table must be a known name',
          remedy: 'Did you mean tables?',
        },
      ]),
    );
  });

  it('gives an app without a database the time to stop that it asks for', () => {
    const spec = (props: object) =>
      webApp('notes', { ...plain, ...props }).blocks.find(({ type }) => type === 'kubernetes_deployment_v1')
        ?.body;
    expect(spec({ stopSeconds: 25 })).toMatchObject({
      spec: { template: { spec: { termination_grace_period_seconds: 30 } } },
    });
    expect(JSON.stringify(spec({}))).not.toContain('termination_grace_period_seconds');
  });

  it.each<[object, string]>([
    [{ port: '8080' }, 'port "8080" must be a whole number. Write it without quotes.'],
    [
      { stopSeconds: 31 },
      'stopSeconds 31 must be a whole number of seconds, at most 30. A longer one would leave Litestream too little of the 60 seconds that a node gives its pods.',
    ],
    [{ args: 'serve' }, 'args "serve" must be a list. Write ["serve"].'],
    [
      { database: { ...database, first: 'never' } },
      'database.first "never" must be one of "required", "new". Write one of them.',
    ],
    [
      {
        scratch: ['/tmp', '/data', '/data/diary.db', '/tmp'],
        database: { file: '/data/diary.db', replica, verify: '0 3 * * 6' },
      },
      'scratch[1] "/data" must be a folder of its own, but is the database’s folder. Take it out.\n' +
        'notes: scratch[2] "/data/diary.db" must be a folder of its own, but is the database’s file. Take it out.\n' +
        'notes: scratch[3] "/tmp" must be a folder of its own, but stands there twice. Take it out.',
    ],
    [
      { stopSeconds: -1 },
      'stopSeconds -1 must be a whole number of seconds, at most 30. A longer one would leave Litestream too little of the 60 seconds that a node gives its pods.',
    ],
    [{ scratch: ['tmp'] }, 'scratch[0] "tmp" must be the absolute path of a folder. Write it like "/tmp".'],
    [
      { scratch: ['/data/../etc'] },
      'scratch[0] "/data/../etc" must be the absolute path of a folder. Write it like "/tmp".',
    ],
    [
      { files: { data: 'notes' } },
      'files.data "notes" must stand at the absolute path of a folder. Write it like "/var/lib/app/files".',
    ],
    ...['/notes', '../notes', 'notes/', ''].map((folder): [object, string] => [
      { files: { '/data/files': folder } },
      `files["/data/files"] "${folder}" must be the path of a folder of the share. Write it like "nocodb" or "wallabag/images".`,
    ]),
    [
      { writableRoot: ' ' },
      'writableRoot " " must say why. Name what it writes and where that is known from, or leave it out and list the ' +
        'folders as scratch.',
    ],
  ])('names a prop of a wrong type: %j', (changed, problem) => {
    expect(() => webApp('notes', { ...plain, ...changed })).toThrow(`notes: ${problem}`);
  });

  it.each<[object, string]>([
    [
      { file: 'notes.db' },
      'file "notes.db" must be an absolute path of letters, digits, dots, dashes and slashes',
    ],
    [{ file: '/data/' }, 'file "/data/" must name a file, not its folder'],
    [
      { file: '/notes.db' },
      'file "/notes.db" must lie in a folder of its own, since a volume is mounted over it',
    ],
    ...['wal', 'shm', 'journal'].map((end): [object, string] => [
      { file: `/data/notes.db-${end}` },
      `file "/data/notes.db-${end}" must name the database, not what SQLite puts beside it`,
    ]),
    [{ path: '../other' }, 'path "../other" must be a path in the bucket. Write it like "memos-notes".'],
    [{ expects: { tables: ['a;b'] } }, 'expects.tables[0] "a;b" must be a table\'s name'],
    [{ restore: {} }, 'restore {} must name a timestamp or another path. Add one, or take it out.'],
    [
      { restore: { timestamp: '2026-11-20' } },
      'restore.timestamp "2026-11-20" must be a time with its zone. Write it like "2026-11-20T08:00:00Z".',
    ],
  ])('refuses a database that no script could find: %j', (changed, problem) => {
    const props = { ...plain, database: { ...database, ...changed } };
    expect(() => webApp('notes', props)).toThrow(`notes: database.${problem}`);
  });

  it('takes names that programs and scripts can read, though not every one is a word', () => {
    const expects = { tables: ['my-notes'], rows: ['my-notes'] };
    const props = {
      ...plain,
      env: { 'spring.datasource.url': 'jdbc:x', 'with-dash': 'x' },
      database: { ...database, file: '/data/me@home+1/notes.db', expects },
    };
    expect(() => webApp('notes', props)).not.toThrow();
  });

  const over = (path: string) => ({ scratch: [path] });
  const settings = (mountedAt: string, files: object = { a: 'b' }) => ({
    config: { name: 'notes', files, mountedAt },
  });
  const data = (changed: object) => ({ database: { ...database, ...changed } });
  const store = (changed: object) => data({ replica: { ...replica, ...changed } });

  it.each<[string, object]>([
    ['a tag of no version', { image: 'example.org/notes:latest' }],
    ['an image in capitals', { image: 'Notes:1.2.3' }],
    ['a port of none', { port: 0 }],
    ['a port beyond all', { port: 65536 }],
    ['half a port', { port: 80.5 }],
    ['a port that is no number', { port: NaN }],
    ['no host', { host: '' }],
    ['a host in capitals', { host: 'Notes' }],
    ['a host of 64 letters', { host: 'a'.repeat(64) }],
    ['memory without end', { memory: '1e999' }],
    ['memory in thousandths', { memory: '64m' }],
    ['memory of less', { memory: '-1Mi' }],
    ['a limit of nothing', { memoryLimit: '0' }],
    ['a limit below what is set aside', { memoryLimit: '32Mi' }],
    ['a health path of a word', { health: 'health' }],
    ['a health path with a space', { health: '/a b' }],
    ['a command of nothing', { command: [] }],
    ['a variable of no name', { env: { '': 'x' } }],
    ['a variable that begins with a number', { env: { '1A': 'x' } }],
    ['a variable with a space', { env: { 'A B': 'x' } }],
    ['a variable that is an object', { env: { A: { a: 1 } } }],
    ['a variable that is a list', { env: { A: ['x'] } }],
    ['a variable that is null', { env: { A: null } }],
    ['a variable that is no number', { env: { A: NaN } }],
    ['a variable with a NUL', { env: { A: 'a\0b' } }],
    ['half a key of a Secret', { env: { A: { secret: 'a' } } }],
    ['a dashboard entry of a space', { dashboard: { title: ' ' } }],
    ...['/', '/etc', '/proc', '/proc/self', '/sys', '/dev', '/usr', '/bin', '/lib64/x', '/var/lib'].flatMap(
      (path): [string, object][] => [
        [`scratch over ${path}`, over(path)],
        [`files over ${path}`, { files: { [path]: 'notes' } }],
        [`configuration over ${path}`, settings(path)],
        [`a database over ${path}`, data({ file: `${path}/x.db`.replace('//', '/') })],
      ],
    ),
    ['a database where Litestream puts things down', data({ file: '/tmp/x.db' })],
    ['a path of scratch with dots', over('/a/../b')],
    ['a path of scratch with a dot', over('/a/./b')],
    ['a path of scratch with two slashes', over('/a//b')],
    ['configuration at a relative path', settings('etc/notes')],
    ['configuration at a path with dots', settings('/etc/../notes')],
    ['configuration of no file', settings('/etc/notes', {})],
    ['configuration of a file elsewhere', settings('/etc/notes', { '../a': 'b' })],
    ['scratch twice, once with a slash', { scratch: ['/tmp', '/tmp/'] }],
    ['scratch in the database’s folder', { ...over('/data/tmp'), database }],
    ['scratch around the database’s folder', { ...over('/var'), ...data({ file: '/var/db/x.db' }) }],
    ['scratch over configuration', { ...over('/etc/notes'), ...settings('/etc/notes/') }],
    ['scratch in configuration', { ...over('/etc/notes/tmp'), ...settings('/etc/notes') }],
    ['scratch around configuration', { ...over('/opt'), ...settings('/opt/notes') }],
    ['configuration over the database’s folder', { ...settings('/data/'), database }],
    ['a database in configuration', { ...settings('/data'), ...data({ file: '/data/db/x.db' }) }],
    ['files in configuration', { ...settings('/data'), files: { '/data/a': 'a' } }],
    ['a path that leads elsewhere', data({ path: 'x/../gotify' })],
    ['a path that ends in a slash', data({ path: 'gotify/' })],
    ['a path with two slashes', data({ path: 'a//b' })],
    ['a path that ends in a dot', data({ path: 'gotify.' })],
    ['an empty path', data({ path: '' })],
    ['a schedule of words', data({ verify: 'every day' })],
    ['a schedule that never comes round', data({ verify: '0 0 31 2 *' })],
    ['a time that never is', data({ restore: { timestamp: '2026-02-30T08:00:00Z' } })],
    ['an hour that never is', data({ restore: { timestamp: '2026-02-20T24:00:00Z' } })],
    ['a zone that never is', data({ restore: { timestamp: '2026-02-20T08:00:00+29:00' } })],
    ['a time that is to come', data({ restore: { timestamp: '9999-01-01T00:00:00Z' } })],
    ['a restore from elsewhere', data({ restore: { from: 'a/../b' } })],
    ['no table', data({ expects: { tables: [] } })],
    ['a table twice', data({ expects: { tables: ['a', 'a'] } })],
    ['rows of a table that is not named', data({ expects: { tables: ['a'], rows: ['b'] } })],
    ['days of less', data({ expects: { tables: ['a'], writtenWithinDays: -1 } })],
    ['days without end', data({ expects: { tables: ['a'], writtenWithinDays: Infinity } })],
    ['root as its user', { user: { uid: 0, gid: 0 } }],
    ['a user below all', { user: { uid: -1, gid: 1 } }],
    ['a user beyond all', { user: { uid: 2 ** 31, gid: 1 } }],
    ['root without a reason', { root: { why: ' ' } }],
    ['a capability that is none', { root: { why: 'It has to.', capabilities: ['cap_chown'] } }],
    ['a capability by its long name', { root: { why: 'It has to.', capabilities: ['CAP_CHOWN'] } }],
    ['all capabilities', { root: { why: 'It has to.', capabilities: ['ALL'] } }],
    ['a store that its pod is itself', store({ endpoint: 'http://127.0.0.1:9000' })],
    ['a store that tells its password', store({ endpoint: 'http://me:pw@nas:9000' })],
    [
      'an older line of Litestream',
      store({ images: { ...replica.images, litestream: 'litestream:0.3.13' } }),
    ],
    ['a replica’s memory of nothing', store({ memoryRequest: '' })],
  ])('refuses %s in one line', (_, changed) => {
    const refused = () => webApp('notes', { ...plain, ...changed });
    expect(refused).toThrow(ProblemsError);
    expect(refused).toThrow(/^notes: [^\n]*must [^\n]*\. [^\n]+[.!?]$/);
  });

  it.each<[string, object]>([
    ['shared memory as scratch', over('/dev/shm')],
    ['an app’s own folder among the system’s', over('/usr/app/data')],
    ['configuration with a slash at its end', settings('/etc/notes/')],
    ['a variable of no text', { env: { A: '' } }],
    [
      'files around the database’s folder',
      { files: { '/var/notes': 'n' }, ...data({ file: '/var/notes/db/x.db' }) },
    ],
    ['files in the database’s folder', { files: { '/data/pictures': 'n' }, database }],
    ['scratch in files', { ...over('/files/cache'), files: { '/files': 'n' } }],
    ['a path of several folders', data({ path: 'home/notes.v2' })],
    ['a time with a fraction and a zone', data({ restore: { timestamp: '2026-02-28T23:59:59.5+01:00' } })],
    ['a leap day', data({ restore: { timestamp: '2024-02-29T00:00:00Z' } })],
  ])('takes %s', (_, changed) => {
    expect(() => webApp('notes', { ...plain, ...changed })).not.toThrow();
  });

  it.each<[unknown, object]>([
    ['', {}],
    ['Notes', {}],
    ['1notes', {}],
    ['notes-', {}],
    ['a b', {}],
    [undefined, {}],
    [5, {}],
    ['a'.repeat(64), {}],
    ['a'.repeat(53), { files: { '/files': 'notes' } }],
    ['a'.repeat(35), { database }],
  ])('refuses the name %j in one line', (name, given) => {
    const refused = () => webApp(name as string, { ...plain, ...given });
    expect(refused).toThrow(ProblemsError);
    expect(refused).toThrow(/^\w+: name [^\n]* must be at most [^\n]+$/);
  });

  it('tells all mistakes at once, those that span several props too', () => {
    const given = { ...plain, port: 0, host: 'a.b', memoryLimit: '1Mi', scratch: ['/data'], database };
    expect(() => webApp('notes', given)).toThrow(
      /^notes: host [^]*\nnotes: memoryLimit [^]*\nnotes: port [^]*\nnotes: scratch\[0\] /,
    );
  });

  it('gives an app without data a Deployment and no StatefulSet', () => {
    const { blocks } = webApp('notes', plain);
    expect(blocks.map(({ type }) => type)).toEqual([
      'kubernetes_service_v1',
      'kubernetes_ingress_v1',
      'kubernetes_deployment_v1',
    ]);
  });

  it.each(['notes.rpi', 'notes.example.org'])('refuses the host %s, which has a domain already', (host) => {
    expect(() => webApp('notes', { ...plain, host })).toThrow(
      `notes: host "${host}" must be the part before the domain "rpi", without a dot. Write "notes".`,
    );
  });

  it('verifies a replica when the home does, unless it says when', () => {
    const { verify: _, ...unsaid } = database;
    const schedule = (given: object) =>
      part(
        webApp('notes', { ...plain, database: { ...unsaid, ...given } }).blocks,
        'kubernetes_cron_job_v1',
        'spec',
        'schedule',
      );
    expect(schedule({})).toBe(home.replication.verifySchedule);
    expect(schedule({ verify: '1 2 * * 3' })).toBe('1 2 * * 3');
  });

  it('gives a replicated app exactly one writer', () => {
    const { blocks } = webApp('notes', { ...plain, database });
    expect(find(blocks, 'kubernetes_deployment_v1')).toBeUndefined();
    expect(part(blocks, 'kubernetes_stateful_set_v1', 'spec', 'replicas')).toBe('1');
    expect(part(blocks, 'kubernetes_stateful_set_v1', 'spec', 'volume_claim_template')).toBeUndefined();
  });

  it('lets a change mend a pod that never gets ready', () => {
    const { blocks } = webApp('notes', { ...plain, database });
    expect(part(blocks, 'kubernetes_stateful_set_v1', 'spec', 'pod_management_policy')).toBe('Parallel');
    expect(part(blocks, 'kubernetes_stateful_set_v1', 'wait_for_rollout')).toBe(false);
  });

  it('restores before the app starts and stops replicating after it has stopped', () => {
    const { blocks } = webApp('notes', { ...plain, database });
    const spec = ['spec', 'template', 'spec'];
    const containers = part(blocks, 'kubernetes_stateful_set_v1', ...spec, 'init_container');
    expect(containers).toMatchObject([
      { name: 'litestream-restore-snapshot' },
      { name: 'litestream-sidecar', restart_policy: 'Always' },
    ]);
  });

  it.each([
    [undefined, '40s'],
    [30, '20s'],
  ])('gives Litestream what an app that stops in %s s leaves of the grace period', (stopSeconds, left) => {
    const { blocks } = webApp('notes', { ...plain, database, stopSeconds });
    const grace = ['spec', 'template', 'spec', 'termination_grace_period_seconds'];
    expect(part(blocks, 'kubernetes_stateful_set_v1', ...grace)).toBe(55);
    expect(part(blocks, 'kubernetes_config_map_v1', 'data', 'litestream.yml')).toContain(
      `"shutdown-sync-timeout": "${left}"`,
    );
  });

  it('trusts the authority of its store beside the public ones, in Litestream and in its verification', () => {
    const { blocks } = webApp('notes', {
      ...plain,
      database: { ...database, replica: { ...replica, ca: 'PEM' } },
    });
    const mount = { mount_path: '/etc/home-ca/ca.pem', sub_path: 'ca.pem' };
    const trusting = {
      env: expect.arrayContaining([{ name: 'SSL_CERT_DIR', value: '/etc/home-ca' }]),
      volume_mount: expect.arrayContaining([expect.objectContaining(mount)]),
    };
    const spec = ['spec', 'template', 'spec'];
    expect(part(blocks, 'kubernetes_config_map_v1', 'data', 'ca.pem')).toBe('PEM');
    expect(part(blocks, 'kubernetes_stateful_set_v1', ...spec, 'init_container')).toMatchObject([
      trusting,
      trusting,
    ]);
    expect(
      part(blocks, 'kubernetes_cron_job_v1', 'spec', 'job_template', ...spec, 'container'),
    ).toMatchObject([trusting]);
  });

  it('is reached at its host in the home’s domain, by its Service', () => {
    const app = webApp('notes', plain);
    expect(app.url).toBe('http://notes.rpi');
    expect(part(app.blocks, 'kubernetes_ingress_v1', 'spec', 'rule', 0)).toMatchObject({
      host: 'notes.rpi',
      http: { path: [{ backend: { service: { name: 'notes', port: { name: 'web' } } } }] },
    });
  });

  it('stands on the dashboard only when it says how', () => {
    const shown = webApp('notes', { ...plain, dashboard: { title: 'Notes' } });
    const annotations = ['metadata', 'annotations', 'gethomepage.dev/name'];
    expect(part(shown.blocks, 'kubernetes_ingress_v1', ...annotations)).toBe('Notes');
    expect(part(webApp('notes', plain).blocks, 'kubernetes_ingress_v1', ...annotations)).toBeUndefined();
  });

  it('restarts its pod when a file of its configuration changes', () => {
    const hash = (content: Value<string>): unknown => {
      const config = { name: 'notes', files: { 'notes.yml': content }, mountedAt: '/etc/notes' };
      const { blocks } = webApp('notes', { ...plain, config });
      return part(blocks, 'kubernetes_deployment_v1', 'spec', 'template', 'metadata', 'annotations');
    };
    expect(hash('a: 1')).toEqual(hash('a: 1'));
    expect(hash('a: 1')).not.toEqual(hash('a: 2'));
    expect(hash(publicText('a: 1'))).toEqual(hash('a: 1'));
    expect(hash(raw('var.a'))).not.toEqual(hash(raw('var.b')));
  });

  /** The pod of an app with a database, and each of its containers by name. */
  function replicatedPod(given: Partial<WebAppProps> = {}) {
    const { blocks } = webApp('notes', { ...plain, database, ...given });
    const at = (...path: string[]) =>
      part(blocks, 'kubernetes_stateful_set_v1', 'spec', 'template', ...path) as never;
    const containers: { name: string }[] = [...at('spec', 'init_container'), ...at('spec', 'container')];
    return { at, container: (name: string) => containers.find((one) => one.name === name) };
  }

  it('lets no container of a pod write anywhere but into its database and its scratch folders', () => {
    const { at, container } = replicatedPod({ scratch: ['/tmp', '/var/cache/app'] });
    const security_context = { read_only_root_filesystem: true };
    expect(container('notes')).toMatchObject({
      security_context,
      volume_mount: [
        { name: 'database', mount_path: '/data' },
        { name: 'scratch', mount_path: '/tmp', sub_path: 'tmp' },
        { name: 'scratch', mount_path: '/var/cache/app', sub_path: 'var/cache/app' },
      ],
    });
    // mktemp and sqlite3 want a folder, which is not the app's.
    const mounts = expect.arrayContaining([{ name: 'litestream-scratch', mount_path: '/tmp' }]);
    for (const name of ['litestream-restore-snapshot', 'litestream-sidecar'])
      expect(container(name)).toMatchObject({ security_context, volume_mount: mounts });
    expect(at('spec', 'volume')).toMatchObject([
      { name: 'database', empty_dir: {} },
      { name: 'litestream-scratch', empty_dir: {} },
      { name: 'litestream-config' },
      { name: 'scratch', empty_dir: {} },
    ]);
  });

  describe('has no rights but those that it names', () => {
    const all = ['notes', 'litestream-restore-snapshot', 'litestream-sidecar'];
    const none = {
      allow_privilege_escalation: false,
      run_as_non_root: true,
      capabilities: { drop: ['ALL'] },
    };

    it.each([
      ['user 1000', undefined, '1000', '1000'],
      ['the user that it says', { uid: 101, gid: 102 }, '101', '102'],
    ])('as %s, Litestream too, whose files are the same', (_, user, run_as_user, run_as_group) => {
      const { at, container } = replicatedPod({ ...(user && { user }) });
      for (const name of all)
        expect(container(name)).toMatchObject({ security_context: { ...none, run_as_user, run_as_group } });
      expect(at('spec', 'security_context')).toMatchObject({
        fs_group: run_as_group,
        seccomp_profile: { type: 'RuntimeDefault' },
      });
    });

    it('starts as root when it says why, while Litestream is the user that it becomes', () => {
      const root = { why: 'Its entrypoint changes owners.', capabilities: ['CHOWN'] };
      const { at, container } = replicatedPod({ root, user: { uid: 65534, gid: 65534 } });
      expect(container('notes')).toMatchObject({
        security_context: {
          allow_privilege_escalation: false,
          run_as_user: '0',
          capabilities: { drop: ['ALL'], add: ['CHOWN'] },
        },
      });
      expect(container('litestream-sidecar')).toMatchObject({
        security_context: { ...none, run_as_user: '65534' },
      });
      expect(at('metadata', 'annotations')).toMatchObject({
        'beyond-restricted.homeserver.lknuth.dev/notes': 'Its entrypoint changes owners.',
      });
    });

    it('says for the commands before it what it says for itself, as which they run', () => {
      const { at } = replicatedPod({
        root: { why: 'Its entrypoint changes owners.' },
        writableRoot: 'It installs what it needs.',
        init: [['touch', '/data/settings']],
      });
      expect(at('metadata', 'annotations')).toMatchObject({
        'beyond-restricted.homeserver.lknuth.dev/init-1': 'Its entrypoint changes owners.',
        'writable-root.homeserver.lknuth.dev/init-1': 'It installs what it needs.',
      });
    });

    it.each([
      [80, [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }]],
      [1024, undefined],
    ])('may listen on its port without being root: %d', (port, sysctl) => {
      const { blocks } = webApp('notes', { ...plain, port });
      const security = ['spec', 'template', 'spec', 'security_context', 'sysctl'];
      expect(part(blocks, 'kubernetes_deployment_v1', ...security)).toEqual(sysctl);
    });
  });

  describe('with files', () => {
    const files = { '/data/pictures': 'notes' };

    it('keeps them in a volume of the share that outlives the app, and mounts it for the app alone', () => {
      const { at, container } = replicatedPod({ files });
      const { blocks } = webApp('notes', { ...plain, database, files });
      expect(part(blocks, 'kubernetes_persistent_volume_v1', 'spec', 0)).toMatchObject({
        persistent_volume_reclaim_policy: 'Retain',
        mount_options: expect.arrayContaining(['nfsvers=4.1', 'hard']),
        persistent_volume_source: { nfs: { server: '192.168.107.4', path: '/export/home/notes' } },
      });
      const name = part(blocks, 'kubernetes_persistent_volume_v1', 'metadata', 'name');
      // Terraform drops an empty class, and a default one would then keep the claim from its volume.
      const storage_class_name = part(
        blocks,
        'kubernetes_persistent_volume_v1',
        'spec',
        0,
        'storage_class_name',
      );
      expect(storage_class_name).toMatch(/./);
      expect(find(blocks, 'kubernetes_persistent_volume_claim_v1')?.body).toMatchObject({
        wait_until_bound: false,
        spec: { storage_class_name },
      });
      expect(part(blocks, 'kubernetes_persistent_volume_claim_v1', 'spec', 'volume_name')).toBe(name);
      expect(at('spec', 'volume')).toContainEqual({
        name: expect.stringMatching(/^files-/),
        persistent_volume_claim: { claim_name: name },
      });
      const mount = { name: expect.stringMatching(/^files-/), mount_path: '/data/pictures' };
      expect(container('notes')).toMatchObject({ volume_mount: expect.arrayContaining([mount]) });
      expect(container('litestream-sidecar')).not.toMatchObject({
        volume_mount: expect.arrayContaining([mount]),
      });
    });

    it('has one writer without a database too', () => {
      const { blocks } = webApp('notes', { ...plain, files });
      expect(find(blocks, 'kubernetes_deployment_v1')).toBeUndefined();
      expect(part(blocks, 'kubernetes_stateful_set_v1', 'spec', 'replicas')).toBe('1');
    });

    it('gives another folder another volume, since Kubernetes changes none', () => {
      const nameOf = (folder: string) =>
        find(
          webApp('notes', { ...plain, files: { '/data': folder } }).blocks,
          'kubernetes_persistent_volume_v1',
        )?.label;
      expect(nameOf('notes')).toBe(nameOf('notes'));
      expect(nameOf('notes')).not.toBe(nameOf('diary'));
    });

    it.each(['/data', '/data/notes.db'])('refuses %s, which the database is in', (path) => {
      expect(() => webApp('notes', { ...plain, database, files: { [path]: 'notes' } })).toThrow(
        `notes: files "${path}" must not hold the database: SQLite breaks on NFS. Name a folder beside it or inside it, or give the database a folder of its own: docs/chores/keep-files.md.`,
      );
    });

    it('refuses one folder of the share for two', () => {
      expect(() => webApp('notes', { ...plain, files: { '/a': 'notes', '/b': 'notes' } })).toThrow(
        'notes: files "/b" must have a folder of its own on the share, but "notes" is another\'s. Name another one.',
      );
    });

    it('needs a share', () => {
      const share = jest.replaceProperty(home.nas as { files?: object }, 'files', undefined);
      expect(() => webApp('notes', { ...plain, files })).toThrow(
        'notes: files must lie on a share of the NAS, but libs/home/facts.ts names none. Write nas: { …, files: { export: ' +
          "'/export/home' } } there, or take files out.",
      );
      share.restore();
    });
  });

  it.each([
    [
      { login: true },
      "notes: login must be one that libs/home/facts.ts describes, but it has no logins. Write logins: { kind: 'password', users: [ … ] } there, or take login out.",
    ],
    [
      { publicPaths: ['/shared/'] },
      'notes: publicPaths[0] "/shared/" must be a path below the root, without a slash at its end. Write it like "/api/public".',
    ],
  ])('refuses %j in a home without logins, whose owner would believe that there is one', (given, message) => {
    expect(() => webApp('notes', { ...plain, ...given })).toThrow(message);
  });

  it('says in its pod why a root file system is writable, and of no other container than the app', () => {
    const { at, container } = replicatedPod({ writableRoot: 'It unpacks itself.' });
    expect(container('notes')).toMatchObject({ security_context: { read_only_root_filesystem: false } });
    expect(container('litestream-sidecar')).toMatchObject({
      security_context: { read_only_root_filesystem: true },
    });
    expect(at('metadata', 'annotations')).toMatchObject({
      'writable-root.homeserver.lknuth.dev/notes': 'It unpacks itself.',
    });
  });

  it('runs an image that names no version only when it says why', () => {
    expect(() => replicatedPod({ image: 'notes:latest' })).toThrow('image "notes:latest" must pin a version');
    const { at } = replicatedPod({ image: 'notes:latest', floatingImage: 'It ran so before.' });
    expect(at('metadata', 'annotations')).toMatchObject({
      'floating-image.homeserver.lknuth.dev/notes': 'It ran so before.',
    });
    expect(() => replicatedPod({ image: 'Notes', floatingImage: 'It ran so before.' })).toThrow(
      'must be the name of an image',
    );
  });

  it('lets a leak end the container that leaks', () => {
    const { container } = replicatedPod({ memoryLimit: '128Mi' });
    expect(container('notes')).toMatchObject({
      resources: { requests: { memory: '64Mi' }, limits: { memory: '128Mi' } },
    });
    for (const name of ['litestream-restore-snapshot', 'litestream-sidecar'])
      expect(container(name)).toMatchObject({
        resources: { requests: { memory: '48Mi' }, limits: { memory: '384Mi' } },
      });
    expect(
      part(webApp('notes', plain).blocks, 'kubernetes_deployment_v1', 'spec', 'template', 'spec'),
    ).toMatchObject({ container: [{ resources: { requests: { memory: '64Mi' }, limits: undefined } }] });
  });

  it('restarts its pod when a secret of its environment is another one', () => {
    const annotations = (revision: number): unknown => {
      const secret = resource('kubernetes_secret_v1', 'login', {
        metadata: { name: 'login' },
        data_wo: { token: 'made up' },
        data_wo_revision: revision,
      });
      const { blocks } = webApp('notes', { ...plain, env: { TOKEN: fromSecret(secret, 'token') } });
      return part(blocks, 'kubernetes_deployment_v1', 'spec', 'template', 'metadata', 'annotations');
    };
    expect(annotations(1)).toEqual({ 'secret.homeserver.lknuth.dev/login': '1' });
    expect(annotations(2)).toEqual({ 'secret.homeserver.lknuth.dev/login': '2' });
  });

  it('leaves a secret in its Secret', () => {
    const secret = resource('kubernetes_secret_v1', 'login', { metadata: { name: 'login' } });
    const { blocks } = webApp('notes', {
      ...plain,
      env: { TOKEN: fromSecret(secret, 'token'), DEBUG: false },
    });
    const container = ['spec', 'template', 'spec', 'container', 0];
    expect(part(blocks, 'kubernetes_deployment_v1', ...container, 'env')).toEqual([
      { name: 'TOKEN', value_from: { secret_key_ref: { name: 'login', key: 'token' } } },
      { name: 'DEBUG', value: 'false' },
    ]);
  });

  it('runs what only Terraform knows: an image, its arguments, its environment', () => {
    const tag = variable<string>('tag', {});
    const { blocks } = webApp('notes', {
      ...plain,
      image: tf`notes:${tag.ref}`,
      args: [tag.ref],
      env: { TAG: tag.ref },
    });
    const container = part(blocks, 'kubernetes_deployment_v1', 'spec', 'template', 'spec', 'container', 0);
    expect(container).toMatchObject({ args: [tag.ref], env: [{ name: 'TAG', value: tag.ref }] });
  });

  it('asks a health path where there is one and the port where there is none', () => {
    const probe = ['spec', 'template', 'spec', 'container', 0, 'liveness_probe'];
    const asked = webApp('notes', { ...plain, health: '/healthz' });
    expect(part(asked.blocks, 'kubernetes_deployment_v1', ...probe, 'http_get', 'path')).toBe('/healthz');
    const opened = webApp('notes', plain);
    expect(part(opened.blocks, 'kubernetes_deployment_v1', ...probe, 'tcp_socket')).toEqual([
      { port: 'web' },
    ]);
  });

  it('waits in Terraform for its Service before its Ingress names it', () => {
    const { blocks } = webApp('notes', plain);
    const body = find(blocks, 'kubernetes_ingress_v1')?.body as {
      spec: { rule: { http: { path: { backend: { service: { name: unknown } } }[] } }[] };
    };
    expect(isExpression(body.spec.rule[0]?.http.path[0]?.backend.service.name)).toBe(true);
  });
});
