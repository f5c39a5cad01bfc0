import { addressOf, formatTarget } from '../addresses';
import { type Block, type Step, type Target, isExpression, sourceOf } from '../expression';
import { formatSteps } from '../hcl/traversal';
import { isPortable, knownValue } from '../known/known-value';
import { type OwnedBlocks, type Owner } from '../known/owned-blocks';
import { type Reading } from './render-value';

/** Who reads, and where what is noted on the way goes. */
export interface Reader {
  readonly owner: Owner;
  readonly known: OwnedBlocks;
  /** The stacks whose outputs are read. */
  readonly reads: Set<string>;
  /** Takes note of a target that cannot be read from here. */
  note(what: string, remedy: string): void;
}

/**
 * Decides how a stack reads a target: in the stack itself by its address, elsewhere as the literal that it is known to
 * be, else by an output of the stack that it is in.
 */
export function readTarget({ root, path }: Target, reader: Reader): Reading {
  if (typeof root === 'string') return { source: formatTarget(root, path) };
  const owners = reader.known.owners(root);
  const address = formatTarget(root, path);
  if (owners.some(({ stack }) => stack === reader.owner.stack)) {
    // Terraform has no address for an output inside its own module.
    return (root.kind === 'output' ? knownValue(root, path) : undefined) ?? { source: address };
  }
  const [other] = owners;
  const known = root.kind === 'variable' || root.kind === 'output' ? undefined : knownValue(root, path);
  if (known !== undefined && isPortable(known.value)) return known;
  if (other === undefined) {
    noteUnowned(root, address, reader);
    return { source: address };
  }
  return readOutput(root, path, other, reader) ?? { source: address };
}

function readOutput(root: Block, path: readonly Step[], other: Owner, reader: Reader): Reading | undefined {
  for (const output of reader.known.outputs(other.stack)) {
    const start = pathInto(root, output);
    if (start?.every((step, index) => step === path[index]) !== true) continue;
    reader.reads.add(other.stack);
    const rest = formatSteps(path.slice(start.length));
    return { source: `data.terraform_remote_state.${other.stack}.outputs.${output.label}${rest}` };
  }
  reader.note(
    `${formatTarget(root, path)} is computed in the stack ${other.stack}, and only its outputs cross to ${reader.owner.stack}`,
    `Export this from ${other.where}/main.ts: output('${suggestName(root, path)}', …)`,
  );
  return undefined;
}

/**
 * The address of a block for an argument that names blocks and reads nothing, such as `depends_on`. Only those of the
 * same stack have one.
 */
export function pointAt({ root, path }: Target, reader: Reader): string {
  const { owner, known } = reader;
  const address = formatTarget(root, path);
  if (typeof root === 'string' || root.kind === 'provider') return address;
  const owners = known.owners(root);
  if (owners.some(({ stack }) => stack === owner.stack)) return address;
  const [other] = owners;
  if (other === undefined) {
    noteUnowned(root, address, reader);
  } else {
    reader.note(
      `${address} is in the stack ${other.stack}, and only blocks of ${owner.stack} can be named here`,
      'Take it out: stacks are applied one after the other, by their imports',
    );
  }
  return address;
}

function noteUnowned(root: Block, address: string, reader: Reader): void {
  const remedy =
    root.kind === 'variable'
      ? `Add it to the blocks of the stack ${reader.owner.stack} in its stack.ts`
      : 'Add the block to the default export of the main.ts that makes it';
  reader.note(`${address} must belong to a workload, but none exports it`, remedy);
}

/** How far from a block the value of an output begins; undefined for the value of something else. */
function pathInto(root: Block, output: Block): readonly Step[] | undefined {
  if (output === root) return [];
  const value = output.body['value'];
  const made = isExpression(value) ? sourceOf(value) : undefined;
  return made?.kind === 'reference' && made.target.root === root ? made.target.path : undefined;
}

const suggestName = (root: Block, path: readonly Step[]): string =>
  [root.label || addressOf(root), ...path.filter((step) => typeof step === 'string')]
    .join('_')
    .replace(/\W/g, '_');
