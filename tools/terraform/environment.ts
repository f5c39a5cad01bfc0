import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { encryption, type EncryptionChoice } from './encryption';

/** Environment variables of a process that a command starts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What would make Terraform do something other than what was shown, or in another place. */
const meddling = /^TF_(CLI_ARGS.*|WORKSPACE|DATA_DIR|INPUT|LOG_CORE)$/;

/**
 * The environment that Terraform gets: this process' own, the git-ignored `.env` where it says nothing, and what makes
 * Terraform behave the same everywhere. Secrets travel in it alone, never in arguments.
 */
export function terraformEnvironment(
  root: string,
  given: Environment,
  choice: EncryptionChoice,
): Environment {
  const own = Object.entries({ ...readEnvFile(root), ...defined(given) });
  const kept = Object.fromEntries(own.filter(([name]) => !meddling.test(name)));
  const kubeconfig = join(root, 'kubeconfig');
  return {
    ...(existsSync(kubeconfig) ? { KUBE_CONFIG_PATH: kubeconfig } : {}),
    ...kept,
    ...absolutePaths(root, kept),
    // Leaves out hints such as "now run terraform apply", which go past the checks of these commands.
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    ...encryption(kept, choice),
  };
}

function readEnvFile(root: string): NodeJS.Dict<string> {
  const file = join(root, '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Terraform runs in another folder, from where a relative path leads elsewhere. */
function absolutePaths(root: string, environment: Environment): Environment {
  const named = ['KUBE_CONFIG_PATH', 'TALOSCONFIG'].flatMap((name) => {
    const path = environment[name]?.replace(/^~(?=\/)/, environment['HOME'] ?? '~');
    return path === undefined ? [] : [[name, resolve(root, path)]];
  });
  return Object.fromEntries(named);
}

/** An empty variable in the environment says no more than a missing one. */
function defined(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
