import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { formatFile, isGenerated, removeGenerated, wasGenerated, writeFiles } from './write';

describe('the writer', () => {
  let root = '';
  const write = (files: Readonly<Record<string, string>>): string[] =>
    writeFiles(root, new Map(Object.entries(files)));
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');

  beforeEach(() => {
    root = makeTemporaryFolder();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('writes only what changed', () => {
    expect(write({ 'a/one.tf.json': '1', 'a/two.tf.json': '2' })).toEqual(['a/one.tf.json', 'a/two.tf.json']);
    const { ino, mtimeMs } = statSync(join(root, 'a/one.tf.json'));
    expect(write({ 'a/one.tf.json': '1', 'a/two.tf.json': '3' })).toEqual(['a/two.tf.json']);
    expect(statSync(join(root, 'a/one.tf.json'))).toMatchObject({ ino, mtimeMs });
    expect(readdirSync(join(root, 'a'))).toEqual(['one.tf.json', 'two.tf.json']);
  });

  test.each(['../out.tf.json', 'a/../../out.tf.json', '/out.tf.json', '.', 'linked/out.tf.json'])(
    'is not led out of its folder by %s, and writes nothing',
    (path) => {
      symlinkSync(dirname(root), join(root, 'linked'));
      expect(() => write({ 'in.tf.json': '1', [path]: '2' })).toThrow('must be a file below');
      expect(readdirSync(root)).toEqual(['linked']);
    },
  );

  test('removes what a killed run left, and nothing that a living one still writes', () => {
    const { pid: killed } = spawnSync('true');
    const living = `two.tf.json.${process.ppid}.draft`;
    for (const draft of [`one.tf.json.${killed}.draft`, `one.tf.json.${process.pid}.draft`, living])
      writeFileSync(join(root, draft), 'hal');
    write({ 'one.tf.json': '1' });
    expect(readdirSync(root)).toEqual(['one.tf.json', living]);
  });

  test('is not led into a neighbour whose name only begins like its folder', () => {
    const neighbour = `${root}-neighbour`;
    mkdirSync(neighbour);
    symlinkSync(neighbour, join(root, 'linked'));
    try {
      expect(() => write({ 'linked/out.tf.json': '1' })).toThrow('must be a file below');
      expect(readdirSync(neighbour)).toEqual([]);
    } finally {
      rmSync(neighbour, { recursive: true });
    }
  });

  test('follows a link to its folder, and one inside it', () => {
    mkdirSync(join(root, 'real/inside'), { recursive: true });
    symlinkSync(join(root, 'real'), join(root, 'linked'));
    symlinkSync(join(root, 'real/inside'), join(root, 'real/shortcut'));
    writeFiles(join(root, 'linked'), new Map([['shortcut/one.tf.json', '1']]));
    expect(read('real/inside/one.tf.json')).toBe('1');
  });

  test('never shows half a file: whoever reads the old one reads it to its end', () => {
    write({ 'one.tf.json': 'old' });
    const reader = openSync(join(root, 'one.tf.json'), 'r');
    write({ 'one.tf.json': 'new, and longer' });
    expect(readFileSync(reader, 'utf8')).toBe('old');
    closeSync(reader);
    expect(read('one.tf.json')).toBe('new, and longer');
    expect(readdirSync(root)).toEqual(['one.tf.json']);
  });

  test('leaves the old file or the new one when it is killed', async () => {
    const [old, next] = ['a', 'b'].map((letter) => letter.repeat(2 ** 20));
    write({ 'one.tf.json': old ?? '' });
    const script = `const { writeFiles } = require(${JSON.stringify(join(__dirname, 'write.ts'))});
      console.log('ready');
      for (;;) for (const letter of ['a', 'b']) writeFiles(${JSON.stringify(root)}, new Map([['one.tf.json', letter.repeat(2 ** 20)]]));`;
    for (const delay of [0, 7, 19, 40]) {
      const writer = spawn(process.execPath, ['-r', './tools/nx-home/typescript.cjs', '-e', script], {
        cwd: join(__dirname, '../../..'),
      });
      const ended = new Promise((resolve) => writer.on('exit', resolve));
      await new Promise((resolve) => writer.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, delay));
      writer.kill('SIGKILL');
      await ended;
      expect([old, next]).toContain(read('one.tf.json'));
    }
  }, 60_000);

  test('removes only generated files', () => {
    write({
      'made.tf.json': formatFile({}, 'a test'),
      'own.tf.json': '{}',
      'terraform.tfstate': '{ "//": ["mine"] }',
    });
    mkdirSync(join(root, 'folder'));
    const paths = ['made.tf.json', 'own.tf.json', 'terraform.tfstate', 'missing.tf.json'];
    expect(removeGenerated(root, paths)).toEqual(['made.tf.json']);
    expect(readdirSync(root)).toEqual(['folder', 'own.tf.json', 'terraform.tfstate']);
  });

  test('marks its files', () => {
    expect(isGenerated(formatFile({ locals: { a: 1 } }, 'a test'))).toBe(true);
    expect(isGenerated('<<<<<<< HEAD')).toBe(false);
  });
});

it('knows what it wrote by its mark, whatever became of it, and takes nothing else for its own', () => {
  const text = formatFile({}, 'apps');
  expect(['', '\n', text, `<<<<<<< HEAD\n${text}`].map(wasGenerated)).toEqual([true, true, true, true]);
  expect(['{}', '{"//": "mine"}'].map(wasGenerated)).toEqual([false, false]);
});
