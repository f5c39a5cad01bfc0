import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { temporaryWorkspace } from '@home/testing';
import { differences } from './drill';
import { replicaSource } from './replica-source';
import { findTools, formatAge, restoreReplica } from './restore-replica';

const rows = (given: Record<string, number>) => new Map(Object.entries(given));

it.each([
  ['2026-11-23T11:59:30Z', 'less than a minute ago'],
  ['2026-11-23T11:58:00Z', '2 minutes ago'],
  ['2026-11-23T11:00:00Z', '1 hour ago'],
  ['2026-11-20T12:00:00Z', '3 days ago'],
])('says how long ago %s was', (time, words) => {
  expect(formatAge(new Date(time), new Date('2026-11-23T12:00:00Z'))).toBe(words);
});

it('says that a replica of Litestream 0.3 has no such time', () => {
  expect(formatAge(undefined)).toBe('by Litestream 0.3, which does not say when');
});

it('takes what is written during the restore for no difference', () => {
  const live = { before: rows({ memo: 10 }), after: rows({ memo: 12 }) };
  expect(differences(rows({ memo: 11 }), live)).toEqual([]);
});

it('names a table that lacks rows, and one that is missing', () => {
  const live = { before: rows({ memo: 10, user: 1 }), after: rows({ memo: 10, user: 1 }) };
  expect(differences(rows({ memo: 9 }), live)).toEqual([
    'memo has 9 rows, the live one 10',
    'user has 0 rows, the live one 1',
  ]);
});

/** A home with the command in it, and one that runs it there. */
function homeWithRestore() {
  const house = temporaryWorkspace({ 'terraform/workloads/notes.tf.json': '{}', 'there.db': '' });
  for (const folder of ['tools/life/restore', 'tools/life/programs', 'tools/life/answers'])
    cpSync(join(__dirname, '../../..', folder), join(house.root, folder), { recursive: true });
  const run = (...args: readonly string[]) =>
    house.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/life/restore/main.ts', ...args);
  return { house, run };
}

it('takes its keys from .env', () => {
  const { house, run } = homeWithRestore();
  try {
    const restore = () => run('restore', 'no-such-one');
    expect(restore().stderr).toContain('LITESTREAM_ACCESS_KEY_ID: must be in the environment or in .env.');
    house.write({ '.env': 'LITESTREAM_ACCESS_KEY_ID=a\nLITESTREAM_SECRET_ACCESS_KEY=b\n' });
    expect(restore().stderr).not.toContain('LITESTREAM');
  } finally {
    rmSync(house.root, { recursive: true });
  }
});

describe('arguments', () => {
  const { house, run } = homeWithRestore();
  afterAll(() => rmSync(house.root, { recursive: true }));

  it.each([
    ['drill', '/nope'],
    ['restore', 'libs'],
  ])('of %s name the folder of the generated files, which %s is not', (command, from) => {
    const { stderr, exitCode } = run(command, '--from', from);
    expect(stderr).toContain(`--from: "${from}" must be the folder of the generated files.`);
    expect(stderr).not.toContain('ENOENT');
    expect(exitCode).toBe(1);
  });

  it.each([
    [
      ['drill', 'memos-notes'],
      "npm run drill: does not understand its arguments (Unexpected argument 'memos-notes')",
    ],
    [
      ['drill', '--timestamp', '2026-11-20T08:00:00Z'],
      "npm run drill: does not understand its arguments (Unknown option '--timestamp'",
    ],
    [
      ['drill', '--output', 'notes.db'],
      "npm run drill: does not understand its arguments (Unknown option '--output'",
    ],
    [['drill', '--replicas'], "npm run drill: does not understand its arguments (Option '--replicas"],
    [['restore', '--replicas'], "npm run restore: does not understand its arguments (Option '--replicas"],
  ])('%j is refused by the command that was called', (args, said) => {
    const { stderr } = run(...args);
    expect(stderr).toContain(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('are reported with the programs and keys that are missing', () => {
    const { stderr } = run(
      ...['restore', 'no-such-one', '--timestamp', '2026-13-20T08:00:00Z'],
      ...['--output', 'there.db', '--replicas', 's3://b?endpont=http://x'],
    );
    for (const said of [
      '"no-such-one" must be a workload with a database',
      '--timestamp: "2026-13-20T08:00:00Z" must be a time with its zone',
      'there.db: must not exist',
      '--replicas: "s3://b?endpont=http://x" must have no parameter "endpont"',
      'LITESTREAM_ACCESS_KEY_ID: must be in the environment or in .env',
    ])
      expect(stderr).toContain(said);
  });

  it('do not put a database where git would take it up', () => {
    const { stderr } = run('restore', 'no-such-one', '--output', 'libs/notes.db');
    expect(stderr).toContain(
      'libs/notes.db: holds secrets and must be ignored by git. Add it to .gitignore.',
    );
    expect(run('restore', 'no-such-one').stderr).not.toContain('ignored by git');
  });
});

const replica = {
  workload: 'notes',
  name: 'notes',
  file: '/data/notes.db',
  endpoint: 'http://nas:9000',
  bucket: 'replicas',
  region: '',
  path: 'home/notes',
  url: 's3://replicas/home/notes',
  config: '',
  ca: undefined,
};

describe('a restored database', () => {
  let folder: string;
  beforeEach(() => (folder = makeTemporaryFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Restores by a program in Litestream's place: the target is its next to last argument. */
  const restore = (
    script: string,
    environment: Readonly<Record<string, string>> = { PATH: process.env['PATH'] ?? '' },
  ): Promise<void> => {
    const litestream = join(folder, 'litestream');
    writeFileSync(litestream, `#!/bin/sh\numask 0\neval target=\\$$(($# - 1))\n${script}\n`, { mode: 0o755 });
    const tools = { litestream, sqlite3: '', environment, source: replicaSource(undefined) };
    return restoreReplica(tools, replica, { file: join(folder, 'notes.db') });
  };

  it('is fetched without what a machine has set for other stores: Litestream ends on AWS_CA_BUNDLE', async () => {
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    for (const name of ['litestream', 'sqlite3']) writeFileSync(join(programs, name), '');
    const path = process.env['PATH'];
    process.env['PATH'] = `${programs}:${path}`;
    try {
      const { environment } = findTools('litestream/litestream:0.5.18', {
        LITESTREAM_ACCESS_KEY_ID: 'id',
        LITESTREAM_SECRET_ACCESS_KEY: 'secret',
        AWS_CA_BUNDLE: '/etc/ssl/ca.pem',
      });
      await restore('env >"$0.seen"; echo data >"$target"', environment);
    } finally {
      process.env['PATH'] = path;
    }
    const seen = readFileSync(join(folder, 'litestream.seen'), 'utf8');
    expect(seen).toContain('LITESTREAM_ACCESS_KEY_ID=id\n');
    expect(seen).not.toContain('AWS_CA_BUNDLE');
  });

  it('is its owner’s alone, and so is what Litestream works with until then', async () => {
    await restore(
      'ls -l "$(dirname "$target")/.." >"$0.seen"; echo data >"$target"; echo log >"$target-wal"',
    );
    expect(readdirSync(folder)).toEqual(['litestream', 'litestream.seen', 'notes.db']);
    expect(statSync(join(folder, 'notes.db')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'litestream.seen'), 'utf8')).toMatch(
      /^drwx------.*notes\.db\.\d+\.draft$/m,
    );
  });

  it('takes no place that was taken meanwhile, and leaves nothing when it fails', async () => {
    await expect(restore('echo data >"$target"; echo mine >"$(dirname "$0")/notes.db"')).rejects.toThrow(
      'notes.db: must not exist',
    );
    expect(readFileSync(join(folder, 'notes.db'), 'utf8')).toBe('mine\n');
    rmSync(join(folder, 'notes.db'));
    await expect(restore('echo half >"$target"; exit 1')).rejects.toThrow('cannot be restored');
    expect(readdirSync(folder)).toEqual(['litestream']);
  });
});

describe('a copy of the replicas', () => {
  let folder: string;
  beforeEach(() => (folder = makeTemporaryFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('may lie in another store, below a prefix', () => {
    const source = replicaSource('s3://cloud/nas?endpoint=https://s3.example.org');
    const url = 's3://cloud/nas/home/notes?endpoint=https://s3.example.org';
    expect(source.nameOf(replica)).toBe(url);
    expect(JSON.parse(source.configFor(replica, folder))).toEqual({
      dbs: [{ path: '/data/notes.db', replica: { url } }],
    });
  });

  it('may lie in a folder, where Litestream names its levels otherwise, and needs no keys', () => {
    for (const level of ['0000', '0009'])
      mkdirSync(join(folder, 'copy/home/notes', level), { recursive: true });
    // The folder of a store that keeps its objects as files has its drafts beside them.
    mkdirSync(join(folder, 'copy/.sgwtmp/a1b2'), { recursive: true });
    writeFileSync(join(folder, 'copy/home/notes/0000/0000000000000001-0000000000000001.ltx'), '');
    const source = replicaSource(join(folder, 'copy'));
    expect(source.hasKeys).toBe(false);
    source.configFor(replica, folder);
    expect(readdirSync(join(folder, 'replica/ltx'))).toEqual(['0', '9']);
  });

  it.each([
    ['s3://?endpoint=http://x', 'must name a bucket'],
    [
      's3://b?endpoint=nonsense',
      'must have an endpoint that begins with http:// or https://, not "nonsense"',
    ],
    ['s3://b?endpoint=ftp://x', 'must have an endpoint that begins with http:// or https://, not "ftp://x"'],
    ['s3://b?endpont=http://x', 'must have no parameter "endpont", which Litestream does not know'],
    ['', 'must be a folder, or the URL of a store'],
  ])('is not looked for at %j', (given, said) => {
    expect(() => replicaSource(given)).toThrow(`--replicas: "${given}" ${said}`);
  });

  it('is refused where there is none, or MinIO keeps its objects in its own way', () => {
    expect(() => replicaSource(join(folder, 'nothing'))).toThrow('must be a folder, or the URL of a store');
    const source = replicaSource(folder);
    expect(() => source.configFor(replica, folder)).toThrow('must hold a replica');
    mkdirSync(join(folder, 'home/notes/0000/object.ltx'), { recursive: true });
    expect(() => source.configFor(replica, folder)).toThrow('must hold files, and holds MinIO’s own folders');
  });
});
