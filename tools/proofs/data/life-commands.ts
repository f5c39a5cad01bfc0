import { join, resolve } from 'node:path';
import { runProgram } from '@home/command';
import type { DataStage } from './stage';

const root = join(__dirname, '../../..');

/** How a command of the home ended. */
export interface Ended {
  readonly good: boolean;
  /** All that it said. */
  readonly said: string;
}

/**
 * Runs `npm run restore` or `npm run drill` by the stage's generated files, with the keys of the proof's store.
 *
 * @param args may name other generated files
 * @param path where programs are looked for before those of this machine: a folder with a stand-in for kubectl, say
 */
export async function runRestore(
  { from, s3: { keys } }: DataStage,
  args: readonly string[],
  path = '',
): Promise<Ended> {
  const files = args.includes('--from') ? [] : ['--from', resolve(from)];
  const loader = join(root, 'tools/nx-home/typescript.cjs');
  const { exitCode, stdout, stderr } = await runProgram(
    process.execPath,
    ['-r', loader, join(root, 'tools/life/restore/main.ts'), ...args, ...files],
    {
      cwd: root,
      env: {
        ...process.env,
        PATH: [path, process.env['PATH']].filter(Boolean).join(':'),
        // As on a machine where somebody works with AWS; Litestream ends on it.
        AWS_CA_BUNDLE: '/etc/ssl/certs/ca-certificates.crt',
        LITESTREAM_ACCESS_KEY_ID: keys.id,
        LITESTREAM_SECRET_ACCESS_KEY: keys.secret,
      },
    },
  );
  return { good: exitCode === 0, said: `${stdout}${stderr}`.trim() };
}
