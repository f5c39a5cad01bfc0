import { rmSync } from 'node:fs';
import { type Problem, formatProblems } from '@home/terraform';
import { type Run, type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';
import { type PlacedProblem } from '../graph/layout';
import { smallHome } from '../small-home';

jest.setTimeout(180_000);

let home: TemporaryWorkspace;
const run = (...given: readonly string[]): Run =>
  home.run('node', '-r', './tools/nx-home/typescript.cjs', ...given);
const generate = (...given: readonly string[]): Run => run('tools/nx-home/main.ts', ...given);

/** What code of the workspace's own says. */
function ask<Answer>(call: string): Answer {
  const print =
    'then((answer) => console.log(JSON.stringify(answer)), (error) => console.log(JSON.stringify(error)))';
  const { stdout, stderr } = run(
    '-e',
    `const root = process.cwd(); const ask = async () => ${call}; ask().${print}`,
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

beforeAll(() => {
  home = temporaryWorkspace(smallHome);
  expect(generate()).toMatchObject({ exitCode: 0, stderr: '' });
  home.commit();
});
afterEach(() => {
  home.run('git', 'checkout', '--quiet', '.');
  home.run('git', 'clean', '--quiet', '--force', '-d', 'apps', 'terraform');
});
afterAll(() => rmSync(home.root, { recursive: true, force: true }));

/** A workload whose code does something besides, and whose file would have to be written. */
const doing = (code: string): string => `
import { resourceBlock } from '@home/terraform';
${code}
export default resourceBlock('terraform_data', 'does', { input: 'something else' });
`;

/** A workload that a value is written into. */
const saying = (value: string, label = 'says'): string => `
import { resourceBlock } from '@home/terraform';
export default resourceBlock('terraform_data', '${label}', { input: String(${value}) });
`;

const file = (name: string): string => `apps/workloads/${name}/main.ts`;
const goesOn = 'must be done once it is loaded, but starts something that goes on';
const fails = 'must load without an error, but throws';

// What is said of each, all in one run: none of them keeps the others from being looked at.
const misdeeds: readonly (readonly [name: string, text: string, said: string])[] = [
  ['exits', doing('process.exit(0);'), ':3:9: must load to its end, but ends the process (process.exit)'],
  ['exits-unseen', doing('try { process.exit(0); } catch {}'), ':3:15: must load to its end'],
  [
    'exits-later',
    doing('void Promise.resolve().then(() => process.exit(0));'),
    ':3:43: must load to its end',
  ],
  ['aborts', doing('process.abort();'), ':3:9: must load to its end, but ends the process (process.abort)'],
  ['kills', doing('process.kill(1);'), ':3:9: must load to its end, but ends the process (process.kill)'],
  ['waits', doing('await new Promise(() => {});'), `: ${fails}`],
  ['throws-later', doing("setTimeout(() => { throw new Error('late') });"), `:3:1: ${goesOn} (Timeout)`],
  ['throws-in-an-hour', doing('setTimeout(() => { throw 1 }, 3_600_000).unref();'), `:3:1: ${goesOn}`],
  [
    'throws-soon',
    doing("process.nextTick(() => { throw new Error('soon') });"),
    `:3:32: ${fails} Error: soon`,
  ],
  ['rejects', doing("void Promise.reject(new Error('late'));"), `:3:21: ${fails} Error: late`],
  ['rejects-with-nothing', doing('void Promise.reject();'), `: ${fails} undefined`],
  [
    'rejects-in-turn',
    doing('void Promise.resolve().then(() => {}).then(() => { throw 7 });'),
    `: ${fails} 7`,
  ],
  ['changes-json', doing("JSON.stringify = () => '{}';"), `:3:15: ${fails} TypeError: Cannot assign`],
  [
    'works',
    doing("new (require('node:worker_threads').Worker)('0', { eval: true });"),
    `:3:1: ${goesOn} (WORKER)`,
  ],
  ['serves', doing("require('node:net').createServer().listen(0);"), `:3:36: ${goesOn}`],
  ['fetches', doing("fetch('http://127.0.0.1:1').catch(() => {});"), `:3:1: ${goesOn} (fetch)`],
  ['reads-late', doing("void require('node:fs/promises').readFile(__filename);"), `:3:34: ${goesOn}`],
  ['spawns', doing("require('node:child_process').spawn('true');"), `:3:31: ${goesOn} (PROCESSWRAP)`],
  ...[
    ['now', 'Date.now()', 'the clock (Date.now)'],
    ['today', 'new Date().getFullYear()', 'the clock (new Date())'],
    ['this-day', 'Date()', 'the clock (Date())'],
    ['this-moment', "new Intl.DateTimeFormat('en').format()", 'the clock (Intl.DateTimeFormat)'],
    ['ticks', 'process.hrtime.bigint()', 'the clock (process.hrtime.bigint)'],
    ['since', 'performance.now()', 'the clock (performance.now)'],
    ['dice', 'Math.random()', 'chance (Math.random)'],
    ['global-uuid', 'crypto.randomUUID()', 'chance (crypto.randomUUID)'],
    ['imported-uuid', "require('node:crypto').randomUUID()", 'chance (crypto.randomUUID)'],
    ['bytes', "require('node:crypto').randomBytes(4).toString('hex')", 'chance (crypto.randomBytes)'],
    ['home-folder', "process.env['HOME']", 'the environment (process.env.HOME)'],
    ['unset', "process.env['NOWHERE'] === 'here'", 'the environment (process.env.NOWHERE)'],
    ['in-ci', "'CI' in process.env", 'the environment (process.env.CI)'],
    ['all-of-it', 'Object.keys(process.env).length', 'the environment (process.env)'],
    ['host', "require('node:os').hostname()", 'the environment (os.hostname)'],
    ['here', 'process.cwd()', 'the environment (process.cwd)'],
    ['system', 'process.platform', 'the environment (process.platform)'],
    ['machine', 'process.arch', 'the environment (process.arch)'],
    ['given', 'process.argv.length', 'the environment (process.argv)'],
    [
      'machine-name',
      "require('node:fs').readFileSync('/etc/hostname', 'utf8')",
      'the environment (fs.readFileSync)',
    ],
    ['written', "require('node:fs').statSync(__filename).mtimeMs", 'the environment (fs.statSync)'],
    ['user', 'process.getuid?.()', 'the environment (process.getuid)'],
    ['program', "require('node:child_process').execSync('true')", 'the environment (child_process.execSync)'],
  ].map(
    ([name = '', value = '', read = '']) =>
      [
        `says-${name}`,
        saying(value),
        `must describe the same each time, but reads ${read}. Write the value`,
      ] as const,
  ),
];

describe('what a description does besides making values', () => {
  let said: string;
  let checked: string;
  let touched: boolean;
  beforeAll(() => {
    home.write(Object.fromEntries(misdeeds.map(([name, text]) => [file(name), text])));
    const before = home.generated();
    const generated = generate();
    const check = generate('--check');
    expect([generated, check]).toEqual(
      [1, 1].map((exitCode) => expect.objectContaining({ exitCode, stdout: '' })),
    );
    said = generated.stderr;
    checked = check.stderr;
    touched = JSON.stringify(home.generated()) !== JSON.stringify(before);
  });

  it.each(misdeeds)('%s', (name, _, what) => {
    const lines = said.split('\n').filter((line) => line.startsWith(file(name)));
    expect(lines).toContainEqual(expect.stringContaining(what));
    expect(lines.length).toBeLessThanOrEqual(2);
  });

  it('is said by --check too, and nothing is written', () => {
    expect({ checked, touched }).toEqual({ checked: said, touched: false });
  });

  it('is said without a stack', () => {
    const stray = said.split('\n').filter((line) => !line.startsWith('apps/workloads/') && line !== '');
    expect(stray).toEqual([]);
  });
});

const ending: readonly (readonly [string, string])[] = [
  ['process.reallyExit(0);', 'the process ends there (exit code 0)'],
  ["require('node:child_process').execSync('kill -9 $PPID');", 'the process ends there (SIGKILL)'],
  ['Object.prototype.toJSON = () => 1;', 'the process ends there'],
  ["require('node:fs').closeSync(3);", 'the process ends there'],
];

test.each(ending)('an early end counts as one wherever a home is described: %s', (code, said) => {
  home.write({ [file('feed')]: doing(code) });
  const before = home.generated();
  const found: PlacedProblem[] = [
    "require('./tools/nx-home/generate').generateHome(root)",
    "require('./tools/nx-home/generate').generateSome(root, ['apps/workloads/feed'])",
    "require('./tools/nx-home/validate').validate(root, { folders: ['apps/workloads/feed'], wholeHome: true })",
  ].flatMap((call) => ask<{ problems: PlacedProblem[] }>(call).problems);
  const line = expect.stringContaining(`${file('feed')}: must load to its end, but ${said}`);
  expect(found.map((problem) => formatProblems([problem]))).toEqual([line, line, line]);
  const where = 'apps/workloads/feed';
  expect(found.map(({ place }) => place)).toEqual(found.map(() => expect.objectContaining({ where })));
  expect(generate('--check')).toMatchObject({ exitCode: 1, stderr: line });
  expect(home.generated()).toEqual(before);
});

test('a description that never ends is ended', () => {
  home.write({ [file('feed')]: doing('for (;;) {}') });
  const { problems } = ask<{ problems: Problem[] }>(
    "require('./tools/nx-home/describe/describe-apart').describeApart(root, require.resolve('./tools/nx-home/describe-files'), {}, 10_000)",
  );
  expect(formatProblems(problems)).toBe(
    `${file('feed')}: must load to its end, but nothing happens there for 10 s. Make values only there.`,
  );
});

test('what a description prints is shown beside what the command says, and is taken for nothing else', () => {
  const code = `console.log('{"answer":{}}'); require('node:fs').writeSync(3, '{"answer":{}}\\n');`;
  home.write({ [file('feed')]: doing(code) });
  const { exitCode, stdout, stderr } = generate();
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: 'written terraform/workloads/feed.tf.json\n5 generated files, 1 changed.\n',
    stderr: '{"answer":{}}\n',
  });
});

test('a value that changes behind the back of who reads it is found by describing twice, at its source', () => {
  home.write({
    'apps/node_modules/dice/index.js': 'exports.roll = () => require("node:crypto").randomInt(2 ** 40);',
    [file('rolls')]: `${saying('roll()')}import { roll } from 'dice';\nexport const rolled = roll();`,
    [file('relies')]: `${saying('rolled', 'relies')}import { rolled } from '../rolls/main';`,
    [file('place')]: saying('__dirname', 'place'),
    [file('zone')]: saying('new Date(0).toLocaleString()', 'zone'),
    [file('folder')]: saying(
      "require('node:fs').mkdtempSync(require('node:path').join(__dirname, 'x-'))",
      'folder',
    ),
  });
  const before = home.generated();
  const { exitCode, stderr } = generate();
  const unsteady = (name: string, source: string) =>
    `${file(name)}: must describe the same each time, but depends on ${source}. Write the value down in the TypeScript.`;
  const something = 'something that changes, such as the clock, the time zone, chance or the environment';
  expect({ exitCode, said: stderr.trim().split('\n') }).toEqual({
    exitCode: 1,
    said: [
      unsteady('folder', something),
      unsteady('place', 'where the workspace lies (__dirname)'),
      unsteady('rolls', 'chance (crypto.randomInt)'),
      unsteady('zone', something),
    ],
  });
  expect(home.generated()).toEqual(before);
});
