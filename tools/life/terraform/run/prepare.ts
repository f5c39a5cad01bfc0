import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '@home/command';
import { type Problem, ProblemsError } from '@home/terraform';
import { type RootModule, bodyOf, hidden, parseObject } from '../root-module';
import { runOrExplain } from './explain';
import type { Runner } from './run-terraform';

/**
 * Prepares a root module with `terraform init`, unless that was done for just these providers and this backend.
 *
 * @throws ProblemsError when a provider cannot be had, or the state's store does not answer
 */
export async function ensureInitialized(runner: Runner, module: RootModule): Promise<void> {
  const isDone = (): boolean => {
    const stamp = hidden.initialized(module.folder);
    return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(runner, module);
  };
  if (isDone()) return;
  // One after the other: several stacks may want it, and the cache of providers does not bear two at once.
  const turn = last.then(() => (isDone() ? undefined : initialize(runner, module)));
  last = turn.catch(() => undefined);
  await turn;
}

let last: Promise<unknown> = Promise.resolve();

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
  await runOrExplain(runner, module, given, `npm run init -- ${module.stack}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest(runner, module));
}

const lockFileOf = ({ folder }: RootModule): string => join(folder, '.terraform.lock.hcl');

/** Of what init depends on. */
function digest({ binary, environment }: Runner, module: RootModule): string {
  const { folder, backend } = module;
  const lockFile = lockFileOf(module);
  const stack = parseObject(readFileSync(join(folder, 'stack.tf.json'), 'utf8'));
  const parts = [
    binary.name,
    binary.version,
    JSON.stringify(backend),
    JSON.stringify(bodyOf(stack?.['terraform'])['required_providers'] ?? null),
    existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : '',
    areInstalled(join(folder, '.terraform', 'providers')) ? 'installed' : '',
    // Providers that run already are not installed.
    environment['TF_REATTACH_PROVIDERS'] === undefined ? '' : 'attached',
  ];
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

/** Tells whether providers are there: with a cache Terraform links to what is in it, and that may be gone. */
const areInstalled = (folder: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).every((path) => existsSync(join(folder, path)));

/** Argument that a provider's configuration may set → the variable it takes in its place, as its documentation says. */
const credentials: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  minio: {
    minio_user: 'MINIO_USER',
    minio_password: 'MINIO_PASSWORD',
  },
  onepassword: { service_account_token: 'OP_SERVICE_ACCOUNT_TOKEN' },
  healthchecksio: { api_key: 'HEALTHCHECKSIO_API_KEY' },
  kubernetes: { config_path: 'KUBE_CONFIG_PATH' },
};

/** The variables that a state's store needs, where it needs just these. */
const storeCredentials: Readonly<Record<string, readonly string[]>> = { pg: ['PG_CONN_STR'] };

/** Where a variable comes from, when it is not a line of .env that its owner fills in. */
const sources: Readonly<Record<string, string>> = {
  KUBE_CONFIG_PATH:
    '`npm run deploy` writes the kubeconfig once the cluster of talos/ is up; KUBE_CONFIG_PATH in .env names another one',
  TF_VAR_home_root_secret: 'Load the .env of this home; a new home makes one with `npm run secrets -- new`',
};

/** What Terraform takes from the environment and does not find there; no value is looked at. */
export function missingCredentials(environment: Environment, module: RootModule): Problem[] {
  const { stack, backend, requiredVariables, providers } = module;
  const needed = [
    ...requiredVariables.map((name) => `TF_VAR_${name}`),
    ...(storeCredentials[backend.type] ?? []),
    ...[...providers].flatMap(([provider, set]) =>
      Object.entries(credentials[provider] ?? {}).flatMap(([argument, variable]) =>
        set.has(argument) ? [] : [variable],
      ),
    ),
  ];
  return needed.flatMap((variable) => {
    const value = environment[variable];
    const remedy = sources[variable] ?? 'Put it into .env; .env.example says what it is';
    if (!value) return [{ where: stack, what: `needs ${variable} in the environment`, remedy }];
    if (variable !== 'KUBE_CONFIG_PATH' || existsSync(value)) return [];
    return [{ where: stack, what: `${variable} names ${value}, which is not there`, remedy }];
  });
}

/**
 * Refuses to start Terraform before everything that it takes from the environment is there.
 *
 * @throws ProblemsError with everything that is missing
 */
export function requireCredentials(environment: Environment, module: RootModule): void {
  const problems = missingCredentials(environment, module);
  if (problems.length > 0) throw new ProblemsError(problems);
}
