import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, type Terminal, readEnvironment, runProgram } from '@home/command';
import { type Home, compareMinors } from '@home/home';
import { type Problem, ProblemsError, refuse } from '@home/terraform';
import { type Stacks, readStacks } from '@tools/nx-home/graph';

/** One run of a command: where, with what, and who looks on. */
export interface Session {
  /** The root of the repository. */
  readonly root: string;
  readonly terminal: Terminal;
  /** Of Terraform and of everything that is asked over the network; holds secrets. */
  readonly environment: Environment;
  readonly stacks: Stacks;
  /** Terraform or OpenTofu, as the home chose. */
  readonly binary: Binary;
  readonly home: HomeChoice;
  readonly checkFiles: CheckFiles;
}

/** Says what keeps the generated files of stacks from being what the home describes. */
export type CheckFiles = (stacks: readonly string[]) => Promise<readonly Problem[]>;

/** What of the home's facts these commands need. */
export interface HomeChoice {
  readonly terraform: EncryptionChoice;
  readonly cluster: Pick<Home['cluster'], 'kubeconfigContext'>;
  readonly network: Pick<Home['network'], 'subnets'>;
  readonly machines: Home['machines'];
  readonly domain: string;
}

/**
 * Starts a session.
 *
 * @param checkFiles whether the generated files may be taken as they are
 * @throws ProblemsError when there is no usable Terraform, or an encryption that is required cannot be had
 */
export async function startSession(
  root: string,
  terminal: Terminal,
  given: Environment,
  home: HomeChoice,
  checkFiles: CheckFiles,
): Promise<Session> {
  const environment = terraformEnvironment(root, given, home.terraform);
  // Terraform does nothing where it is not there.
  const { TF_PLUGIN_CACHE_DIR: cache } = environment;
  if (cache) mkdirSync(cache, { recursive: true });
  const binary = await findTerraform(home.terraform.binary, environment);
  return { root, terminal, environment, binary, stacks: readStacks(root), home, checkFiles };
}

/**
 * Terraform takes the files as they are: one that is missing would destroy what it describes.
 *
 * @throws ProblemsError when those of the stacks are not what the home describes
 */
export async function requireDescribedFiles(
  { checkFiles }: Session,
  stacks: readonly string[],
): Promise<void> {
  const problems = await checkFiles(stacks);
  if (problems.length > 0) throw new ProblemsError(problems);
}

/**
 * The environment that Terraform gets: that of the commands, and what makes Terraform behave the same everywhere.
 * Secrets travel in it alone, never in arguments.
 */
export function terraformEnvironment(
  root: string,
  given: Environment,
  choice: EncryptionChoice,
): Environment {
  const own = readEnvironment(root, given);
  return {
    ...own,
    // Leaves out hints such as "now run terraform apply", which go past the checks of these commands.
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    TF_PLUGIN_CACHE_DIR: pluginCache(root, own),
    ...encryption(own, choice),
  };
}

/**
 * Where providers are kept, so that they are downloaded once for all stacks. The environment, or Terraform's own
 * configuration, may name another place: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
 */
function pluginCache(root: string, environment: Environment): string | undefined {
  const { TF_PLUGIN_CACHE_DIR: given, TF_CLI_CONFIG_FILE: named, HOME = '' } = environment;
  const files = named === undefined ? ['.terraformrc', '.tofurc'].map((file) => join(HOME, file)) : [named];
  const isNamed = files.some(
    (file) => existsSync(file) && /^\s*plugin_cache_dir\b/m.test(readFileSync(file, 'utf8')),
  );
  return given ?? (isNamed ? undefined : join(root, '.cache/providers'));
}

/** What the home's facts say about the encryption of states and plans. */
export type EncryptionChoice = Pick<Home['terraform'], 'binary' | 'stateEncryption'>;

/** Holds the passphrase; OpenTofu takes none of less than 16 characters. */
const passphraseVariable = 'HOME_STATE_PASSPHRASE';

/**
 * The variable by which OpenTofu encrypts states and plans: https://opentofu.org/docs/language/state/encryption/
 *
 * Until encryption is required, a state that was written in the clear can still be read, and is encrypted when it is
 * written the next time. Once it is required, only encrypted ones are read.
 *
 * @throws ProblemsError when encryption is required and the passphrase is missing, or it is too short
 */
function encryption(environment: Environment, { binary, stateEncryption }: EncryptionChoice): Environment {
  if (binary !== 'tofu' || environment['TF_ENCRYPTION']) return {};
  const passphrase = environment[passphraseVariable];
  const required = stateEncryption === 'required';
  if (!passphrase) {
    if (!required) return {};
    missing(
      'is missing, and libs/home/facts.ts requires every state to be encrypted (terraform.stateEncryption)',
    );
  }
  if (passphrase.length < 16) missing('must have at least 16 characters');
  const method = 'method.aes_gcm.home';
  const reading = required ? { method } : { method, fallback: { method: 'method.unencrypted.before' } };
  return {
    TF_ENCRYPTION: JSON.stringify({
      key_provider: { pbkdf2: { home: { passphrase } } },
      method: {
        aes_gcm: { home: { keys: 'key_provider.pbkdf2.home' } },
        ...(required ? {} : { unencrypted: { before: {} } }),
      },
      state: required ? { ...reading, enforced: true } : reading,
      plan: { method, enforced: true },
      remote_state_data_sources: { default: reading },
    }),
  };
}

function missing(what: string): never {
  refuse(
    passphraseVariable,
    what,
    'Put the passphrase into .env, and keep a copy where the states are not: without it they are lost',
  );
}

/** A Terraform or OpenTofu that is new enough. */
export interface Binary {
  readonly name: 'terraform' | 'tofu';
  readonly version: string;
}

/** The first with ephemeral values and write-only arguments. */
const oldest = '1.11';

const products = {
  terraform: {
    title: 'Terraform',
    install: 'https://developer.hashicorp.com/terraform/install',
    other: 'tofu',
  },
  tofu: { title: 'OpenTofu', install: 'https://opentofu.org/docs/intro/install/', other: 'terraform' },
} as const;

/**
 * Finds the program that the home chose on the PATH.
 *
 * @throws ProblemsError when it is not there, does not run, or is older than 1.11
 */
export async function findTerraform(name: Binary['name'], environment: Environment): Promise<Binary> {
  const { stdout, exitCode, isMissing } = await runProgram(name, ['version', '-json'], { env: environment });
  if (isMissing) unusable(name, 'is not on the PATH');
  const version = exitCode === 0 ? versionIn(stdout) : undefined;
  if (version === undefined) unusable(name, 'does not say its version');
  if (compareMinors(version, oldest) < 0)
    unusable(name, `must be ${oldest} or newer, but the one on the PATH is ${version}`);
  return { name, version };
}

/** Terraform says `{"terraform_version": "1.11.4", …}`, and so does OpenTofu. */
function versionIn(output: string): string | undefined {
  const [, version] = /"terraform_version":\s*"(\d+\.\d+[^"]*)"/.exec(output) ?? [];
  return version;
}

function unusable(name: Binary['name'], what: string): never {
  const { title, install, other } = products[name];
  const choose = `set terraform.binary to "${other}" in libs/home/facts.ts to use ${products[other].title}`;
  refuse(name, what, `Install ${title} ${oldest} or newer (${install}), or ${choose}`);
}
