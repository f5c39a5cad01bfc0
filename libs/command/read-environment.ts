import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What would make Terraform do something other than what was shown, or in another place. */
const meddling = /^TF_(CLI_ARGS.*|WORKSPACE|DATA_DIR|INPUT|LOG_CORE)$/;

/** An environment without the variables that make Terraform do something else, or do it elsewhere. */
export function withoutMeddling(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !meddling.test(name)));
}

/**
 * The environment of the commands: this process' own, the git-ignored `.env` where it says nothing, and the kubeconfig
 * that deploy writes where neither names one. Its paths hold from every folder.
 *
 * @param root the root of the repository, which holds `.env`
 */
export function readEnvironment(root: string, given: Environment): Environment {
  const kubeconfig = join(root, 'kubeconfig');
  const environment = withoutMeddling({
    ...(existsSync(kubeconfig) ? { KUBE_CONFIG_PATH: kubeconfig } : {}),
    ...readEnvFile(join(root, '.env')),
    ...defined(given),
  });
  return { ...environment, ...absolutePaths(root, environment) };
}

/**
 * The variables that an environment file such as `.env` gives a value.
 *
 * @returns none where there is no such file
 */
export function readEnvFile(file: string): Environment {
  return existsSync(file) ? defined(parseEnv(readFileSync(file, 'utf8'))) : {};
}

/** A command may start others in another folder, from where a relative path leads elsewhere. */
function absolutePaths(root: string, environment: Environment): Environment {
  const named = ['KUBE_CONFIG_PATH', 'TALOSCONFIG'].flatMap((name) => {
    const path = environment[name]?.replace(/^~(?=\/)/, environment['HOME'] ?? '~');
    return path === undefined ? [] : [[name, resolve(root, path)]];
  });
  return Object.fromEntries(named);
}

/** An empty variable says no more than a missing one, also in a copy of `.env.example`. */
function defined(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
