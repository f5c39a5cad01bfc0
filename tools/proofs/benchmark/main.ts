import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runCommand } from '@home/command';
import { addApps, emptyHome } from './large-home';

/** The measured commands meet what they meet at a terminal with direnv: Nx's daemon, and no `.env` read for each task. */
const quick = { NX_DAEMON: 'true', NX_TUI: 'false', NX_LOAD_DOT_ENV_FILES: 'false' };

const nx = join(__dirname, '../../../node_modules/.bin/nx');

const usage = {
  command: 'npm run benchmark',
  help: `npm run benchmark

Measures how long homes of 100 and of 1,000 apps take, from values to files and under Nx.`,
  options: {},
} as const;

function main(): number {
  // Their folders go at the very end: for some minutes ext4 passes over what was deleted whenever a file is made, and takes
  // four times as long.
  for (const count of [100, 1000]) {
    const root = emptyHome();
    try {
      measure(root, count);
    } finally {
      run(root, nx, 'daemon', '--stop');
    }
  }
  return 0;
}

function measure(root: string, count: number): void {
  const print = (what: string, figure: string): void => console.log(`${count} apps, ${what}: ${figure}`);
  inProcess(root, 1);
  print('values to files', inProcess(root, count));
  print('with schemas and rules', inProcess(root, count, '--checked'));
  addApps(root, count);
  // Starts the daemon.
  seconds(root, 'show', 'projects');
  for (const what of ['cold', 'cached for the first time', 'cached']) {
    print(`nx run-many -t generate, ${what}`, `${seconds(root, 'run-many', '-t', 'generate')} s`);
  }
  print('nx show projects', `${seconds(root, 'show', 'projects')} s`);
}

/** What was compiled is kept: compiling is no part of the way, and takes 30 MB. */
function inProcess(root: string, count: number, ...given: string[]): string {
  const script = [
    '-r',
    './tools/nx-home/typescript.cjs',
    'tools/proofs/benchmark/in-process.ts',
    String(count),
    ...given,
  ];
  return run(root, process.execPath, ...script).trim();
}

function seconds(root: string, ...given: string[]): string {
  const start = performance.now();
  run(root, nx, ...given);
  return ((performance.now() - start) / 1000).toFixed(2);
}

function run(root: string, command: string, ...given: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, given, {
    cwd: root,
    env: { ...process.env, ...quick },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command} ${given.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

runCommand(usage, main);
