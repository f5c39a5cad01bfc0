import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { problemsOf } from './failure';
import { ProblemsError, formatProblems } from './problem';

const root = makeTemporaryFolder();
beforeAll(() => {
  mkdirSync(join(root, 'apps/a/b'), { recursive: true });
  writeFileSync(
    join(root, 'apps/a/b/main.ts'),
    "import 'left';\nimport x from 'dice';\nimport './helper';\n",
  );
});
afterAll(() => rmSync(root, { recursive: true }));

const main = 'apps/a/b/main.ts';
const at = (...files: readonly string[]): string =>
  ['Error', ...files.map((file) => `    at run (${join(root, file)}:7:3)`)].join('\n');
const error = (message: string, stack: string, more: object = {}): Error =>
  Object.assign(new Error(message), { stack, ...more });
const told = (cause: unknown, file?: string): string | undefined => {
  const problems = file === undefined ? problemsOf(root, cause) : problemsOf(root, cause, file);
  return problems && formatProblems(problems);
};
const missing = (name: string, by = main): Error =>
  error(`Cannot find module '${name}'`, '', { code: 'MODULE_NOT_FOUND', requireStack: [join(root, by)] });

it.each<[string, unknown, string]>([
  [
    'a package that is not installed, and the line that imports it',
    missing('dice'),
    `${main}:2: must import packages that are installed, but there is no "dice". Run \`npm ci\`, or add it to package.json.`,
  ],
  [
    'a file that is not there',
    missing('./helper'),
    `${main}:3: must import files that exist, but there is no "./helper". Correct the path, or make the file.`,
  ],
  [
    'an import in no line',
    missing('@home/none', 'apps/a/b/gone.ts'),
    'apps/a/b/gone.ts: must import files that exist, but there is no "@home/none". Correct the path, or make the file.',
  ],
  [
    'what the compiler says',
    new Error(`Transform failed with 1 error:\n${join(root, main)}:3:5: ERROR: Expected "}"`),
    `${main}:3:5: must be valid TypeScript: Expected "}". Correct the syntax.`,
  ],
  [
    'where the home called what throws, and where that lies',
    error('late', at('libs/home/home.ts', main)),
    `${main}:7:3: must load without an error, but throws Error: late (from libs/home/home.ts:7:3). Correct the code there.`,
  ],
  [
    'the home’s own line alone',
    error('late', at(main)),
    `${main}:7:3: must load without an error, but throws Error: late. Correct the code there.`,
  ],
  [
    'the line that called a construct, which knows its own name alone',
    Object.assign(new ProblemsError([{ where: 'notes', what: 'must be', remedy: 'Do' }]), {
      stack: at('libs/kubernetes/app/web-app.ts', main),
    }),
    `${main}:7:3: notes: must be. Do.`,
  ],
])('tells %s', (_, cause, line) => expect(told(cause)).toEqual(line));

it('tells of an error that passed through no code of the home by what was loaded', () => {
  expect(told('nothing', main)).toBe(
    `${main}: must load without an error, but throws nothing. Correct the code there.`,
  );
  const named = new ProblemsError([{ where: 'notes', what: 'must be', remedy: 'Do' }]);
  named.stack = at('tools/x.ts', 'node_modules/y.js');
  expect([told(named), told(named, main)]).toEqual(['notes: must be. Do.', `${main}: notes: must be. Do.`]);
});

it('takes an error without a file of the home for a bug', () => {
  expect(told(error('x is not a function', at('tools/x.ts', 'node_modules/y.js')))).toBeUndefined();
});
