import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { largeHome } from './large-home';

/** The measured commands meet what they meet at a terminal with direnv: Nx's daemon, and no `.env` read for each task. */
const env = { ...process.env, NX_DAEMON: 'true', NX_TUI: 'false', NX_LOAD_DOT_ENV_FILES: 'false' };

const nx = join(__dirname, '../../node_modules/.bin/nx');

/** `npm run benchmark`: how long a home of many apps takes, from values to files and under Nx. */
function main(): void {
  for (const count of [100, 1000]) {
    const root = largeHome(count);
    const inProcess = (...given: string[]): string =>
      run(
        root,
        process.execPath,
        '-r',
        'tsx/cjs',
        'tools/benchmark/in-process.ts',
        String(count),
        ...given,
      ).trim();
    // Compiles what is compiled once.
    inProcess();
    console.log(`${count} apps, values to files: ${inProcess()}`);
    console.log(`${count} apps, with schemas and rules: ${inProcess('--checked')}`);
    try {
      // Starts the daemon.
      seconds(root, 'show', 'projects');
      for (const what of ['cold', 'cached for the first time', 'cached']) {
        console.log(
          `${count} apps, nx run-many -t generate, ${what}: ${seconds(root, 'run-many', '-t', 'generate')} s`,
        );
      }
      console.log(`${count} apps, nx show projects: ${seconds(root, 'show', 'projects')} s`);
    } finally {
      run(root, nx, 'daemon', '--stop');
      rmSync(root, { recursive: true });
    }
  }
}

function seconds(root: string, ...given: string[]): string {
  const start = performance.now();
  run(root, nx, ...given);
  return ((performance.now() - start) / 1000).toFixed(2);
}

function run(root: string, command: string, ...given: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, given, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command} ${given.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

main();
