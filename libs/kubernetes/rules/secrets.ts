import type { PathStep } from '@home/providers';
import {
  type Block,
  type Expression,
  type OwnedBlock,
  OwnedBlocks,
  type Owner,
  type PlacedExpression,
  type Problem,
  type Rule,
  addressOf,
  expressionsIn,
  knownValue,
  sourceOf,
} from '@home/terraform';
import { expressionsOf, isPointer, operandsOf } from '../read/known-body';
import { mistake, placeIn } from './mistake';
import { type Secret, secretPlace, secretsIn } from './secret-flow';

/**
 * No reference to a secret, nor a template or function of one, stands anywhere but in arguments that are themselves
 * sensitive or write-only (those of a Secret are), in a machine's configuration, in a provider's, in what a module is given,
 * and in an output that is called sensitive. What is ephemeral stands only where nothing is kept. Conditions may compare secrets.
 */
export const noLeakedSecrets: Rule = (home) => {
  const find = blocksByAddress(home);
  return home.flatMap((owned) =>
    expressionsOf(owned.block).flatMap((placed) =>
      isPointer(placed) ? [] : checkLeaks(placed, owned, find),
    ),
  );
};

type FindInStack = (stack: string, address: string) => Block | undefined;

function checkLeaks({ path, expression }: PlacedExpression, owned: OwnedBlock, find: FindInStack): Problem[] {
  const secrets = secretsIn(expression, (address) => find(owned.owner.stack, address));
  const leaked = secrets.find((secret) => !mayStand(secret, owned.block, [...path, ...secret.at]));
  return leaked === undefined ? [] : [leak(owned, path, leaked)];
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
      const mayBeKept = place?.sensitive === true || isMachinePatch(block, path);
      return place?.writeOnly === true || (mayBeKept && !ephemeral);
    }
    default:
      return false;
  }
}

/** A machine's configuration is secret as a whole, and its patches become a part of it; the provider's schema does not say so. */
const isMachinePatch = ({ type }: Block, [argument]: readonly PathStep[]): boolean =>
  type === 'talos_machine_configuration' && argument === 'config_patches';

function leak(owned: OwnedBlock, path: readonly PathStep[], { source, ephemeral }: Secret): Problem {
  return {
    where: placeIn(owned, path),
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

/**
 * A stack that another one reads has no secret among its outputs: Terraform copies all of them into the reader's state.
 */
export const noSecretsAcrossStacks: Rule = (home) => {
  const readers = readersIn(home);
  return home.flatMap((owned) => {
    const { stack } = owned.owner;
    const reader = owned.block.kind === 'output' && isSecret(owned.block) ? readers.get(stack) : undefined;
    if (reader === undefined) return [];
    const what = `must not be secret, since ${reader} reads the stack ${stack} and gets a copy of all its outputs`;
    return [mistake(owned, what, 'Put the secret into a Secret, and name it where it is needed')];
  });
};

const isSecret = ({ body }: Block): boolean =>
  body['sensitive'] === true || secretsIn(body['value'], () => undefined).length > 0;

/** Stack → the first workload of another stack that reads it. */
function readersIn(home: readonly OwnedBlock[]): Map<string, string> {
  const index = new OwnedBlocks(home);
  const readers = new Map<string, string>();
  for (const { owner, block } of home) {
    for (const placed of expressionsOf(block)) if (!isPointer(placed)) noteReads(placed.expression, owner);
  }
  return readers;

  function noteReads(expression: Expression<unknown>, reader: Owner): void {
    const made = sourceOf(expression);
    if (made?.kind !== 'reference')
      return operandsOf(expression).values.forEach((value) => noteReadsIn(value, reader));
    const { root, path } = made.target;
    if (typeof root === 'string' || root.kind === 'variable') return;
    const stacks = index.owners(root).map(({ stack }) => stack);
    const [other] = stacks;
    if (other === undefined || stacks.includes(reader.stack)) return;
    // What is known already is written down where it is used, and needs nobody's state.
    const known = root.kind === 'output' ? undefined : knownValue(root, path);
    if (known !== undefined) noteReadsIn(known.value, reader);
    else if (!readers.has(other)) readers.set(other, reader.where);
  }

  function noteReadsIn(value: unknown, reader: Owner): void {
    for (const { expression } of expressionsIn(value)) noteReads(expression, reader);
  }
}
