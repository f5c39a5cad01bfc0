import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hidden } from '../own-files';
import { type RootModule, bodyOf } from '../root-module';
import { explain } from './explain';
import { type Runner, runTerraform } from './run-terraform';

/**
 * Prepares a root module with `terraform init`, unless that was done for just these providers and this backend.
 *
 * @throws ProblemsError when a provider cannot be had, or the state's store does not answer
 */
export async function ensureInitialized(runner: Runner, module: RootModule): Promise<void> {
  const stamp = hidden.initialized(module.folder);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(runner, module)) return;
  await initialize(runner, module);
}

/**
 * Runs `terraform init`. Where no one would see the lock file change, what it does not vouch for is refused.
 *
 * @param options such as `-upgrade`
 * @throws ProblemsError as `ensureInitialized` does
 */
export async function initialize(
  runner: Runner,
  module: RootModule,
  options: readonly string[] = [],
): Promise<void> {
  const stamp = hidden.initialized(module.folder);
  rmSync(stamp, { force: true });
  runner.terminal.status(`${module.stack}: preparing providers and the state's store`);
  const isLocked = Boolean(runner.environment['CI']) && existsSync(lockFileOf(module));
  const lock = isLocked && !options.includes('-upgrade') ? ['-lockfile=readonly'] : [];
  const given = ['init', '-input=false', '-json', ...lock, ...options];
  const outcome = await runTerraform(runner, module.folder, given);
  if (outcome.exitCode !== 0) throw explain(module, { outcome, again: `npm run init -- ${module.stack}` });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest(runner, module));
}

const lockFileOf = ({ folder }: RootModule): string => join(folder, '.terraform.lock.hcl');

/** Of what init depends on. */
function digest({ binary, environment }: Runner, module: RootModule): string {
  const { folder, backend } = module;
  const lockFile = lockFileOf(module);
  const stack: unknown = JSON.parse(readFileSync(join(folder, 'stack.tf.json'), 'utf8'));
  const parts = [
    binary.name,
    binary.version,
    JSON.stringify(backend),
    JSON.stringify(bodyOf(bodyOf(stack)['terraform'])['required_providers'] ?? null),
    existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : '',
    existsSync(join(folder, '.terraform', 'providers')) ? 'installed' : '',
    // Providers that run already are not installed.
    environment['TF_REATTACH_PROVIDERS'] === undefined ? '' : 'attached',
  ];
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
