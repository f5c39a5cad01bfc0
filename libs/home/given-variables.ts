import { type Block, variable } from '@home/terraform';

/**
 * The 1Password vault that the home's service account may read, for what the workload that reads it exports. Its id comes from the environment, as `TF_VAR_onepassword_vault`.
 */
export const onePasswordVault: Block<string> = variable('onepassword_vault', {
  type: 'string',
  description: 'The id of the 1Password vault that holds the logins of the home.',
  nullable: false,
});

const key = (name: string, description: string): Block<string> =>
  variable(name, { type: 'string', description, ephemeral: true, sensitive: true, nullable: false });

/**
 * The keys of a store that somebody else looks after (`nas.s3.kind` is `given`), for what the workload that hands
 * them to the pods exports. They come from the environment, and reach neither plan nor state.
 */
export const replicaKeys: { readonly id: Block<string>; readonly secret: Block<string> } = {
  id: key('replica_access_key_id', 'The access key that databases are replicated with.'),
  secret: key('replica_secret_access_key', 'The secret that belongs to replica_access_key_id.'),
};

/**
 * The addresses that hear how replication and its verification go (`alerts.kind` is `addresses`), for what the workload
 * that hands them to the pods exports. They hold tokens, so they come from the environment and reach neither plan nor state.
 */
export const pingAddresses: Readonly<Record<'success' | 'failure', Block<string>>> = {
  success: key(
    'ping_success',
    'The address that hears of a database that is replicated, or restored as a test.',
  ),
  failure: key('ping_failure', 'The address that hears of a database that is not.'),
};

/**
 * A key of the provider that has the domain's DNS (`https.kind` is `acme`), by the name of the variable that Traefik reads.
 * It comes from the environment, as `TF_VAR_` and that name in lower case, and reaches neither plan nor state.
 */
export const dnsProviderKey = (name: string): Block<string> =>
  key(name.toLowerCase(), `${name} of the provider that has the domain's DNS.`);
