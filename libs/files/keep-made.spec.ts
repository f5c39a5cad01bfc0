import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from './temporary-folder';

let root: string;
let keepMade: typeof import('./keep-made.cjs').keepMade;
const kept = (): string => join(root, '.cache/made/room/name');

beforeEach(async () => {
  root = makeTemporaryFolder();
  const file = join(root, 'libs/files/keep-made.cjs');
  cpSync(join(__dirname, 'keep-made.cjs'), file);
  ({ keepMade } = await import(file));
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
