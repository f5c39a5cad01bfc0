import { type PathStep } from '@home/providers';
import {
  type Block,
  type OwnedBlock,
  type PlacedExpression,
  type Problem,
  type Rule,
  addressOf,
  formatPath,
} from '@home/terraform';
import { expressionsOf, isPointer } from '../../read/expressions';
import { placeOf } from '../../read/objects';
import { type Secret, secretsIn } from './secret-flow';
import { secretPlace } from './secret-places';

/**
 * No reference to a secret, nor a template or function of one, stands anywhere but in arguments that are themselves
 * sensitive or write-only (those of a Secret are), in a provider's configuration, in what a module is given, and in an
 * output that is called sensitive. What is ephemeral stands only where nothing is kept. Conditions may compare secrets.
 */
export const noLeakedSecrets: Rule = {
  name: 'no-leaked-secrets',
  check(home) {
    const find = blocksByAddress(home);
    return home.flatMap((owned) =>
      expressionsOf(owned.block).flatMap((placed) =>
        isPointer(placed) ? [] : checkExpression(placed, owned, find),
      ),
    );
  },
};

type FindInStack = (stack: string, address: string) => Block | undefined;

function checkExpression(
  { path, expression }: PlacedExpression,
  owned: OwnedBlock,
  find: FindInStack,
): Problem[] {
  const secrets = secretsIn(expression, (address) => find(owned.owner.stack, address));
  const leaked = secrets.find((secret) => !mayStand(secret, owned.block, [...path, ...secret.at]));
  return leaked === undefined ? [] : [mistake(owned, path, leaked)];
}

/** What a module's block says to Terraform itself; all else is given to the module, whose variables say what may be kept. */
const ofModules: ReadonlySet<PathStep> = new Set(['source', 'version', 'count', 'for_each']);

/** Where Terraform asks a question and keeps the answer alone. */
const checks: ReadonlySet<PathStep> = new Set(['lifecycle', 'validation', 'assert', 'precondition']);

function mayStand({ ephemeral }: Secret, block: Block, path: readonly PathStep[]): boolean {
  if (checks.has(path[0]) && path.at(-1) === 'condition') return true;
  switch (block.kind) {
    case 'provider':
    case 'locals':
    case 'ephemeral':
      return true;
    case 'module':
      return !ofModules.has(path[0]);
    case 'output':
      return !ephemeral && path[0] === 'value' && block.body['sensitive'] === true;
    case 'resource':
    case 'data': {
      const place = secretPlace(block, path);
      return place?.writeOnly === true || (place?.sensitive === true && !ephemeral);
    }
    default:
      return false;
  }
}

function mistake(owned: OwnedBlock, path: readonly PathStep[], { source, ephemeral }: Secret): Problem {
  return {
    where: `${placeOf(owned)}: ${formatPath(path.map((step) => step ?? '*'))}`,
    what: `must not be built from ${source}, which is ${ephemeral ? 'ephemeral' : 'secret'}`,
    remedy: ephemeral
      ? 'Put it into a write-only argument, such as data_wo of a Secret'
      : 'Put it into a Secret, and name the Secret here',
  };
}

/** Finds blocks by the addresses that source text uses; each local value is an address of its own. */
function blocksByAddress(home: readonly OwnedBlock[]): FindInStack {
  let blocks: Map<string, Block> | undefined;
  return (stack, address) => {
    blocks ??= new Map(
      home.flatMap(({ owner, block }) =>
        addressesOf(block).map((name) => [`${owner.stack} ${name}`, block] as const),
      ),
    );
    return blocks.get(`${stack} ${address}`);
  };
}

const addressesOf = (block: Block): string[] =>
  block.kind === 'locals' ? Object.keys(block.body).map((name) => `local.${name}`) : [addressOf(block)];
