import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { type Problem, formatProblems } from '@home/terraform';
import { type Generation, checkHome, generateHome } from './generate';

const workspace = join(__dirname, '../..');

/** `npm run generate`: writes the whole home, or with `--check` says what is not as it should be. */
function main(given: string[]): number {
  const { values } = parseArgs({ args: given, options: { check: { type: 'boolean', default: false } } });
  if (values.check) return tell(checkHome(workspace), 'Every generated file is what the home describes.');
  const generation = generateHome(workspace);
  return tell(generation.problems, summary(generation));
}

function tell(problems: readonly Problem[], otherwise: string): number {
  if (problems.length === 0) console.log(otherwise);
  else console.error(formatProblems(problems));
  return problems.length === 0 ? 0 : 1;
}

function summary({ changes }: Generation): string {
  const done = changes.filter(({ change }) => change !== 'unchanged');
  const lines = done.map(
    ({ file, change }) => `${change === 'removed' ? pc.red(change) : pc.green(change)} ${file}`,
  );
  const count = changes.filter(({ change }) => change !== 'removed').length;
  return [...lines, `${count} generated files, ${done.length || 'none'} changed.`].join('\n');
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')))
    throw error;
  const problem = { where: 'npm run generate', what: error.message, remedy: 'Give `-- --check` or nothing' };
  process.exitCode = tell([problem], '');
}
