import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Spent, timed } from './measure';

/** The measured commands meet what they meet at a terminal with direnv: Nx's daemon, and what .envrc says. */
const quick = {
  NX_DAEMON: 'true',
  NX_TUI: 'false',
  NX_LOAD_DOT_ENV_FILES: 'false',
  NX_ISOLATE_PLUGINS: 'false',
};

/** Runs Nx in a home. What its daemon does beside it is in the time, and not in the CPU. */
export const runNx = (root: string, ...given: string[]): Promise<Spent> =>
  timed([join(root, 'node_modules/.bin/nx'), ...given], { cwd: root, env: { ...process.env, ...quick } });

/**
 * Has the targets `generate` of a home do nothing, so that what a run takes there is Nx's own: its start, its graph, the
 * hashes of tasks, and the process in which it runs an executor.
 */
export function doNothing(root: string): void {
  const folder = join(root, 'tools/nx-home/nx/executors');
  const file = join(folder, 'executors.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/"[^"]*#(generate\w*)"/g, '"./nothing.cjs#$1"'));
  writeFileSync(
    join(folder, 'nothing.cjs'),
    `exports.generate = () => ({ success: true });
exports.generateBatch = async function* ({ tasks }) {
  for (const task of Object.keys(tasks)) yield { task, result: { success: true, terminalOutput: '' } };
};
`,
  );
}

/** What is said of figures for which an executor does nothing. */
export const idle = ' (no work)';
