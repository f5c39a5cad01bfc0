import type { Stack } from '@home/terraform';
import { backendOf } from './backend';

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
