import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** Lets Node load TypeScript. */
const hook = './tools/nx-home/typescript.cjs';

test('every command of the home says how it is called when it is asked with --help, fits into 80 columns, and does nothing', () => {
  // `node -r HOOK PROGRAM …`
  const calls = Object.entries(scripts).flatMap(([script, command]) => {
    const [node, ...given] = command.split(' ');
    return node === 'node' && given[0] === '-r' ? [{ script, given }] : [];
  });
  // One after the other in one process, since they load much of the same.
  const run = `process.stdout.setMaxListeners(0);
  process.setMaxListeners(0);
  for (const { script, given } of JSON.parse(process.argv[1])) {
    console.log('=== ' + script);
    process.argv = [process.execPath, ...given.slice(2), '--help'];
    const program = require('node:path').resolve(given[2]);
    // Several share one.
    delete require.cache[program];
    require(program);
  }`;
  const said = execFileSync(process.execPath, ['-r', hook, '-e', run, JSON.stringify(calls)], {
    cwd: root,
    encoding: 'utf8',
  });
  const answers = said.split(/^=== /m).slice(1);
  expect(answers).toEqual(calls.map(({ script }) => expect.stringContaining(`npm run ${script}`)));
  expect(answers.map((answer) => answer.split('\n', 1)[0])).toEqual(calls.map(({ script }) => script));
  expect(said.split('\n').filter((line) => line.length > 80)).toEqual([]);
}, 60_000);
