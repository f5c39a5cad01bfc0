import { join } from 'node:path';
import { type Given, openTerminal, runCommand } from '@home/command';
import pc from 'picocolors';
import { type Problem, formatProblems } from '@home/terraform';
import { type Generation, checkHome, generateHome } from './generate';

const workspace = join(__dirname, '../..');

const usage = {
  command: 'npm run generate',
  help: `npm run generate [-- --check]

Writes every generated file of the home and the map in README.md, or says what
is wrong and writes nothing. With --check it writes nothing and says which files
are not what the home describes.`,
  options: { check: { type: 'boolean', default: false } },
} as const;

async function main({ values }: Given<typeof usage.options>): Promise<number> {
  if (values.check)
    return tell(await checkHome(workspace), 'Every generated file is what the home describes.');
  const generation = await generateHome(workspace);
  return tell(generation.problems, summary(generation));
}

function tell(problems: readonly Problem[], otherwise: string): number {
  if (problems.length === 0) console.log(otherwise);
  else openTerminal().note(formatProblems(problems));
  return problems.length === 0 ? 0 : 1;
}

function summary({ changes, left = [], redrawn = false }: Generation): string {
  const done = changes.filter(({ change }) => change !== 'unchanged');
  const lines = done.map(
    ({ file, change }) => `${change === 'removed' ? pc.red(change) : pc.green(change)} ${file}`,
  );
  const count = changes.filter(({ change }) => change !== 'removed').length;
  const kept = left.map(
    (stack) =>
      `terraform/${stack} stays, though its description is gone: \`npm run destroy -- ${stack}\` takes back what it made, and then removes it`,
  );
  const map = redrawn ? [`${pc.green('written')} README.md`] : [];
  return [...lines, ...map, ...kept, `${count} generated files, ${done.length || 'none'} changed.`].join(
    '\n',
  );
}

runCommand(usage, main);
