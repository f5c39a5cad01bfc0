import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, withTemporaryFolder } from './temporary-folder';

// What is killed is a process of its own.
jest.setTimeout(60_000);

const library = JSON.stringify(join(__dirname, 'index.ts'));

/** Where the processes of a test make theirs. */
let below: string;
beforeEach(() => (below = makeTemporaryFolder()));

const left = (): string[] => readdirSync(below);

/** How a process that answers for its folders is started: none of those that run the tests does so for it. */
const started = (script: string) => ({
  args: ['-r', './tools/nx-home/typescript.cjs', '-e', `const files = require(${library}); ${script}`],
  options: {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, TMPDIR: below, HOME_TEMPORARY_FOLDERS_OF: undefined },
  },
});

function run(script: string): string {
  const { args, options } = started(script);
  return spawnSync(process.execPath, args, { ...options, encoding: 'utf8' }).stdout;
}

/** Starts a process that waits, and sends it a signal. */
async function signal(script: string, name: NodeJS.Signals): Promise<NodeJS.Signals | null> {
  const { args, options } = started(`${script}; console.log('ready'); setInterval(() => {}, 1000);`);
  const child = spawn(process.execPath, args, options);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, by) => resolve(by)));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill(name);
  return ended;
}

const make = 'files.makeTemporaryFolder()';

it('is its owner’s alone', () => {
  expect(statSync(makeTemporaryFolder()).mode & 0o777).toBe(0o700);
});

it('goes when what it was made for is over, also when that fails', async () => {
  let folder = '';
  const failing = withTemporaryFolder((made) => {
    folder = made;
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  expect(() => statSync(folder)).toThrow('ENOENT');
});

it.each([
  ['ends', make],
  ['fails', `${make}; throw new Error('failed')`],
  ['exits', `${make}; process.exit(1)`],
  ['has one made by a process that it starts and that is killed', `${make}; ${killedChild()}`],
])('goes with a command that %s', (_, script) => {
  run(script);
  expect(left()).toEqual([]);
});

function childOf(script: string): string {
  return `require('node:child_process').execFileSync(process.execPath, ['-r', './tools/nx-home/typescript.cjs', '-e', ${JSON.stringify(script)}], { stdio: 'pipe' })`;
}

function killedChild(): string {
  const child = `require(${library}).makeTemporaryFolder(); process.kill(process.pid, 'SIGKILL')`;
  return `try { ${childOf(child)} } catch {}`;
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('goes with a command that %s ends', async (name) => {
  expect(await signal(make, name)).toBe(name);
  expect(left()).toEqual([]);
});

it('goes with the next command when its own was killed, also one that was kept to be looked at', async () => {
  await signal(`${make}; files.keepTemporaryFolder(${make})`, 'SIGKILL');
  expect(left()).toHaveLength(2);
  run(make);
  expect(left()).toEqual([]);
});

it('is kept until then', () => {
  run(`files.keepTemporaryFolder(${make})`);
  expect(left()).toHaveLength(1);
});

it('is left alone while its command lives, or when nobody here can tell, and so is what only has its name', () => {
  const { pid: ended } = spawnSync('true');
  const [, namespace = ''] = /home-(\d+)\./.exec(run(`console.log(${make})`)) ?? [];
  const kept = [`home-${namespace}.${process.pid}.abcdef`, `home-1.${ended}.abcdef`, 'home-mine'];
  for (const name of kept) mkdirSync(join(below, name));
  symlinkSync(__dirname, join(below, `home-${namespace}.${ended}.linked`));
  writeFileSync(join(below, `home-${namespace}.${ended}.afile0`), '');
  mkdirSync(join(below, `home-${namespace}.${ended}.folder`));
  run(make);
  expect(left().sort()).toEqual(
    [...kept, `home-${namespace}.${ended}.linked`, `home-${namespace}.${ended}.afile0`].sort(),
  );
});
