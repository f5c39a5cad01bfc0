import { existsSync } from 'node:fs';
import { hash } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runProgram } from '@home/command';

/** Git ignores this folder; what is in it can be deleted at any time. */
const cache = resolve('.cache/scan');

/** The scanner of workflows, of Go. */
export const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/**
 * The folder of the scanners that PyPI has, at the versions of `requirements.txt`; they are installed when they are not
 * there.
 *
 * @throws Error when they cannot be installed
 */
export async function scannersOfPython(): Promise<string> {
  const requirements = join(__dirname, 'requirements.txt');
  const folder = join(cache, hash('sha256', await readFile(requirements)).slice(0, 12));
  if (existsSync(folder)) return join(folder, 'bin');
  const draft = `${folder}.${process.pid}.draft`;
  await mkdir(cache, { recursive: true });
  try {
    await must('python3', ['-m', 'venv', draft]);
    await must(join(draft, 'bin/python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]);
    // Renamed at last, so that what was interrupted does not look whole. Its programs are started by their interpreter.
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return join(folder, 'bin');
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const { exitCode, isMissing, complaint } = await runProgram(program, args);
  if (isMissing) throw new Error(`${program} is missing`);
  if (exitCode !== 0) throw new Error(complaint);
}
