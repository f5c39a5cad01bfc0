import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the commands: this process' own, the git-ignored `.env` where it says nothing, and the kubeconfig
 * that deploy writes where neither names one. Its paths hold from every folder.
 *
 * @param root the root of the repository, which holds `.env`
 */
export function readEnvironment(root: string, given: Environment): Environment {
  const kubeconfig = join(root, 'kubeconfig');
  const environment: Environment = {
    ...(existsSync(kubeconfig) ? { KUBE_CONFIG_PATH: kubeconfig } : {}),
    ...defined(readEnvFile(root)),
    ...defined(given),
  };
  return { ...environment, ...absolutePaths(root, environment) };
}

function readEnvFile(root: string): NodeJS.Dict<string> {
  const file = join(root, '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
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
