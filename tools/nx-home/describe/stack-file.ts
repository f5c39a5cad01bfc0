import { type Backend, type Block, type Stack, block, dataBlock } from '@home/terraform';
import { requiredProvider } from '@home/providers';

/**
 * The blocks of a stack's own file: versions, backend, providers, variables, and the states of other stacks that its
 * workloads read.
 *
 * @param name the stack's name
 * @param read the stacks whose outputs are read, by name
 */
export function stackFileBlocks(name: string, stack: Stack, read: ReadonlyMap<string, Stack>): Block[] {
  const states = [...read].sort().map(([other, { backend }]) => stateOf(other, backend(other)));
  return [settings(name, stack), ...Object.values(stack.providers).flat(), ...stack.blocks, ...states];
}

function settings(name: string, stack: Stack): Block {
  const providers = Object.keys(stack.providers).sort();
  return block('terraform', '', '', {
    required_version: stack.requiredVersion,
    required_providers: Object.fromEntries(
      providers.map((provider) => [provider, requiredProvider(provider)]),
    ),
    ...backendSettings(stack.backend(name)),
  });
}

/** HCP Terraform has a block of its own: https://developer.hashicorp.com/terraform/language/block/terraform#cloud */
function backendSettings({ type, ...config }: Backend): object {
  return type === 'cloud' ? { cloud: config } : { backend: { [type]: config } };
}

/** https://developer.hashicorp.com/terraform/language/state/remote-state-data */
function stateOf(stack: string, { type, ...config }: Backend): Block {
  return dataBlock('terraform_remote_state', stack, { backend: type === 'cloud' ? 'remote' : type, config });
}
