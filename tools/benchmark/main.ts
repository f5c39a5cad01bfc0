import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { largeHome } from './large-home';

/** Environment of the measured commands: nothing that outlives them. */
const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };

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
    console.log(`${count} apps, values to files: ${inProcess()}`);
    console.log(`${count} apps, with schemas and rules: ${inProcess('--checked')}`);
    for (const what of ['cold', 'cached']) {
      console.log(
        `${count} apps, nx run-many -t generate, ${what}: ${seconds(root, 'run-many', '-t', 'generate')} s`,
      );
    }
    console.log(`${count} apps, nx show projects: ${seconds(root, 'show', 'projects')} s`);
    rmSync(root, { recursive: true });
  }
}

function seconds(root: string, ...given: string[]): string {
  const start = performance.now();
  run(root, join(root, 'node_modules/.bin/nx'), ...given);
  return ((performance.now() - start) / 1000).toFixed(1);
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
