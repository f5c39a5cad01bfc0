import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { draftOf, keepDraft, withDraft } from './draft';
import { makeTemporaryFolder } from './temporary-folder';
import { writeSecret } from './write-secret';

// What is killed is a process of its own.
jest.setTimeout(60_000);

const workspace = join(__dirname, '../..');
const modeOf = (file: string): number => statSync(file).mode & 0o777;

let folder: string;
let file: string;
let umask: number;
beforeEach(() => {
  folder = makeTemporaryFolder();
  file = join(folder, '.env');
  umask = process.umask(0);
});
afterEach(() => void process.umask(umask));

describe.each([0o000, 0o022, 0o077])('under the umask %o', (mask) => {
  beforeEach(() => void process.umask(mask));

  it.each([
    ['where there was nothing', undefined],
    ['in the place of a file that everybody could read', 0o644],
    ['in the place of one that its owner could not write', 0o400],
  ])('a secret is its owner’s alone %s', (_, before) => {
    if (before !== undefined) writeFileSync(file, 'old');
    if (before !== undefined) chmodSync(file, before);
    expect(writeSecret(file, 'new')).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(modeOf(file)).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['.env']);
  });

  it('what another program writes is its owner’s alone, while it does and afterwards', async () => {
    await withDraft(file, async (draft) => {
      expect(modeOf(join(draft, '..'))).toBe(0o700);
      spawnSync('sh', ['-c', 'umask 0; echo data > "$0"', draft]);
      // What is left of killed ones is removed meanwhile, and this one is not left.
      writeSecret(join(folder, 'another'), 'secret');
      keepDraft(draft, file);
    });
    expect(modeOf(file)).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['.env', 'another']);
  });
});

it('writes nothing when just that is there, unless others can read it', () => {
  writeSecret(file, 'same');
  expect(writeSecret(file, 'same')).toBe(false);
  chmodSync(file, 0o640);
  expect(writeSecret(file, 'same')).toBe(true);
  expect(modeOf(file)).toBe(0o600);
});

it('follows a link, and makes the folder', () => {
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'home/secret'), 'old');
  symlinkSync('home/secret', file);
  writeSecret(file, 'new');
  expect(readFileSync(join(folder, 'home/secret'), 'utf8')).toBe('new');
  writeSecret(join(folder, 'below/it'), 'new');
  expect(modeOf(join(folder, 'below'))).toBe(0o700);
});

it('leaves what a living process is writing', () => {
  const draft = `talosconfig.${process.ppid}.draft`;
  writeFileSync(join(folder, draft), 'half');
  writeSecret(file, 'new');
  expect(readdirSync(folder)).toEqual(['.env', draft]);
});

it('leaves the old secret and no draft when it cannot be written', () => {
  mkdirSync(join(folder, 'taken/by'), { recursive: true });
  expect(() => writeSecret(join(folder, 'taken'), 'new')).toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual(['taken']);
});

/** Runs a script in a process of its own, which is killed once it has said something. */
async function killed(script: string): Promise<void> {
  const writer = spawn(process.execPath, ['-r', './tools/nx-home/typescript.cjs', '-e', script], {
    cwd: workspace,
  });
  const ended = new Promise((resolve) => writer.on('exit', resolve));
  await new Promise((resolve) => writer.stdout.once('data', resolve));
  writer.kill('SIGKILL');
  await ended;
}

it('is the old secret or the new one after a kill, its draft is nobody else’s, and the next run removes it', async () => {
  writeSecret(file, 'old'.repeat(1e6));
  const library = JSON.stringify(join(__dirname, 'index.ts'));
  await killed(`process.umask(0);
    const { writeSecret } = require(${library});
    console.log('ready');
    for (;;) for (const word of ['new', 'old']) writeSecret(${JSON.stringify(file)}, word.repeat(1e6));`);
  expect(['old'.repeat(1e6), 'new'.repeat(1e6)]).toContain(readFileSync(file, 'utf8'));
  for (const name of readdirSync(folder)) expect(modeOf(join(folder, name))).toBe(0o600);

  await killed(`const { withDraft } = require(${library});
    void withDraft(${JSON.stringify(file)}, (draft) => {
      require('node:fs').writeFileSync(draft, 'half');
      console.log('ready');
      return new Promise(() => setInterval(() => {}, 1000));
    });`);
  expect(readdirSync(folder).filter((name) => name.endsWith('.draft'))).toHaveLength(1);
  writeSecret(join(folder, 'another'), 'secret');
  expect(readdirSync(folder)).toEqual(['.env', 'another']);
});

it.each([
  '.env',
  'kubeconfig',
  'talosconfig',
  'memos-notes.db',
  'memos-notes.db-wal',
  'memos-notes.db-shm',
  '.state/cluster.tfstate',
  '.state/backups/cluster.2026-11-20T08-00-00-000Z.serial-1.tfstate',
  '.state/cluster.tfstate.moved-2026-11-20T08-00-00-000Z',
  'cluster.1.rescued.tfstate',
  'terraform/cluster/errored.tfstate',
  'terraform/cluster/_allow_override.tf.json',
  'terraform/cluster/.terraform/home.tfplan',
  'terraform/cluster/.terraform/home.apply.1.2.log',
])('git ignores %s, and its draft', (path) => {
  const asked = [path, draftOf(path), join(draftOf(path), path)];
  const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '--', ...asked], {
    cwd: workspace,
    encoding: 'utf8',
  });
  expect(stdout.trim().split('\n')).toEqual(asked);
});
