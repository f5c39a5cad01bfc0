import { type Block, type BlockKind, type Step } from './expression';
import { escape } from './hcl/escape';
import { formatSteps } from './hcl/traversal';

/** The address by which Terraform knows a block; outputs, checks and the like are named the same way in messages. */
export function addressOf(block: Pick<Block, 'kind' | 'type' | 'label'>): string {
  const prefix: Partial<Record<BlockKind, string>> = { resource: '', variable: 'var', locals: 'local' };
  const parts = [prefix[block.kind] ?? block.kind, block.type, block.label].filter((part) => part !== '');
  // Not `join`, whose result takes two bytes for each character once a label was the key of an object.
  return parts.reduce((address, part) => `${address}.${part}`);
}

/** The addresses that a block declares, of which there is one each in a stack; every local value has its own. */
export function addressesOf(block: Pick<Block, 'kind' | 'type' | 'label' | 'body'>): string[] {
  switch (block.kind) {
    case 'moved':
    case 'removed':
    case 'import':
    case 'provider':
    case 'terraform':
      return [];
    case 'locals':
      return Object.keys(block.body).map((name) => `local.${name}`);
    default:
      return [addressOf(block)];
  }
}

/** Tells whether Terraform makes several objects of a block, each with a key of its own. */
export const isRepeated = ({ body }: Block): boolean => 'count' in body || 'for_each' in body;

/**
 * The source text that reads a target.
 *
 * @example `kubernetes_service_v1.gotify.metadata[0].name`, `terraform_data.each["a"].output`
 */
export function formatTarget(root: Block | string, path: readonly Step[]): string {
  if (typeof root === 'string') return root + formatSteps(path);
  const [key, ...attributes] = path;
  // The key of an instance is no attribute, whatever it looks like.
  const isKey = typeof key === 'string' && 'for_each' in root.body;
  return addressOf(root) + (isKey ? `[${escape.quoted(key)}]${formatSteps(attributes)}` : formatSteps(path));
}
