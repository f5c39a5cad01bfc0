import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';

let house: TemporaryWorkspace;
const [facts, secrets, command] = ['libs/home/facts.ts', 'libs/home/secrets.json', 'tools/command.ts'];
const call = `import { runCommand } from '@home/command';
import { derive, home } from '@home/home';
runCommand({ command: 'tell', help: '', options: {} }, () => {
  derive('replication');
  console.log(home.domain);
  return 0;
});
`;

beforeAll(() => {
  house = temporaryWorkspace({ [command]: call });
});

afterAll(() => rmSync(house.root, { recursive: true }));

const run = () => house.run('node', '-r', './tools/nx-home/typescript.cjs', command);

it('runs a command of a sound home', () => {
  expect(run()).toMatchObject({ exitCode: 0, stdout: 'rpi\n', stderr: '' });
});

it('loads a package of many files as one, the first time and from what is kept', () => {
  house.write({
    'tools/texts.ts': `import { parse, stringify } from 'yaml';
const loaded = Object.keys(require.cache).filter((file) => file.includes('/node_modules/yaml/'));
console.log(stringify(parse('a: [1, "b: c"]')), loaded.length);
`,
  });
  rmSync(join(house.root, '.cache/made/packages'), { recursive: true, force: true });
  const load = () => house.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/texts.ts').stdout;
  // Its package.json, which says its version, is the other file.
  expect([load(), load()]).toEqual(Array(2).fill('a:\n  - 1\n  - "b: c"\n 2\n'));
});

it.each([
  ['./beside', 'a file'],
  ['./beside.ts', 'a file'],
  ['./beside/', 'a folder'],
  ['./beside/index', 'a folder'],
  ['./beside/.', 'a folder'],
  ['../imports/beside', 'a file'],
  ['./script', 'a script'],
  ['./folder', 'another folder'],
])('finds by %s what Node finds there', (path, found) => {
  house.write({
    'tools/imports/beside.ts': "export const found = 'a file';",
    'tools/imports/beside/index.ts': "export const found = 'a folder';",
    'tools/imports/script.js': "exports.found = 'a script';",
    'tools/imports/folder/index.ts': "export const found = 'another folder';",
    'tools/imports/main.ts': `import { found } from '${path}';\nprocess.stdout.write(found);`,
  });
  const { stdout, stderr } = house.run(
    'node',
    '-r',
    './tools/nx-home/typescript.cjs',
    'tools/imports/main.ts',
  );
  expect({ stdout, stderr }).toEqual({ stdout: found, stderr: '' });
});

const getBack = 'Take it back from git, or make a root of your own with `npm run secrets -- new`.';

it.each<[string, string, string | undefined, string]>([
  [
    'facts that do not parse',
    facts,
    "export const facts = {\n  domain: 'rpi\n};\n",
    'libs/home/facts.ts:2:14: must be valid TypeScript: Unterminated string literal. Correct the syntax.',
  ],
  [
    'facts that throw',
    facts,
    "export const facts = {};\n\nthrow new Error('boom\\nand more');\n",
    'libs/home/facts.ts:3:7: must load without an error, but throws Error: boom. Correct the code there.',
  ],
  [
    'facts that end the process',
    facts,
    'export const facts = {};\nprocess.exit(0);\n',
    'libs/home/facts.ts:2:9: must load without an error, but throws Error: process.exit is called. Correct the code there.',
  ],
  [
    'a command that something ends early',
    command,
    call.replace("derive('replication');", 'process.exit(0);'),
    'tell: must run to its end, but something ended it before. Take process.exit out of what the home loads, and run it again.',
  ],
  [
    'a command that waits for ever',
    command,
    call.replace("() => {\n  derive('replication');", 'async () => {\n  await new Promise(() => undefined);'),
    'tell: must run to its end, but something ended it before. Take process.exit out of what the home loads, and run it again.',
  ],
  [
    'facts that throw no error',
    facts,
    "throw 'boom';\n",
    'libs/home/facts.ts: must load without an error, but throws boom. Correct the code there.',
  ],
  [
    'facts that import what is not there',
    facts,
    "import { a } from './a';\nexport const facts = a;\n",
    'libs/home/facts.ts:1: must import files that exist, but there is no "./a". Correct the path, or make the file.',
  ],
  [
    'facts of another name',
    facts,
    'export const fact = {};\n',
    'libs/home/facts.ts: must export the facts. Write `export const facts: HomeFacts = { … }`.',
  ],
  ['no facts', facts, undefined, 'libs/home/facts.ts: must be there. Take it back from git.'],
  ['no record of secrets', secrets, undefined, `libs/home/secrets.json: must be there. ${getBack}`],
  [
    'a package that is not installed',
    command,
    "import 'no-such-package';\n",
    'tools/command.ts:1: must import packages that are installed, but there is no "no-such-package". Run `npm ci`, or add it to package.json.',
  ],
  [
    'a library that does not parse',
    'libs/home/formats.ts',
    'export const = 1;\n',
    'libs/home/formats.ts:1:13: must be valid TypeScript: Expected identifier but found "=". Correct the syntax.',
  ],
  [
    'settings of TypeScript that are no JSON',
    'tsconfig.base.json',
    '',
    'tsconfig.base.json: must be JSON (Unexpected end of JSON input). Correct it, or take it back from git.',
  ],
])('tells of %s in one line, and runs no command', (_, file, text, line) => {
  const before = house.read(file);
  if (text === undefined) house.remove(file);
  else house.write({ [file]: text });
  const { exitCode, stdout, stderr } = run();
  house.write({ [file]: before });
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 1, stdout: '', stderr: `${line}\n` });
});

it('ends as it said, whatever ends the process afterwards', () => {
  const late = call.replace("derive('replication');", 'setTimeout(() => process.exit(0)); return 2;');
  house.write({ [command]: late });
  expect(run().exitCode).toBe(2);
});

it('shows the whole stack of a mistake of its own', () => {
  house.write({ [command]: "throw new Error('a bug');\n" });
  expect(run()).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/Error: a bug\n\s+at /) });
});
