import type { Backend, Stack } from '@home/terraform';
import type { BackendChoice } from './generated/facts';
import { home } from './home';

/** What is particular to one stack. */
export type StackArguments = Pick<Stack, 'providers'> & Partial<Pick<Stack, 'after' | 'blocks' | 'ready'>>;

/**
 * A stack of this home: what is particular to it, and the Terraform version and backend that all stacks share.
 *
 * The version is the oldest with ephemeral values and write-only arguments, in Terraform and in OpenTofu.
 */
export function stack({ after = [], blocks = [], ready = [], providers }: StackArguments): Stack {
  return { after, blocks, ready, providers, requiredVersion: '>= 1.11.0', backend: backendOf };
}

/** Where the state of one stack lives, as this home chose for all of them. */
function backendOf(stack: string): Backend {
  return backendFor(home.terraform.backend, home.cluster.name, stack);
}

/**
 * Where a stack's state lives, after a choice.
 *
 * @param choice the home's choice
 * @param cluster the home's name, for stores that several homes share
 * @param stack the stack's name
 */
export function backendFor(choice: BackendChoice, cluster: string, stack: string): Backend {
  switch (choice.kind) {
    case 'local':
      // Beside the checkout's own files, but ignored by git; the path starts at terraform/<stack>/.
      return { type: 'local', path: `../../.state/${stack}.tfstate` };
    case 's3':
      return {
        type: 's3',
        bucket: choice.bucket,
        key: `${cluster}/${stack}.tfstate`,
        region: choice.region,
        use_lockfile: true,
        ...(choice.endpoint === undefined ? {} : storeOfOnesOwn(choice.endpoint)),
        ...(choice.pathStyle === undefined ? {} : { use_path_style: choice.pathStyle }),
        ...(choice.caFile === undefined ? {} : { custom_ca_bundle: choice.caFile }),
      };
    case 'pg':
      return { type: 'pg', schema_name: `${cluster}_${stack}` };
    case 'http': {
      const address = `${choice.address.replace(/\/$/, '')}/${stack}`;
      return { type: 'http', address, lock_address: address, unlock_address: address };
    }
    case 'hcp':
      return {
        type: 'cloud',
        organization: choice.organization,
        workspaces: { name: `${cluster}-${stack}` },
      };
  }
}

/** Stores other than AWS know neither its regions nor its accounts, and not all of them its newer checksums. */
function storeOfOnesOwn(endpoint: string) {
  return {
    endpoints: { s3: endpoint },
    skip_credentials_validation: true,
    skip_region_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    skip_s3_checksum: true,
  };
}
