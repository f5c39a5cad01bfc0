import { join } from 'node:path';
import { type Spent, timed } from './measure';

/** The measured commands meet what they meet at a terminal with direnv: Nx's daemon, and no `.env` read for each task. */
const quick = { NX_DAEMON: 'true', NX_TUI: 'false', NX_LOAD_DOT_ENV_FILES: 'false' };

/** Runs Nx in a home. What its daemon does beside it is in the time, and not in the CPU. */
export const runNx = (root: string, ...given: string[]): Promise<Spent> =>
  timed([join(root, 'node_modules/.bin/nx'), ...given], { cwd: root, env: { ...process.env, ...quick } });
