import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** Lets Node load TypeScript. */
const hook = './tools/nx-home/typescript.cjs';

test('every command of the home says how it is called when it is asked with --help, and does nothing', () => {
  // One of those that share a program: `node -r HOOK PROGRAM …`.
  const own = new Map(
    Object.entries(scripts).flatMap(([script, command]) => {
      const [node, ...given] = command.split(' ');
      return node === 'node' ? [[given[2], { script, given }]] : [];
    }),
  );
  // One after the other in one process, since they load much of the same.
  const run = `process.stdout.setMaxListeners(0);
  process.setMaxListeners(0);
  for (const { script, given } of JSON.parse(process.argv[1])) {
    console.log('=== ' + script);
    process.argv = [process.execPath, ...given.slice(2), '--help'];
    require(require('node:path').resolve(given[2]));
  }`;
  const calls = [...own.values()];
  const said = execFileSync(process.execPath, ['-r', hook, '-e', run, JSON.stringify(calls)], {
    cwd: root,
    encoding: 'utf8',
  });
  const answers = said.split(/^=== /m).slice(1);
  expect(answers).toEqual(calls.map(({ script }) => expect.stringContaining(`npm run ${script}`)));
  expect(answers.map((answer) => answer.split('\n', 1)[0])).toEqual(calls.map(({ script }) => script));
}, 60_000);
