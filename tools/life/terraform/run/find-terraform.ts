import { type Environment, runProgram } from '@home/command';
import { compareMinors } from '@home/home';
import { refuse } from '@home/terraform';

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
    other: 'set terraform.binary to "tofu" in libs/home/facts.ts to use OpenTofu',
  },
  tofu: {
    title: 'OpenTofu',
    install: 'https://opentofu.org/docs/intro/install/',
    other: 'set terraform.binary to "terraform" in libs/home/facts.ts to use Terraform',
  },
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
  refuse(name, what, `Install ${title} ${oldest} or newer (${install}), or ${other}`);
}
