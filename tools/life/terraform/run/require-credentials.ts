import type { Environment } from '@home/command';
import { existsSync } from 'node:fs';
import { type Problem, ProblemsError } from '@home/terraform';
import type { RootModule } from '../root-module';

interface Credential {
  readonly variable: string;
  /** The argument that a provider's configuration may set in its place. */
  readonly argument: string;
  readonly remedy?: string;
}

/** What each provider takes from the environment, as its documentation says. */
const credentials: Readonly<Record<string, readonly Credential[]>> = {
  minio: [
    { variable: 'MINIO_ENDPOINT', argument: 'minio_server' },
    { variable: 'MINIO_USER', argument: 'minio_user' },
    { variable: 'MINIO_PASSWORD', argument: 'minio_password' },
  ],
  onepassword: [{ variable: 'OP_SERVICE_ACCOUNT_TOKEN', argument: 'service_account_token' }],
  healthchecksio: [{ variable: 'HEALTHCHECKSIO_API_KEY', argument: 'api_key' }],
  kubernetes: [
    {
      variable: 'KUBE_CONFIG_PATH',
      argument: 'config_path',
      remedy:
        '`npm run deploy` writes the kubeconfig once the cluster is up; KUBE_CONFIG_PATH in .env names another one',
    },
  ],
};

/** The variables that a state's store needs, where it needs just these. */
const storeCredentials: Readonly<Record<string, readonly string[]>> = { pg: ['PG_CONN_STR'] };

/**
 * Looks before Terraform starts whether everything that it takes from the environment is there; no value is looked at.
 *
 * @throws ProblemsError with everything that is missing
 */
export function requireCredentials(environment: Environment, module: RootModule): void {
  const problems = [
    ...module.requiredVariables.map((name) => `TF_VAR_${name}`),
    ...(storeCredentials[module.backend.type] ?? []),
  ]
    .filter((variable) => !environment[variable])
    .map((variable) => missing(module, variable));
  for (const [provider, set] of module.providers) {
    for (const credential of credentials[provider] ?? []) {
      if (!set.has(credential.argument)) problems.push(...wanting(environment, module, credential));
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
}

function wanting(environment: Environment, module: RootModule, { variable, remedy }: Credential): Problem[] {
  const value = environment[variable];
  if (!value) return [missing(module, variable, remedy)];
  if (variable !== 'KUBE_CONFIG_PATH' || existsSync(value)) return [];
  return [
    {
      where: module.stack,
      what: `${variable} names ${value}, which is not there`,
      remedy: remedy ?? 'Correct it in .env',
    },
  ];
}

const missing = ({ stack }: RootModule, variable: string, remedy?: string): Problem => ({
  where: stack,
  what: `needs ${variable} in the environment`,
  remedy:
    variable === 'TF_VAR_home_root_secret'
      ? 'Load the .env of this home; a new home makes one with `npm run secrets -- new`'
      : (remedy ?? 'Put it into .env; .env.example says what it is'),
});
