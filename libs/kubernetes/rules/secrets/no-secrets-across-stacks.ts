import {
  type Block,
  type Expression,
  OwnedBlocks,
  type OwnedBlock,
  type Owner,
  type Rule,
  expressionsIn,
  knownValue,
  sourceOf,
} from '@home/terraform';
import { expressionsOf, isPointer, operandsOf } from '../../read/expressions';
import { placeOf } from '../../read/objects';
import { secretsIn } from './secret-flow';

/**
 * A stack that another one reads has no secret among its outputs: Terraform copies all of them into the reader's state.
 */
export const noSecretsAcrossStacks: Rule = {
  name: 'no-secrets-across-stacks',
  check(home) {
    const readers = readersIn(home);
    return home.flatMap((owned) => {
      const reader =
        owned.block.kind === 'output' && isSecret(owned.block) ? readers.get(owned.owner.stack) : undefined;
      if (reader === undefined) return [];
      return [
        {
          where: placeOf(owned),
          what: `must not be secret, since ${reader} reads the stack ${owned.owner.stack} and gets a copy of all its outputs`,
          remedy: 'Put the secret into a Secret, and name it where it is needed',
        },
      ];
    });
  },
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
