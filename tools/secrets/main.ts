import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Problem, ProblemsError, formatProblems } from '@home/terraform';
import { findExposures } from './exposures';
import { loadPurposes } from './load-purposes';
import { makeRoot } from './make-root';
import { printExposures } from './print-exposures';
import { printPurposes } from './print-purposes';
import { readRecorded } from './recorded-secrets';
import { rotate } from './rotate';

const workspace = join(__dirname, '../..');
const usage: Problem = {
  where: 'npm run secrets',
  what: 'must be followed by `-- new`, `-- rotate PURPOSE` or nothing',
  remedy: 'README.md says what each does',
};

async function main(given: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: given,
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } },
  });
  const [command, purpose, ...more] = positionals;
  if (command === undefined) {
    const { rotations } = readRecorded(workspace);
    for (const line of printPurposes(loadPurposes(workspace), rotations)) console.log(line);
    for (const line of printExposures(findExposures(workspace))) console.log(line);
    return;
  }
  if (command === 'new' && purpose === undefined) {
    makeRoot(workspace, values);
    console.log(
      '.env holds the new root secret (only you can read it); libs/home/secrets.json its fingerprint.',
    );
    console.log(
      'Commit libs/home/secrets.json and what changes in terraform/, and keep .env out of every backup you share.',
    );
  } else if (command === 'rotate' && purpose !== undefined && more.length === 0) {
    console.log(
      `The credential for ${purpose} is now at rotation ${rotate(workspace, purpose, loadPurposes(workspace))}; apply it with npm run deploy.`,
    );
  } else {
    throw new ProblemsError([usage]);
  }
  await regenerate();
}

/** The fingerprint and the revisions stand in the generated files, too. */
async function regenerate(): Promise<void> {
  // A dynamic import, since execa is an ES module only and tsx runs this file as CommonJS.
  const { execa } = await import('execa');
  const { exitCode } = await execa('npm', ['run', 'generate'], {
    cwd: workspace,
    stdio: 'inherit',
    reject: false,
  });
  if (exitCode !== 0) {
    throw new ProblemsError([
      {
        where: 'npm run generate',
        what: 'must succeed, so that terraform/ has the new fingerprint and revisions',
        remedy: 'Mend what it names and run it again; the secret itself is in place',
      },
    ]);
  }
}

// A reader that has seen enough, such as `head`, is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = 1;
  const isUsage =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (isUsage) console.error(formatProblems([{ ...usage, what: error.message }]));
  else if (error instanceof ProblemsError) console.error(formatProblems(error.problems));
  else throw error;
});
