import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from './temporary-folder';

let root: string;
let keepMade: typeof import('./keep-made.cjs').keepMade;
let compileKept: typeof import('./keep-made.cjs').compileKept;
const kept = (): string => join(root, '.cache/made/room/name');

beforeEach(async () => {
  root = makeTemporaryFolder();
  const file = join(root, 'libs/files/keep-made.cjs');
  cpSync(join(__dirname, 'keep-made.cjs'), file);
  ({ keepMade, compileKept } = await import(file));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** What is given, and how often it was made for that. */
function ask(sources: readonly string[], text = 'made\nof two lines'): readonly [string, number] {
  let times = 0;
  const given = keepMade('room/name', sources, () => {
    times++;
    return text;
  });
  return [given, times];
}

it('makes a text once', () => {
  expect([ask(['a', 'b']), ask(['a', 'b'], 'other')]).toEqual([
    ['made\nof two lines', 1],
    ['made\nof two lines', 0],
  ]);
});

it.each([[['a', 'c']], [['ab']], [['', 'ab']], [['a']], [['a', 'b', '']]])(
  'makes it anew from %j',
  (sources) => {
    ask(['a', 'b']);
    expect(ask(sources, 'other')).toEqual(['other', 1]);
    expect(ask(sources, 'third')).toEqual(['other', 0]);
  },
);

it.each<[string, (content: string) => string]>([
  ['empty', () => ''],
  ['cut short', (content) => content.slice(0, -1)],
  ['cut short at a line', (content) => content.slice(0, content.lastIndexOf('\n'))],
  ['longer', (content) => `${content}\n`],
  ['changed', (content) => content.replace('two', 'ten')],
  ['without its seal', (content) => content.slice(content.indexOf('\n'))],
  ["under another's seal", (content) => content.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
])('takes nothing from a file that is %s', (_, spoil) => {
  ask(['a']);
  writeFileSync(kept(), spoil(readFileSync(kept(), 'utf8')));
  expect(ask(['a'], 'anew')).toEqual(['anew', 1]);
  expect(ask(['a'], 'third')).toEqual(['anew', 0]);
});

it('makes it each time where nothing can be kept', () => {
  writeFileSync(join(root, '.cache'), 'a file');
  expect([ask(['a']), ask(['a'])]).toEqual([
    ['made\nof two lines', 1],
    ['made\nof two lines', 1],
  ]);
});

/** What a function of some code gives for 2. */
const run = (code: string, filename = '/a.js'): unknown =>
  compileKept('room/code', ['given'], code, { filename })(2);
const compiled = (): string => join(root, '.cache/made/room/code.v8');

it('compiles code to a function, and reads what it was compiled to from then on', () => {
  expect(run('return given + 1')).toBe(3);
  const { ino, mtimeMs } = statSync(compiled());
  expect(run('return given + 1')).toBe(3);
  expect(statSync(compiled())).toMatchObject({ ino, mtimeMs });
});

it('takes nothing that was compiled from other code, were it as long', () => {
  expect([run('return given + 1'), run('return given + 2'), run('return given + 1')]).toEqual([3, 4, 3]);
});

it.each<[string, (content: Buffer) => Buffer]>([
  ['empty', () => Buffer.of()],
  ['cut short', (content) => content.subarray(0, -1)],
  ['changed', (content) => content.fill(1, 100)],
  ['without its seal', (content) => content.subarray(32)],
])('takes nothing compiled from a file that is %s', (_, spoil) => {
  run('return given + 1');
  const whole = readFileSync(compiled());
  writeFileSync(compiled(), spoil(readFileSync(compiled())));
  expect(run('return given + 1')).toBe(3);
  expect(readFileSync(compiled())).toHaveLength(whole.length);
});

it.each([1, 2])('names the place in the code where it fails, the %d. time', () => {
  run('const at = (o) => o.a.b;\nreturn given');
  const fail = () => run('const at = (o) => o.a.b;\nreturn at(given)');
  expect(fail).toThrow(expect.objectContaining({ stack: expect.stringContaining('/a.js:1:23') }));
});

it('names the file that the code is in, and not the one that it was compiled in', () => {
  const where = 'return new Error().stack';
  expect(run(where, '/first/a.js')).toContain('/first/a.js:1:');
  expect(run(where, '/second/a.js')).toContain('/second/a.js:1:');
});
