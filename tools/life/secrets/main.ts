import { join } from 'node:path';
import { type Given, fold, runCommand, runProgram, widthOf } from '@home/command';
import { readSecrets } from '@home/home';
import { refuse } from '@home/terraform';
import { describeApart } from '@tools/nx-home';
import { findExposures, printExposures } from './exposures';
import { makeRoot, printPurposes, reveal, rotate } from './root';

const workspace = join(__dirname, '../../..');
const usage = {
  command: 'npm run secrets',
  help: `npm run secrets
npm run secrets -- new [--replace]
npm run secrets -- rotate PURPOSE
npm run secrets -- show PURPOSE

Alone it lists what is derived from the root secret, and every sensitive value
that still reaches a state. new makes the root secret of a home; rotate gives
one derived credential a new value with the next deploy; show prints one, such
as the password of a login.`,
  options: { replace: { type: 'boolean', default: false } },
  positionals: 2,
} as const;

async function main({ values, positionals }: Given<typeof usage.options>): Promise<number> {
  const [command, purpose, ...more] = positionals;
  if (command === undefined) {
    const { rotations } = readSecrets(workspace);
    const lines = [
      ...printPurposes(await loadPurposes(), rotations),
      ...printExposures(findExposures(workspace)),
    ];
    for (const line of lines) console.log(fold(line, widthOf(process.stdout)));
    return 0;
  }
  if (command === 'show' && purpose !== undefined && more.length === 0) {
    console.log(reveal(workspace, purpose, await loadPurposes()));
    return 0;
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
      `The credential for ${purpose} is now at rotation ${rotate(workspace, purpose, await loadPurposes())}; apply it with npm run deploy.`,
    );
  } else {
    const what = 'must be followed by `-- new`, `-- rotate PURPOSE`, `-- show PURPOSE` or nothing';
    refuse(usage.command, what, 'npm run secrets -- --help tells what each does');
  }
  await regenerate();
  return 0;
}

const loadPurposes = (): Promise<readonly string[]> =>
  describeApart(workspace, join(__dirname, 'purposes.ts'), undefined);

/** The fingerprint and the revisions stand in the generated files too. */
async function regenerate(): Promise<void> {
  const { exitCode } = await runProgram('npm', ['run', 'generate'], { cwd: workspace, watched: true });
  if (exitCode !== 0) {
    refuse(
      'npm run generate',
      'must succeed, so that terraform/ has the new fingerprint and revisions',
      'Fix what it names and run it again; the secret itself is in place',
    );
  }
}

runCommand(usage, main);
