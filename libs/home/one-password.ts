import { type Block, variable } from '@home/terraform';

/**
 * The 1Password vault that the home's service account may read, for the `blocks` of a `stack.ts` whose workloads read
 * it. Its id comes from the environment, as `TF_VAR_onepassword_vault`.
 */
export const onePasswordVault: Block<string> = variable('onepassword_vault', {
  type: 'string',
  description: 'The id of the 1Password vault that holds the logins of the home.',
  nullable: false,
});
