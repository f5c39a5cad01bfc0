import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { equivalents } from './equivalents';
import { type Planted, inLines, lookedAtAgain, readReport, scoreOf } from './planted';
import { rooms, sourcesOf } from './rooms';

const root = join(__dirname, '../../..');

it('counts what was noticed, and shows what was not as a line and its fault', () => {
  const folder = makeTemporaryFolder();
  const file = join(folder, 'report.json');
  const at = (line: number, from: number, to: number) => ({
    start: { line, column: from },
    end: { line, column: to },
  });
  const mutants = [
    { status: 'Survived', replacement: 'b', location: at(2, 10, 11) },
    { status: 'NoCoverage', replacement: '{}', location: { ...at(1, 14, 0), end: { line: 3, column: 2 } } },
    { status: 'Killed', location: at(2, 3, 4) },
    { status: 'Timeout', location: at(2, 3, 4) },
    { status: 'Ignored', location: at(2, 3, 4) },
    { status: 'Survived', location: at(5, 1, 2) },
  ];
  writeFileSync(
    file,
    JSON.stringify({ files: { 'a.ts': { source: 'function a() {\n  return a;\n}\n\nb', mutants } } }),
  );
  const faults = inLines(readReport(file, 'a.ts'), [[1, 3]]);
  expect(faults.filter(({ fate }) => fate === 'survived')).toEqual([
    {
      file: 'a.ts',
      lineNumber: 2,
      place: '2:9-2:10',
      line: 'return a;',
      fault: 'return b;',
      fate: 'survived',
    },
    {
      file: 'a.ts',
      lineNumber: 1,
      place: '1:13-3:1',
      line: 'function a() {',
      fault: 'function a() {}',
      fate: 'survived',
    },
  ]);
  expect(scoreOf(faults)).toEqual({ killed: 2, survived: 2, equivalent: 0, leftOut: 1, percent: 50 });
  expect(readReport(file, 'a.ts')).toHaveLength(6);
  expect(readReport(file, 'b.ts')).toEqual([]);
  expect(scoreOf([]).percent).toBe(100);
  rmSync(folder, { recursive: true });
});

it('counts what the room notices, where the spec beside the file does not', () => {
  const fault = (place: string, fate: Planted['fate'], text = 'x'): Planted => ({
    file: 'a.ts',
    lineNumber: 1,
    place,
    line: 'a',
    fault: text,
    fate,
  });
  const first = [fault('1:1-1:2', 'killed'), fault('1:3-1:4', 'survived'), fault('1:3-1:4', 'survived', 'y')];
  const second = [fault('1:1-1:2', 'survived'), fault('1:3-1:4', 'killed', 'y')];
  expect(lookedAtAgain(first, second).map(({ fate }) => fate)).toEqual(['killed', 'survived', 'killed']);
});

it('plants faults in code, and in nothing that a tool has written or a test needs', () => {
  for (const room of rooms) {
    const files = sourcesOf(root, room);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => /generated|spec\.ts|index\.ts|example/.test(file))).toEqual([]);
    for (const specs of room.specs) expect(existsSync(join(root, specs))).toBe(true);
  }
});

it('excuses only lines that stand in a file of a room', () => {
  const files = rooms.flatMap((room) => sourcesOf(root, room));
  for (const { file, line } of equivalents) {
    expect(files).toContain(file);
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    expect(lines.map((one) => one.trim())).toContain(line);
  }
});
