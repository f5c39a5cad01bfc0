import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { readEnvFile } from '@home/command';
import { fingerprintOf, readSecrets } from '@home/home';
import { makeRoot, reveal, rootVariable, rotate, writeVariable } from './root';
import { createHash } from 'node:crypto';

const former = 'a0d92'.padEnd(64, '0');

let workspace: string;
const inWorkspace = (...path: string[]): string => join(workspace, ...path);

beforeEach(() => {
  workspace = makeTemporaryFolder();
  mkdirSync(inWorkspace('libs/home'), { recursive: true });
  mkdirSync(inWorkspace('terraform/platform'), { recursive: true });
  writeFileSync(
    inWorkspace('libs/home/secrets.json'),
    `{ "rootFingerprint": "${former}", "rotations": { "old": 4 } }`,
  );
});

afterEach(() => rmSync(workspace, { recursive: true }));

describe('new', () => {
  it('makes a root that only its owner can read, and records its fingerprint', () => {
    makeRoot(workspace, { replace: false }, {});
    const root = readEnvFile(inWorkspace('.env'))[rootVariable] ?? '';
    expect(root).toMatch(/^[\w-]{43}$/);
    expect(statSync(inWorkspace('.env')).mode & 0o777).toBe(0o600);
    expect(readSecrets(workspace)).toEqual({ rootFingerprint: fingerprintOf(root), rotations: {} });
  });

  it.each(['', '[]', '{ "rootFingerprint": "a0d92" }'])('is the way out of a record of %j', (text) => {
    writeFileSync(inWorkspace('libs/home/secrets.json'), text);
    makeRoot(workspace, { replace: false }, {});
    const root = readEnvFile(inWorkspace('.env'))[rootVariable] ?? '';
    expect(readSecrets(workspace)).toEqual({ rootFingerprint: fingerprintOf(root), rotations: {} });
  });

  it('keeps what else stands in .env, makes it unreadable for others and leaves no draft behind', () => {
    writeFileSync(inWorkspace('.env'), '# mine\nMINIO_USER=me\nTF_VAR_home_root_secret=\n', { mode: 0o644 });
    makeRoot(workspace, { replace: false }, {});
    expect(readFileSync(inWorkspace('.env'), 'utf8')).toMatch(
      /^# mine\nMINIO_USER=me\nTF_VAR_home_root_secret=[\w-]{43}\n$/,
    );
    expect(statSync(inWorkspace('.env')).mode & 0o777).toBe(0o600);
    expect(readdirSync(workspace).sort()).toEqual(['.env', 'libs', 'terraform']);
  });

  it.each<[string, string, NodeJS.ProcessEnv]>([
    ['.env', 'export TF_VAR_home_root_secret="abc"\n', {}],
    ['the environment', '', { TF_VAR_home_root_secret: 'abc' }],
  ])('never overwrites a root in %s unless told to', (holder, content, environment) => {
    writeFileSync(inWorkspace('.env'), content);
    expect(() => makeRoot(workspace, { replace: false }, environment)).toThrow(
      `${holder}: TF_VAR_home_root_secret is already set, and a new root changes every derived credential. ` +
        'Keep it, or run `npm run secrets -- new --replace`.',
    );
    expect(readFileSync(inWorkspace('.env'), 'utf8')).toBe(content);
    expect(readSecrets(workspace).rootFingerprint).toBe(former);
    makeRoot(workspace, { replace: true }, environment);
    expect(readEnvFile(inWorkspace('.env'))[rootVariable]).toHaveLength(43);
  });
});

describe('rotate', () => {
  const known = ['jdownloader', 'replication'];

  it('counts the rotations of one purpose', () => {
    expect(rotate(workspace, 'replication', known)).toBe(2);
    expect(rotate(workspace, 'replication', known)).toBe(3);
    expect(readSecrets(workspace).rotations).toEqual({ old: 4, replication: 3 });
  });

  it('refuses a purpose that the home does not have', () => {
    expect(() => rotate(workspace, 'replicaton', known)).toThrow(
      'npm run secrets -- rotate: "replicaton" must be a purpose of derive or revision in the home. ' +
        'Choose one of jdownloader, replication.',
    );
  });
});

it.each([
  ['# What A is\nA=\n\n# What B is\nB=2\n', '# What A is\nA=1\n\n# What B is\nB=2\n'],
  ['export A=0\nB=2\nA=3\nC=4\n', 'export A=1\nB=2\nC=4\n'],
  ['', 'A=1\n'],
])('writes a variable where it stands, and once: %j', (content, written) => {
  writeFileSync(inWorkspace('.env'), content);
  writeVariable(inWorkspace('.env'), 'A', '1');
  expect(readFileSync(inWorkspace('.env'), 'utf8')).toBe(written);
});

it('adds a variable to a file without a last newline', () => {
  writeFileSync(inWorkspace('.env'), 'A=1');
  writeVariable(inWorkspace('.env'), 'B', '2');
  expect(readFileSync(inWorkspace('.env'), 'utf8')).toBe('A=1\nB=2\n');
});

describe('show', () => {
  it('says what Terraform derives, for the rotation that is in force', () => {
    makeRoot(workspace, { replace: false }, {});
    const root = readEnvFile(inWorkspace('.env'))[rootVariable] ?? '';
    rotate(workspace, 'login-anna', ['login-anna']);
    const derived = createHash('sha256').update(`${root}/login-anna/2`).digest('hex');
    expect(reveal(workspace, 'login-anna', ['login-anna'], {})).toBe(derived);
  });

  it('shows nothing that another root would make', () => {
    expect(() => reveal(workspace, 'login-anna', ['login-anna'], { [rootVariable]: 'other' })).toThrow(
      'TF_VAR_home_root_secret: must be the root secret whose fingerprint stands in libs/home/secrets.json.',
    );
  });
});
